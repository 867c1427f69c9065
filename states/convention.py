"""The clocks of the Convention on Cluster Munitions, as pure functions of dates.

Each function cites the article it applies. Dates are `datetime.date`; periods of months and years
are calendar periods (a period of years from 29 February ends on 28 February of a common year).
Nothing here reads the clock, the database or the settings. `RULES` names each rule in words that
a page can show as its reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from dateutil.relativedelta import relativedelta
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ADOPTED_ON = date(2008, 5, 30)
OPENED_FOR_SIGNATURE_ON = date(2008, 12, 3)
THIRTIETH_DEPOSIT_ON = date(2010, 2, 16)
ENTERED_INTO_FORCE_ON = date(2010, 8, 1)

INITIAL_REPORT_DAYS = 180
STOCKPILE_DESTRUCTION_YEARS = 8
STOCKPILE_EXTENSION_YEARS = 4
CLEARANCE_YEARS = 10
CLEARANCE_EXTENSION_YEARS = 5
WITHDRAWAL_MONTHS = 6


class RuleCode(StrEnum):
    """The rules that set a date."""

    SIGNATURE = "signature"
    ENTRY_INTO_FORCE_FIRST_THIRTY = "entry_into_force_first_thirty"
    ENTRY_INTO_FORCE = "entry_into_force"
    WITHDRAWAL = "withdrawal"
    INITIAL_REPORT = "initial_report"
    ANNUAL_REPORT = "annual_report"
    FIRST_ANNUAL_REPORT = "first_annual_report"
    STOCKPILE_DESTRUCTION = "stockpile_destruction"
    STOCKPILE_EXTENSION = "stockpile_extension"
    CLEARANCE = "clearance"
    CLEARANCE_LATER_CONTAMINATION = "clearance_later_contamination"
    CLEARANCE_EXTENSION = "clearance_extension"


@dataclass(frozen=True)
class Rule:
    """A rule in words, with the article and paragraph that gives it.

    `is_practice` says that States Parties follow it although the text does not spell it out.
    """

    code: RuleCode
    article: str
    text: str | Promise
    is_practice: bool = False


RULES: dict[RuleCode, Rule] = {
    rule.code: rule
    for rule in (
        Rule(
            RuleCode.SIGNATURE,
            "15",
            _("open for signature from 3 December 2008 until the Convention entered into force"),
        ),
        Rule(
            RuleCode.ENTRY_INTO_FORCE_FIRST_THIRTY,
            "17.1",
            _(
                "the first day of the sixth month after the month of the thirtieth deposit, "
                "which was made on 16 February 2010"
            ),
        ),
        Rule(
            RuleCode.ENTRY_INTO_FORCE,
            "17.2",
            _("the first day of the sixth month after the month of the deposit"),
        ),
        Rule(
            RuleCode.WITHDRAWAL,
            "20.3",
            _(
                "six months after the depositary received the notification, and not before the end "
                "of an armed conflict in which the state is engaged on that day"
            ),
        ),
        Rule(RuleCode.INITIAL_REPORT, "7.1", _("180 days after entry into force")),
        Rule(
            RuleCode.ANNUAL_REPORT,
            "7.2",
            _("30 April of each year, for the previous calendar year"),
        ),
        Rule(
            RuleCode.FIRST_ANNUAL_REPORT,
            "7.2",
            _(
                "by the practice followed, the first annual report covers the calendar year in "
                "which the initial report fell due"
            ),
            is_practice=True,
        ),
        Rule(RuleCode.STOCKPILE_DESTRUCTION, "3.2", _("eight years after entry into force")),
        Rule(RuleCode.STOCKPILE_EXTENSION, "3.3", _("extended by up to four years by a meeting")),
        Rule(RuleCode.CLEARANCE, "4.1", _("ten years after entry into force")),
        Rule(
            RuleCode.CLEARANCE_LATER_CONTAMINATION,
            "4.1",
            _("ten years after the end of the hostilities that left the contamination"),
        ),
        Rule(RuleCode.CLEARANCE_EXTENSION, "4.5", _("extended by up to five years by a meeting")),
    )
}


def is_open_for_signature(on: date) -> bool:
    """Whether a state could sign on a day.

    Article 15: at Oslo on 3 December 2008, then in New York until entry into force (1 August
    2010, a day on which it was no longer open).
    """
    return OPENED_FOR_SIGNATURE_ON <= on < ENTERED_INTO_FORCE_ON


@lru_cache(maxsize=1024)
def entry_into_force(deposited_on: date) -> date:
    """The day from which the Convention binds a state that deposited its instrument on a day.

    Article 17, paragraph 1, for the first thirty instruments (the thirtieth was deposited on 16
    February 2010): 1 August 2010. Article 17, paragraph 2, for those deposited later: the first
    day of the sixth month after the month of deposit.
    """
    counted_from = max(deposited_on, THIRTIETH_DEPOSIT_ON)
    return counted_from.replace(day=1) + relativedelta(months=6)


def entry_into_force_rule(deposited_on: date) -> Rule:
    """Which paragraph of Article 17 sets the entry into force after a deposit on a day."""
    if deposited_on <= THIRTIETH_DEPOSIT_ON:
        return RULES[RuleCode.ENTRY_INTO_FORCE_FIRST_THIRTY]
    return RULES[RuleCode.ENTRY_INTO_FORCE]


def entry_into_force_is_known(deposited_on: date, *, on: date) -> bool:
    """Whether a day's observer could tell when a deposit takes effect.

    Before the thirtieth deposit nobody could (Article 17, paragraph 1).
    """
    return max(deposited_on, THIRTIETH_DEPOSIT_ON) <= on


@lru_cache(maxsize=1024)
def withdrawal_effect(notified_on: date, *, conflict_ended_on: date | None = None) -> date:
    """The first day on which a state that withdrew is no longer bound.

    Article 20, paragraph 3: six months after the depositary received the notification. A state
    engaged in an armed conflict on that day stays bound until the conflict ends:
    `conflict_ended_on` gives that end, where there was such a conflict.
    """
    after_six_months = notified_on + relativedelta(months=WITHDRAWAL_MONTHS)
    return max(after_six_months, conflict_ended_on or after_six_months)


def initial_report_due(in_force_on: date) -> date:
    """The last day for the initial transparency report. Article 7, paragraph 1: 180 days."""
    return in_force_on + timedelta(days=INITIAL_REPORT_DAYS)


def annual_report_due(year: int) -> date:
    """The last day for the annual report that covers a calendar year.

    Article 7, paragraph 2: 30 April of the following year.
    """
    return date(year + 1, 4, 30)


def first_annual_report_year(in_force_on: date) -> int:
    """The calendar year that a state's first annual report covers.

    Article 7, paragraph 2, does not say with which year the annual reports begin. By the practice
    followed it is the calendar year in which the initial report fell due.
    """
    return initial_report_due(in_force_on).year


def stockpile_destruction_deadline(in_force_on: date, *, extended_to: Iterable[date] = ()) -> date:
    """The last day for destroying a stockpile.

    Article 3, paragraph 2: eight years after entry into force; paragraphs 3 to 5: the latest
    deadline that a meeting granted.
    """
    return max([_years_after(in_force_on, STOCKPILE_DESTRUCTION_YEARS), *extended_to])


def clearance_deadline(
    in_force_on: date,
    *,
    hostilities_ended_on: date | None = None,
    extended_to: Iterable[date] = (),
) -> date:
    """The last day for clearing contaminated areas.

    Article 4, paragraph 1 (a): ten years after entry into force; (b): for munitions that became
    remnants after entry into force, ten years after the end of the hostilities in which they did
    (`hostilities_ended_on`). Paragraphs 5 to 8: the latest deadline that a meeting granted.
    """
    counted_from = max(in_force_on, hostilities_ended_on or in_force_on)
    return max([_years_after(counted_from, CLEARANCE_YEARS), *extended_to])


def latest_stockpile_extension(current_deadline: date) -> date:
    """The furthest day to which a meeting may extend a deadline. Article 3, paragraph 3."""
    return _years_after(current_deadline, STOCKPILE_EXTENSION_YEARS)


def latest_clearance_extension(current_deadline: date) -> date:
    """The furthest day to which a meeting may extend a deadline. Article 4, paragraph 5."""
    return _years_after(current_deadline, CLEARANCE_EXTENSION_YEARS)


@lru_cache(maxsize=1024)
def _years_after(day: date, years: int) -> date:
    return day + relativedelta(years=years)
