"""Why a report is due on its day, and how it stands, in sentences that a page can show."""

from datetime import date
from functools import lru_cache

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ccm_portal.dates import date_format
from states import convention

from .deadlines import Kind, ReportDeadline
from .state_of_play import Play, Receipt, StateOfPlay

REMEMBERED = 4096
"""How many sentences of a kind a process keeps: those of all deadlines on some days."""


def explain(deadline: ReportDeadline) -> str:
    """The whole chain from the deposit to the state of play, with the articles."""
    return f"{due_sentence(deadline)} {state_sentence(deadline)}"


def state_sentence(deadline: ReportDeadline) -> str:
    """How the report stands, in one sentence."""
    is_open = deadline.state_of_play is StateOfPlay.NOT_KNOWN
    return _state_sentence(
        deadline.play,
        deadline.due_on,
        deadline.receipt,
        deadline.standing.on if is_open else None,  # No other sentence depends on the day.
        get_language(),
    )


@lru_cache(maxsize=REMEMBERED)
def _state_sentence(
    play: Play, due_on: date, receipt: Receipt | None, on: date | None, _language: str | None
) -> str:
    sentences = {
        StateOfPlay.NOT_DUE: lambda: _("It is not due yet."),
        StateOfPlay.IN_TIME: lambda: _("It was received %(when)s, in time."),
        StateOfPlay.LATE: lambda: _late_sentence(play),
        StateOfPlay.RECEIVED: lambda: _received_sentence(receipt, due_on),
        StateOfPlay.OVERDUE: lambda: _overdue_sentence(play),
        StateOfPlay.NOT_KNOWN: lambda: _not_known_sentence(receipt, on),
        StateOfPlay.NOT_ENTERED: lambda: _(
            "The reports of this time have not been entered: nothing is known."
        ),
    }
    return sentences[play.state]() % {"when": _when(receipt)}


def receipt_words(receipt: Receipt | None) -> str:
    """When a report was received: "25 January 2011", "in January 2011", "between … and …"."""
    if receipt is None or receipt.earliest is None or receipt.not_after is None:
        return ""
    first, last = receipt.earliest, receipt.not_after
    return _day(last) if first == last else _period(first, last)


def _period(first: date, last: date) -> str:
    if _is_whole_month(first, last):
        return date_format(first, "F Y")
    if _is_whole_year(first, last):
        return str(first.year)
    return _("between %(first)s and %(last)s") % {"first": _day(first), "last": _day(last)}


def due_sentence(deadline: ReportDeadline) -> str:
    """Why the report is due on its day, with the articles."""
    membership = deadline.membership
    return _due_sentence(
        deadline.kind,
        deadline.year,
        deadline.due_on,
        deadline.rule.is_practice,
        membership.deposited.on,
        membership.deposited.official is not None,
        membership.entry_into_force,
        get_language(),
    )


@lru_cache(maxsize=REMEMBERED)
def _due_sentence(
    kind: str,
    year: int | None,
    due_on: date,
    is_practice: bool,
    deposited_on: date,
    is_official: bool,
    in_force_on: date | None,
    _language: str | None,
) -> str:
    values = {
        "deposit": _day(deposited_on),
        "in_force": _day(in_force_on),
        "article": _("the official date") if is_official else _in_force_article(deposited_on),
        "due": _day(due_on),
        "year": year,
    }
    if kind == Kind.INITIAL:
        return (
            _(
                "Deposited %(deposit)s, so in force from %(in_force)s (%(article)s), so the "
                "initial report is due on %(due)s (Article 7.1)."
            )
            % values
        )
    if is_practice:
        return (
            _(
                "In force from %(in_force)s; by the practice followed, the first annual report "
                "covers the calendar year in which the initial report fell due, %(year)s, and is "
                "due on %(due)s (Article 7.2)."
            )
            % values
        )
    return (
        _(
            "In force from %(in_force)s; the annual report on %(year)s is due on %(due)s "
            "(Article 7.2)."
        )
        % values
    )


def _in_force_article(deposited_on: date) -> str:
    rule = convention.entry_into_force_rule(deposited_on)
    return _("Article %(article)s") % {"article": rule.article}


def _late_sentence(play: Play) -> str:
    if play.days_late is None:
        return _("It was received %(when)s, late.")
    days = ngettext("%(days)d day late", "%(days)d days late", play.days_late)
    return _("It was received %%(when)s, %(late)s.") % {"late": days % {"days": play.days_late}}


def _overdue_sentence(play: Play) -> str:
    days = play.days_late or 0
    return ngettext("It is %(days)d day overdue.", "It is %(days)d days overdue.", days) % {
        "days": days
    }


def _received_sentence(receipt: Receipt | None, due_on: date) -> str:
    if receipt is not None and receipt.earliest is not None and receipt.earliest > due_on:
        return _(
            "It was received %(when)s, after the due date; the entries of this time are not "
            "vouched for, so it is not called late."
        )
    return _("It was received %(when)s; whether in time cannot be told.")


def _not_known_sentence(receipt: Receipt | None, on: date | None) -> str:
    if receipt is None or on is None:
        return _("Whether it has come is not known.")
    if receipt.earliest is not None and receipt.earliest <= on:
        return _("It was received %(when)s: whether it had come by this day is not known.")
    missing = [day for day in receipt.missing_on if day <= on]
    if missing:
        return _("It was still missing on %(day)s; what came after is not known.") % {
            "day": _day(max(missing))
        }
    return _("Whether it has come is not known.")


def period_words(first: date, last: date) -> str:
    """When something happened that lies between two days: "in January 2011", "between … and …"."""
    return _in_a_sentence(_period(first, last))


def _when(receipt: Receipt | None) -> str:
    words = receipt_words(receipt)
    if receipt is None or receipt.on is not None:
        return _("on %(day)s") % {"day": words}
    return _in_a_sentence(words)


def _in_a_sentence(words: str) -> str:
    if words[:1].isdigit() or words[:1].isupper():
        return _("in %(period)s") % {"period": words}
    return words


def _is_whole_month(first: date, last: date) -> bool:
    return first.day == 1 and (first.year, first.month) == (last.year, last.month) and _ends(last)


def _is_whole_year(first: date, last: date) -> bool:
    return first == date(first.year, 1, 1) and last == date(first.year, 12, 31)


def _ends(day: date) -> bool:
    return day.month != date.fromordinal(day.toordinal() + 1).month


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""
