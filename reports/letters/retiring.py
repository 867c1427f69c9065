"""Cancelling letters that wait and are no longer the letter of the day.

The daily run and the sweep do this for all that wait; immediately before a letter is handed over
the same questions are asked once more, under the lock of the state's row (`sending.last_look`).
"""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from . import transitions
from .addressing import AddressBook
from .ladder import is_owed
from .models import CancelledBecause, Letter, LetterStatus
from .planning import Plan

# Stored in English, and translated where they are shown.
EXPIRED = gettext_noop("It was no longer the letter of its day")
DUE_DATE_MOVED = gettext_noop("The due date is another one by now")
ARRIVED = gettext_noop("The report arrived")
NOT_OWED = gettext_noop("The report is no longer owed, or nobody can say that it is")
ON_HOLD = gettext_noop("Letters to this state, or about this report, are held")
ADDRESS_CHANGED = gettext_noop("Those whom it is addressed to have changed")

WAITING = (LetterStatus.DRAFTED, LetterStatus.APPROVED, LetterStatus.FAILED)

Objection = tuple[CancelledBecause, str]


def retire(*, plan: Plan, now: datetime) -> list[int]:
    """Cancel the letters that wait and do not fit the plan's day; their ids.

    Costs five queries, and two for each letter that is cancelled.
    """
    waiting = list(_waiting())
    if not waiting:
        return []
    addresses = AddressBook.load(plan.on, state_ids={letter.state_id for letter in waiting})
    cancelled = []
    for letter in waiting:
        objection = objection_to(letter, plan=plan, addresses=addresses)
        if objection is None:
            continue
        because, reason = objection
        if transitions.move(
            letter_id=letter.pk,
            was=LetterStatus(letter.status),
            to=LetterStatus.CANCELLED,
            at=now,
            by=None,
            reason=reason,
            cancelled_because=because,
            next_attempt_at=None,
        ):
            cancelled.append(letter.pk)
    return cancelled


def objection_to(letter: Letter, *, plan: Plan, addresses: AddressBook) -> Objection | None:
    """What speaks against sending a letter on the plan's day, None where nothing does."""
    return (
        _of_the_report(letter, plan)
        or _of_the_day(letter, plan)
        or _of_the_addresses(letter, addresses)
    )


def _of_the_report(letter: Letter, plan: Plan) -> Objection | None:
    deadline = plan.by_owed.get((letter.state_id, letter.kind, letter.period))
    if deadline is not None and deadline.state_of_play.is_in:
        return CancelledBecause.REPORT_ARRIVED, ARRIVED
    complete_through = plan.reporting.complete_through
    if deadline is None or not is_owed(deadline, complete_through=complete_through):
        return CancelledBecause.NOT_OWED, NOT_OWED
    if deadline.due_on != letter.due_on:
        return CancelledBecause.SUPERSEDED, DUE_DATE_MOVED
    return None


def _of_the_day(letter: Letter, plan: Plan) -> Objection | None:
    state_id, kind, period = letter.state_id, letter.kind, letter.period
    if any(
        hold.covers(state_id=state_id, kind=kind, period=period, on=plan.on) for hold in plan.holds
    ):
        return CancelledBecause.HELD, ON_HOLD
    if letter.valid_until <= plan.on:
        return CancelledBecause.SUPERSEDED, EXPIRED
    return None


def _of_the_addresses(letter: Letter, addresses: AddressBook) -> Objection | None:
    addressing = addresses.addressing(state_id=letter.state_id, stage=letter.stage)
    if addressing.emails == {(item.role, item.email) for item in letter.recipients.all()}:
        return None
    return CancelledBecause.ADDRESS_CHANGED, ADDRESS_CHANGED


def _waiting() -> QuerySet[Letter]:
    return (
        Letter.objects.filter(status__in=WAITING)
        .without_content()
        .select_related("stage")
        .prefetch_related("recipients")
        .order_by("pk")
    )
