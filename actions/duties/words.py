"""How a duty of Article 3 or 4 stands, in a sentence, and as a row of the `deadlines` command."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.dates import date_format
from reports.explanations import period_words

from .assembling import Duty, DutyState


def explain(duty: Duty) -> str:
    """The chain from the deposit to the deadline, and how the duty stands."""
    return f"{duty.clock.explanation} {state_sentence(duty)}"


def state_sentence(duty: Duty) -> str:
    """How the duty stands, in a sentence."""
    match duty.state_of_play:
        case DutyState.NOT_DUE:
            return _("An obligation is recorded; it is not due yet.")
        case DutyState.OVERDUE:
            days = duty.days_late or 0
            return ngettext("It is %(days)d day overdue.", "It is %(days)d days overdue.", days) % {
                "days": days
            }
        case DutyState.COMPLETED:
            return _completed_sentence(duty)
        case DutyState.NONE:
            return _("The state declared that it has no such obligation.")
    return _not_known_sentence(duty)


def title(kind: str) -> str:
    """A duty's name inside a sentence."""
    if kind == "stockpile_destruction":
        return _("stockpile destruction")
    return _("clearance of contaminated areas")


def row(duty: Duty) -> dict[str, str | int | None]:
    """One duty under `reports.rows.COLUMNS`; `received_on` is the day of completion."""
    return {
        "iso3": duty.standing.state.iso3,
        "article": duty.article,
        "kind": duty.kind,
        "period": None,
        "due_on": duty.due_on.isoformat(),
        "basis": duty.clock.explanation,
        "state_of_play": duty.state_of_play.value,
        "received_on": duty.completed_on.isoformat() if duty.completed_on else None,
        "days_late": duty.days_late,
    }


def _completed_sentence(duty: Duty) -> str:
    if duty.completed is None:
        return _("It is completed; since which day is not known.")
    first, last = duty.completed
    if first != last:
        return _("It was completed %(when)s.") % {"when": period_words(first, last)}
    if duty.days_late is None:
        return _("It was completed on %(day)s.") % {"day": _day(last)}
    late = ngettext("%(days)d day late", "%(days)d days late", duty.days_late)
    return _("It was completed on %(day)s, %(late)s.") % {
        "day": _day(last),
        "late": late % {"days": duty.days_late},
    }


def _not_known_sentence(duty: Duty) -> str:
    if duty.is_disputed:
        return _("The sources contradict each other, so nothing is said here.")
    if not duty.is_owed:
        return _("Whether there is such an obligation is not recorded.")
    if duty.complete_through is None:
        return _(
            "An obligation is recorded; whether it has been fulfilled since is not vouched for."
        )
    return _(
        "An obligation is recorded; whether it has been fulfilled is not known beyond %(day)s, up "
        "to which entries are complete."
    ) % {"day": _day(duty.complete_through)}


def _day(day: date) -> str:
    return date_format(day, "j F Y")
