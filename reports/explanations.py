"""Why a report is due on its day, and how it stands, in sentences that a page can show."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.dates import date_format
from states import convention
from states.register import Membership

from .deadlines import Kind, ReportDeadline
from .state_of_play import Receipt, StateOfPlay


def explain(deadline: ReportDeadline) -> str:
    """The whole chain from the deposit to the state of play, with the articles."""
    return f"{due_sentence(deadline)} {state_sentence(deadline)}"


def state_sentence(deadline: ReportDeadline) -> str:
    """How the report stands, in one sentence."""
    sentences = {
        StateOfPlay.NOT_DUE: lambda: _("It is not due yet."),
        StateOfPlay.IN_TIME: lambda: _("It was received %(when)s, in time."),
        StateOfPlay.LATE: lambda: _late_sentence(deadline),
        StateOfPlay.RECEIVED: lambda: _received_sentence(deadline),
        StateOfPlay.OVERDUE: lambda: _overdue_sentence(deadline),
        StateOfPlay.NOT_KNOWN: lambda: _not_known_sentence(deadline),
        StateOfPlay.NOT_ENTERED: lambda: _(
            "The reports of this time have not been entered: nothing is known."
        ),
    }
    return sentences[deadline.state_of_play]() % {"when": _when(deadline.receipt)}


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
    values = {
        "deposit": _day(deadline.membership.deposited.on),
        "in_force": _day(deadline.membership.entry_into_force),
        "article": _entry_into_force_article(deadline.membership),
        "due": _day(deadline.due_on),
        "year": deadline.year,
    }
    if deadline.kind == Kind.INITIAL:
        return (
            _(
                "Deposited %(deposit)s, so in force from %(in_force)s (%(article)s), so the "
                "initial report is due on %(due)s (Article 7.1)."
            )
            % values
        )
    if deadline.rule.is_practice:
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


def _entry_into_force_article(membership: Membership) -> str:
    if membership.deposited.official is not None:
        return _("the official date")
    rule = convention.entry_into_force_rule(membership.deposited.on)
    return _("Article %(article)s") % {"article": rule.article}


def _late_sentence(deadline: ReportDeadline) -> str:
    if deadline.days_late is None:
        return _("It was received %(when)s, late.")
    days = ngettext("%(days)d day late", "%(days)d days late", deadline.days_late)
    return _("It was received %%(when)s, %(late)s.") % {"late": days % {"days": deadline.days_late}}


def _overdue_sentence(deadline: ReportDeadline) -> str:
    days = deadline.days_late or 0
    return ngettext("It is %(days)d day overdue.", "It is %(days)d days overdue.", days) % {
        "days": days
    }


def _received_sentence(deadline: ReportDeadline) -> str:
    receipt = deadline.receipt
    if receipt is not None and receipt.earliest is not None and receipt.earliest > deadline.due_on:
        return _(
            "It was received %(when)s, after the due date; the entries of this time are not "
            "vouched for, so it is not called late."
        )
    return _("It was received %(when)s; whether in time cannot be told.")


def _not_known_sentence(deadline: ReportDeadline) -> str:
    receipt, on = deadline.receipt, deadline.standing.on
    if receipt is not None and receipt.earliest is not None and receipt.earliest <= on:
        return _("It was received %(when)s: whether it had come by this day is not known.")
    missing = [day for day in receipt.missing_on if day <= on] if receipt is not None else []
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
