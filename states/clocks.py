"""The dates that follow from a state's treaty actions, each with its reason in a sentence."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ccm_portal.dates import date_format

from . import convention
from .convention import RULES, Rule, RuleCode
from .models import ExtensionDecision
from .register import Event, Extension, Membership, Source, Standing

REMEMBERED = 2048
"""How many reasons of a kind a process keeps: those of all states, in some languages."""


class ClockKind(StrEnum):
    """What a clock counts towards."""

    ENTRY_INTO_FORCE = "entry_into_force"
    INITIAL_REPORT = "initial"
    ANNUAL_REPORT = "annual"
    STOCKPILE_DESTRUCTION = "stockpile_destruction"
    CLEARANCE = "clearance"
    WITHDRAWAL = "withdrawal"


ALL = tuple(ClockKind)


@dataclass(frozen=True)
class Clock:
    """A date that the Convention sets for one state, with the rule and the reason in a sentence.

    `due_on` is None where it cannot be told yet. `year` is the calendar year that an annual report
    covers. `is_conditional` marks the clocks of Articles 3 and 4, which run only for a state
    that has stockpiles or contaminated areas: whether it has is a matter of evidence.
    """

    kind: ClockKind
    title: str
    due_on: date | None
    rule: Rule
    explanation: str
    year: int | None = None
    is_conditional: bool = False
    source: Source | None = None


def clocks(standing: Standing, *, kinds: Collection[ClockKind] = ALL) -> tuple[Clock, ...]:
    """The dates that follow for a state on the standing's day, in order of the articles.

    Empty for a state that never deposited an instrument. A state that withdrew keeps its entry
    into force and shows when the withdrawal took effect; it owes nothing that falls due later.
    """
    if standing.membership is None:
        return ()
    return tuple(_clocks(standing, standing.membership, kinds))


def _clocks(
    standing: Standing, membership: Membership, kinds: Collection[ClockKind]
) -> Iterator[Clock]:
    deposited = membership.deposited
    if ClockKind.ENTRY_INTO_FORCE in kinds:
        yield _entry_into_force(standing, deposited)
    if standing.entry_into_force is not None:
        for clock in _duties(standing, deposited, standing.entry_into_force, kinds):
            if clock.due_on is None or membership.owes(clock.due_on):
                yield clock
    if standing.withdrawal is not None and ClockKind.WITHDRAWAL in kinds:
        yield _withdrawal(standing, standing.withdrawal)


def _duties(
    standing: Standing, deposited: Event, in_force_on: date, kinds: Collection[ClockKind]
) -> Iterator[Clock]:
    chain = _in_force_clause(deposited, in_force_on)
    if ClockKind.INITIAL_REPORT in kinds:
        yield _initial_report(chain, in_force_on)
    if ClockKind.ANNUAL_REPORT in kinds:
        yield _annual_report(chain, standing.on, in_force_on)
    if ClockKind.STOCKPILE_DESTRUCTION in kinds:
        granted = _granted(standing, deposited, ExtensionDecision.Article.STOCKPILE_DESTRUCTION)
        yield _stockpile_destruction(chain, in_force_on, granted, get_language())
    if ClockKind.CLEARANCE in kinds:
        granted = _granted(standing, deposited, ExtensionDecision.Article.CLEARANCE)
        yield _clearance(chain, in_force_on, granted, get_language())


def _entry_into_force(standing: Standing, deposited: Event) -> Clock:
    rule = convention.entry_into_force_rule(deposited.on)
    if standing.entry_into_force is None:
        explanation = _(
            "Deposited %(deposit)s. The day of entry into force could not be told before the "
            "thirtieth instrument was deposited (Article 17.1)."
        ) % {"deposit": _day(deposited.on)}
    elif deposited.official is not None:
        explanation = _(
            "Deposited %(deposit)s; the official date of entry into force is %(day)s, where "
            "the rule gives %(derived)s (Article %(article)s). Reason: %(reason)s"
        ) % {
            "deposit": _day(deposited.on),
            "day": _day(standing.entry_into_force),
            "derived": _day(convention.entry_into_force(deposited.on)),
            "article": rule.article,
            "reason": deposited.official.reason,
        }
    else:
        explanation = _sentence(_in_force_clause(deposited, standing.entry_into_force))
    return Clock(
        kind=ClockKind.ENTRY_INTO_FORCE,
        title=_("Entry into force"),
        due_on=standing.entry_into_force,
        rule=rule,
        explanation=explanation,
        source=deposited.official.source if deposited.official else deposited.source,
    )


def _in_force_clause(deposited: Event, in_force_on: date) -> str:
    is_official = deposited.official is not None
    return _chain(deposited.on, in_force_on, is_official, get_language())


@lru_cache(maxsize=REMEMBERED)
def _chain(deposited_on: date, in_force_on: date, is_official: bool, _language: str | None) -> str:
    if is_official:
        return _("deposited %(deposit)s, officially in force from %(day)s") % {
            "deposit": _day(deposited_on),
            "day": _day(in_force_on),
        }
    return _("deposited %(deposit)s, so in force from %(day)s (Article %(article)s)") % {
        "deposit": _day(deposited_on),
        "day": _day(in_force_on),
        "article": convention.entry_into_force_rule(deposited_on).article,
    }


def _initial_report(chain: str, in_force_on: date) -> Clock:
    due_on = convention.initial_report_due(in_force_on)
    return Clock(
        kind=ClockKind.INITIAL_REPORT,
        title=_("Initial transparency report"),
        due_on=due_on,
        rule=RULES[RuleCode.INITIAL_REPORT],
        explanation=_sentence(
            _("%(chain)s, so the initial report is due on %(day)s (Article 7.1)")
            % {"chain": chain, "day": _day(due_on)}
        ),
    )


def _annual_report(chain: str, on: date, in_force_on: date) -> Clock:
    first_year = convention.first_annual_report_year(in_force_on)
    year = max(first_year, on.year - 1)
    if convention.annual_report_due(year) < on:
        year += 1
    due_on = convention.annual_report_due(year)
    explanation = _("30 April %(due)s is the day for the report on %(year)s (Article 7.2)") % {
        "due": due_on.year,
        "year": year,
    }
    if year == first_year:
        explanation = _(
            "%(chain)s; by the practice followed, the first annual report covers the calendar "
            "year in which the initial report fell due, %(year)s, and is due on %(day)s "
            "(Article 7.2)"
        ) % {"chain": chain, "year": year, "day": _day(due_on)}
    return Clock(
        kind=ClockKind.ANNUAL_REPORT,
        title=_("Annual transparency report for %(year)s") % {"year": year},
        due_on=due_on,
        rule=RULES[RuleCode.FIRST_ANNUAL_REPORT if year == first_year else RuleCode.ANNUAL_REPORT],
        explanation=_sentence(explanation),
        year=year,
    )


@lru_cache(maxsize=REMEMBERED)
def _stockpile_destruction(
    chain: str, in_force_on: date, granted: tuple[Extension, ...], _language: str | None
) -> Clock:
    extended_to, extended_by = _extension(granted)
    due_on = convention.stockpile_destruction_deadline(in_force_on, extended_to=extended_to)
    return Clock(
        kind=ClockKind.STOCKPILE_DESTRUCTION,
        title=_("Stockpile destruction"),
        due_on=due_on,
        rule=RULES[RuleCode.STOCKPILE_EXTENSION if extended_to else RuleCode.STOCKPILE_DESTRUCTION],
        explanation=_sentence(
            _(
                "%(chain)s, so stockpiles, if there are any, are to be destroyed by %(day)s "
                "(Article 3.2%(extended)s)"
            )
            % {"chain": chain, "day": _day(due_on), "extended": extended_by}
        ),
        is_conditional=True,
    )


@lru_cache(maxsize=REMEMBERED)
def _clearance(
    chain: str, in_force_on: date, granted: tuple[Extension, ...], _language: str | None
) -> Clock:
    extended_to, extended_by = _extension(granted)
    due_on = convention.clearance_deadline(in_force_on, extended_to=extended_to)
    return Clock(
        kind=ClockKind.CLEARANCE,
        title=_("Clearance of contaminated areas"),
        due_on=due_on,
        rule=RULES[RuleCode.CLEARANCE_EXTENSION if extended_to else RuleCode.CLEARANCE],
        explanation=_sentence(
            _(
                "%(chain)s, so areas contaminated on that day, if there are any, are to be "
                "cleared by %(day)s (Article 4.1%(extended)s)"
            )
            % {"chain": chain, "day": _day(due_on), "extended": extended_by}
        ),
        is_conditional=True,
    )


def _granted(standing: Standing, deposited: Event, article: str) -> tuple[Extension, ...]:
    """The extensions of an article since the latest deposit."""
    return tuple(
        extension
        for extension in standing.extensions
        if extension.article == article and extension.decided_on >= deposited.on
    )


def _extension(granted: tuple[Extension, ...]) -> tuple[list[date], str]:
    """The deadlines that meetings granted, and the words that say so."""
    if not granted:
        return [], ""
    latest = max(granted, key=lambda extension: extension.new_deadline)
    words = _(", extended by the %(meeting)s") % {"meeting": latest.meeting}
    return [extension.new_deadline for extension in granted], words


def _withdrawal(standing: Standing, notified: Event) -> Clock:
    rule = RULES[RuleCode.WITHDRAWAL]
    if notified.official is None:
        explanation = _(
            "notified %(notified)s, so the withdrawal takes effect on %(day)s (Article 20.3)"
        ) % {"notified": _day(notified.on), "day": _day(standing.withdrawn_on)}
    else:
        explanation = _(
            "notified %(notified)s; officially the withdrawal takes effect %(day)s. "
            "Reason: %(reason)s"
        ) % {
            "notified": _day(notified.on),
            "day": _on_day_or_later(standing.withdrawn_on),
            "reason": notified.official.reason,
        }
    return Clock(
        kind=ClockKind.WITHDRAWAL,
        title=_("Withdrawal"),
        due_on=standing.withdrawn_on,
        rule=rule,
        explanation=_sentence(explanation),
        source=notified.official.source if notified.official else notified.source,
    )


def _on_day_or_later(day: date | None) -> str:
    if day is None:
        return _("when the armed conflict ends")
    return _("on %(day)s") % {"day": _day(day)}


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else text + "."
