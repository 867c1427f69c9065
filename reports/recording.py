"""Recording that a report was received, correcting that, and marking it as read through.

Every write locks the state's row first: reminder letters lock the same row before they go out, so
that nobody is chased for a report that is being recorded.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ccm_portal.dates import date_format
from states.files.inspection import Inspected
from states.models import Certainty, Document, State
from states.publishing import lock_states
from states.register import History, Standing

from .documents import attach_to_report
from .duties import Arrival, Classified, classify, membership_at, refusals
from .explanations import receipt_words
from .models import TransparencyReport
from .state_of_play import Receipt

Kind = TransparencyReport.Kind

# Stored in the history in English, and translated where it is shown.
RECORDED = gettext_noop("Receipt recorded")
CORRECTED = gettext_noop("Corrected")
READ_THROUGH = gettext_noop("Read through")


class RecordedAlready(ValidationError):
    """The same report is recorded already: `report` is what should be corrected instead."""

    def __init__(self, report: TransparencyReport) -> None:
        self.report = report
        when = receipt_words(Receipt(report.received_not_before, report.received_not_after))
        super().__init__(
            _(
                "Recorded already: %(report)s, received %(when)s. Correct that one, or choose "
                "another kind or year for this one."
            )
            if when
            else _("Recorded already, as looked for: %(report)s. Enter its receipt there."),
            code="recorded_already",
            params={"report": report, "when": when},
        )


@dataclass(frozen=True)
class Receiving:
    """What is known of a receipt: between which two days, and where that was read."""

    not_before: date
    not_after: date
    certainty: str = Certainty.CONFIRMED
    basis: str = ""
    source: Document | None = None
    place: str = ""


@dataclass(frozen=True)
class Recording:
    """A report that was recorded, and what staff should know about how, in sentences.

    `filled` says that it had been looked for, so that no second one was made.
    """

    report: TransparencyReport
    notices: tuple[str, ...]
    filled: bool


@transaction.atomic
def record(
    *,
    state: State,
    kind: str,
    year: int | None,
    received: Receiving,
    today: date,
    by: AbstractBaseUser,
    files: Sequence[Inspected] = (),
    note: str = "",
) -> Recording:
    """Record that a report was received. It counts at once, its contents stay a draft.

    A report that was looked for is filled, and is a draft again. `today` is the real date. Raises
    `ValidationError` with a sentence for all that cannot be, `RecordedAlready` among them; then
    nothing is kept, the files neither.
    """
    lock_states([state.pk])
    said = Arrival(
        kind=kind,
        year=None if kind == Kind.INITIAL else year,
        not_before=received.not_before,
        not_after=received.not_after,
    )
    standing = standing_of(state.pk, on=today)
    classified = _accepted(said, standing, today=today)
    looked_for = _same_duty(state.pk, said, standing)
    report = looked_for or TransparencyReport(state=state)
    _fill(report, said, received, note)
    _save(report, by=by, reason=RECORDED)
    if files:
        attach_to_report(report=report, name=standing.state.name, files=files, by=by)
    notices = (*classified.notices, *contradictions(report))
    return Recording(report=report, notices=notices, filled=looked_for is not None)


@transaction.atomic
def correct(*, report: TransparencyReport, today: date, by: AbstractBaseUser) -> tuple[str, ...]:
    """Store what was changed in a recorded report; the history keeps what stood before.

    Gives sentences that staff should know. Raises `ValidationError` as `record` does, also where
    the day of reading cannot be; then nothing is stored.
    """
    lock_states([report.state_id])
    standing = standing_of(report.state_id, on=today)
    classified = _accepted(Arrival.of(report), standing, today=today)
    same = _same_duty(report.state_id, Arrival.of(report), standing, besides=report.pk)
    if same is not None:
        raise RecordedAlready(same)
    _refuse(_refusals_of_reading(report, report.read_through_on, today))
    _save(report, by=by, reason=CORRECTED)
    return (*classified.notices, *contradictions(report))


@transaction.atomic
def mark_read_through(
    *, reports: Iterable[TransparencyReport], on: date, today: date, by: AbstractBaseUser
) -> list[TransparencyReport]:
    """Say that reports were read through on a day; the answer holds those that were not yet.

    Raises `ValidationError` for a report that has not come, and for a day before it did or to
    come; then none is marked.
    """
    chosen = list(reports)
    lock_states(report.state_id for report in chosen)
    changed = []
    for report in TransparencyReport.objects.filter(pk__in=[report.pk for report in chosen]):
        _refuse(_refusals_of_reading(report, on, today))
        if report.read_through_on is None:
            report.read_through_on = on
            _save(report, by=by, reason=READ_THROUGH)
            changed.append(report)
    return changed


def standing_of(state_id: int, *, on: date) -> Standing:
    """How one state stands on a day, by what is published."""
    return next(item for item in History.load().on(on) if item.state.id == state_id)


def duplicate(
    reports: Iterable[TransparencyReport], arrival: Arrival, standing: Standing
) -> TransparencyReport | None:
    """Which of a state's recorded reports is the same as one that is said to have come, or None.

    The initial report of the same time as party, the annual one of the same year, or a voluntary
    one of the same year and days. One that was received goes before one that is looked for.
    """
    same = [report for report in reports if _is_same(Arrival.of(report), arrival, standing)]
    return min(same, key=lambda report: report.received_not_after is None, default=None)


def contradictions(report: TransparencyReport) -> Iterator[str]:
    """Where a source says that a report was missing when it is said to have been in."""
    last = report.received_not_after
    if last is None or report.pk is None:
        return
    missing = report.known_missing.filter(on__gte=last).order_by("on").last()
    if missing is not None:
        yield _(
            "A source says that it was still missing on %(day)s: check the day of the receipt."
        ) % {"day": date_format(missing.on, "j F Y")}


def _is_same(one: Arrival, other: Arrival, standing: Standing) -> bool:
    if one.kind != other.kind:
        return False
    if one.kind == Kind.ANNUAL:
        return one.year == other.year
    if one.kind == Kind.INITIAL:
        return _time_as_party(one, standing) == _time_as_party(other, standing)
    return one == other


def _time_as_party(arrival: Arrival, standing: Standing) -> date | None:
    """The deposit with which the time as party began to which a receipt belongs."""
    membership = membership_at(
        standing.memberships, not_before=arrival.not_before, not_after=arrival.not_after
    )
    return membership.deposited.on if membership else None


def _same_duty(
    state_id: int, arrival: Arrival, standing: Standing, *, besides: int | None = None
) -> TransparencyReport | None:
    """The report of the same duty that is only looked for. Raises `RecordedAlready` otherwise."""
    others = TransparencyReport.objects.filter(state_id=state_id)
    if besides is not None:
        others = others.exclude(pk=besides)
    found = duplicate(others, arrival, standing)
    if found is not None and found.received_not_after is not None:
        raise RecordedAlready(found)
    return found


def _accepted(arrival: Arrival, standing: Standing, *, today: date) -> Classified:
    _refuse(refusals(arrival, today=today))
    return classify(arrival, standing)


def _refusals_of_reading(report: TransparencyReport, on: date | None, today: date) -> Iterator[str]:
    if on is None:
        return
    if report.received_not_before is None:
        yield _("%(report)s has not come, so that nobody can have read it through.") % {
            "report": report
        }
    elif on < report.received_not_before:
        yield _("It cannot have been read through before it was received: check both days.")
    if on > today:
        yield _("It cannot have been read through on a day to come: check the day.")


def _refuse(sentences: Iterable[str]) -> None:
    found = list(sentences)
    if found:
        raise ValidationError(found)


def _fill(report: TransparencyReport, arrival: Arrival, received: Receiving, note: str) -> None:
    report.kind, report.year = arrival.kind, arrival.year
    report.received_not_before = received.not_before
    report.received_not_after = received.not_after
    report.certainty = received.certainty
    report.receipt_basis = received.basis
    report.receipt_source = received.source
    report.receipt_place = received.place
    report.note = "\n".join(text for text in (report.note, note) if text)
    # What it says will be entered bit by bit, and shows nowhere before somebody publishes it.
    report.published_at = None


def _save(report: Any, *, by: AbstractBaseUser, reason: str) -> None:
    report.full_clean()
    report._history_user = by
    report._change_reason = reason
    report.save()
