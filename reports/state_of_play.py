"""Whether one owed report came in time, late, or not at all, as far as the evidence tells.

Pure functions of dates. Two things bound what may be said. A receipt may be known only between
two days. And the secretariat vouches that its entries are complete only through a day
(`complete_through`): beyond it nobody is called late or overdue.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class StateOfPlay(models.TextChoices):
    """How one owed report stands on a day. The values are a contract of the `deadlines` command."""

    NOT_DUE = "not_due", _("Not due yet")
    IN_TIME = "in_time", _("In, in time")
    LATE = "late", _("In, late")
    OVERDUE = "overdue", _("Overdue")
    RECEIVED = "received", _("In, not known whether in time")
    NOT_KNOWN = "not_known", _("Not known")
    NOT_ENTERED = "not_entered", _("Not entered")

    @property
    def is_in(self) -> bool:
        """Whether the report has certainly been received."""
        return self in {StateOfPlay.IN_TIME, StateOfPlay.LATE, StateOfPlay.RECEIVED}


@dataclass(frozen=True)
class Receipt:
    """What is recorded about the receipt of one report by the Secretary-General.

    It was received between `not_before` and `not_after`, both included, equal where the day is
    known; both None where a report is looked for and nobody knows whether it came. `missing_on`
    are days on which a source says that it had not come. `report_id` is the recorded report.
    """

    not_before: date | None = None
    not_after: date | None = None
    missing_on: tuple[date, ...] = ()
    report_id: int | None = None

    def __post_init__(self) -> None:
        if (self.not_before is None) != (self.not_after is None):
            raise ValueError("A receipt has both an earliest and a latest day, or neither.")
        if self.not_before and self.not_after and self.not_before > self.not_after:
            raise ValueError("The earliest day of a receipt must not come after the latest.")

    @property
    def earliest(self) -> date | None:
        """The earliest day that agrees with the days on which the report was known to be missing.

        A day from the latest possible day of receipt on contradicts the receipt that the register
        follows, and is passed over.
        """
        if self.not_before is None or self.not_after is None:
            return None
        later = [day + timedelta(days=1) for day in self.missing_on if day < self.not_after]
        return max([self.not_before, *later])

    @property
    def on(self) -> date | None:
        """The day of the receipt, where it is known."""
        return self.not_after if self.earliest == self.not_after else None


@dataclass(frozen=True)
class Play:
    """A state of play and the days it is about: late by, or overdue for. None where not known."""

    state: StateOfPlay
    days_late: int | None = None


def play(*, due_on: date, receipt: Receipt | None, on: date, complete_through: date | None) -> Play:
    """The state of play of a report on a day.

    `receipt` is None where nothing is recorded about the report. Received on the due date is in
    time; overdue begins on the day after it. `complete_through` None vouches for nothing.
    """
    if receipt is not None and receipt.not_after is not None and receipt.not_after <= on:
        return _received(due_on, receipt, receipt.not_after, complete_through)
    if on <= due_on:
        return Play(StateOfPlay.NOT_DUE)
    if receipt is not None and receipt.earliest is not None and receipt.earliest <= on:
        return Play(StateOfPlay.NOT_KNOWN)
    if complete_through is None or on > complete_through:
        return Play(_beyond_the_evidence(due_on, receipt, on, complete_through))
    if receipt is not None and receipt.not_after is None and not _known_missing(receipt, on):
        return Play(StateOfPlay.NOT_KNOWN)
    return Play(StateOfPlay.OVERDUE, (on - due_on).days)


def _received(
    due_on: date, receipt: Receipt, not_after: date, complete_through: date | None
) -> Play:
    if not_after <= due_on:
        return Play(StateOfPlay.IN_TIME)
    is_vouched_for = complete_through is not None and due_on <= complete_through
    if not is_vouched_for or receipt.earliest is None or receipt.earliest <= due_on:
        return Play(StateOfPlay.RECEIVED)
    return Play(StateOfPlay.LATE, (receipt.on - due_on).days if receipt.on else None)


def _beyond_the_evidence(
    due_on: date, receipt: Receipt | None, on: date, complete_through: date | None
) -> StateOfPlay:
    """Beyond the day of completeness: not known where something is recorded, else not entered."""
    was_open_at_the_end = complete_through is not None and due_on < complete_through
    is_looked_for = receipt is not None and receipt.not_after is None
    if was_open_at_the_end or is_looked_for:
        return StateOfPlay.NOT_KNOWN
    return StateOfPlay.NOT_ENTERED


def _known_missing(receipt: Receipt, on: date) -> bool:
    """Whether a source says that the report was missing on a day, or later."""
    return any(day >= on for day in receipt.missing_on)
