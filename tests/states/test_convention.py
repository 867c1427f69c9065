"""The clocks of the Convention against dates worked out by hand, with the article of each."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from states import convention
from states.convention import RuleCode


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("on", "is_open"),
    [
        ("2008-12-02", False),
        ("2008-12-03", True),
        ("2010-07-31", True),
        ("2010-08-01", False),
    ],
)
def test_article_15_signature_from_oslo_until_entry_into_force(on: str, is_open: bool) -> None:
    assert convention.is_open_for_signature(day(on)) is is_open


@pytest.mark.parametrize(
    ("deposited", "in_force", "article"),
    [
        # 17.1: the first thirty, whenever they deposited.
        ("2008-12-03", "2010-08-01", "17.1"),
        ("2009-06-16", "2010-08-01", "17.1"),
        ("2010-01-25", "2010-08-01", "17.1"),
        ("2010-02-16", "2010-08-01", "17.1"),
        # 17.2: the first day of the sixth month after the month of deposit.
        ("2010-02-17", "2010-08-01", "17.2"),
        ("2010-02-28", "2010-08-01", "17.2"),
        ("2010-03-01", "2010-09-01", "17.2"),
        ("2010-03-31", "2010-09-01", "17.2"),
        ("2010-06-30", "2010-12-01", "17.2"),
        ("2010-07-01", "2011-01-01", "17.2"),
        ("2010-12-31", "2011-06-01", "17.2"),
        ("2011-08-31", "2012-02-01", "17.2"),
        ("2012-02-29", "2012-08-01", "17.2"),
        ("2025-09-05", "2026-03-01", "17.2"),
    ],
)
def test_article_17_entry_into_force(deposited: str, in_force: str, article: str) -> None:
    assert convention.entry_into_force(day(deposited)) == day(in_force)
    assert convention.entry_into_force_rule(day(deposited)).article == article


@pytest.mark.parametrize(
    ("deposited", "on", "is_known"),
    [
        # 17.1: before the thirtieth deposit nobody could tell.
        ("2008-12-03", "2010-02-15", False),
        ("2008-12-03", "2010-02-16", True),
        ("2010-02-16", "2010-02-16", True),
        # 17.2: from the deposit on.
        ("2011-03-24", "2011-03-23", False),
        ("2011-03-24", "2011-03-24", True),
    ],
)
def test_article_17_entry_into_force_is_known_from(deposited: str, on: str, is_known: bool) -> None:
    assert convention.entry_into_force_is_known(day(deposited), on=day(on)) is is_known


@pytest.mark.parametrize(
    ("notified", "conflict_ended", "effect"),
    [
        # 20.3: six months after receipt.
        ("2024-09-06", None, "2025-03-06"),
        ("2024-08-31", None, "2025-02-28"),
        ("2023-08-31", None, "2024-02-29"),
        ("2023-08-29", None, "2024-02-29"),
        # 20.3: not before the end of an armed conflict that goes on at that time.
        ("2024-09-06", "2025-03-05", "2025-03-06"),
        ("2024-09-06", "2025-03-06", "2025-03-06"),
        ("2024-09-06", "2027-01-31", "2027-01-31"),
    ],
)
def test_article_20_withdrawal(notified: str, conflict_ended: str | None, effect: str) -> None:
    ended = day(conflict_ended) if conflict_ended else None

    assert convention.withdrawal_effect(day(notified), conflict_ended_on=ended) == day(effect)


@pytest.mark.parametrize(
    ("in_force", "due"),
    [
        # 7.1: 180 days, not six months.
        ("2010-08-01", "2011-01-28"),
        ("2010-10-01", "2011-03-30"),
        ("2010-11-01", "2011-04-30"),
        ("2011-05-01", "2011-10-28"),
        ("2011-09-01", "2012-02-28"),
        # A leap day in between.
        ("2011-12-01", "2012-05-29"),
        ("2012-02-01", "2012-07-30"),
        ("2016-03-01", "2016-08-28"),
        ("2023-09-01", "2024-02-28"),
    ],
)
def test_article_7_1_initial_report(in_force: str, due: str) -> None:
    assert convention.initial_report_due(day(in_force)) == day(due)


def test_article_7_2_annual_report_by_30_april_for_the_year_before() -> None:
    assert convention.annual_report_due(2011) == date(2012, 4, 30)


@pytest.mark.parametrize(
    ("in_force", "year"),
    [
        # The initial report fell due on 28 January 2011, 28 October 2011 and 28 December 2010.
        ("2010-08-01", 2011),
        ("2011-05-01", 2011),
        ("2010-07-01", 2010),
    ],
)
def test_article_7_2_in_practice_the_first_annual_report(in_force: str, year: int) -> None:
    assert convention.first_annual_report_year(day(in_force)) == year
    assert convention.RULES[RuleCode.FIRST_ANNUAL_REPORT].is_practice is True


@pytest.mark.parametrize(
    ("in_force", "extended_to", "deadline"),
    [
        # 3.2: eight years.
        ("2010-08-01", [], "2018-08-01"),
        ("2012-02-29", [], "2020-02-29"),
        ("2096-02-29", [], "2104-02-29"),
        # 3.3 to 3.5: the latest deadline that a meeting granted.
        ("2010-08-01", ["2019-10-01"], "2019-10-01"),
        ("2010-08-01", ["2022-08-01", "2019-08-01"], "2022-08-01"),
        ("2010-08-01", ["2015-01-01"], "2018-08-01"),
    ],
)
def test_article_3_stockpile_destruction(
    in_force: str, extended_to: list[str], deadline: str
) -> None:
    assert convention.stockpile_destruction_deadline(
        day(in_force), extended_to=map(day, extended_to)
    ) == day(deadline)


@pytest.mark.parametrize(
    ("in_force", "hostilities_ended", "extended_to", "deadline"),
    [
        # 4.1 (a): ten years.
        ("2010-08-01", None, [], "2020-08-01"),
        ("2012-02-29", None, [], "2022-02-28"),
        # 4.1 (b): ten years after the end of later hostilities.
        ("2010-08-01", "2014-08-26", [], "2024-08-26"),
        ("2010-08-01", "2016-02-29", [], "2026-02-28"),
        ("2010-08-01", "2006-08-14", [], "2020-08-01"),
        # 4.5 to 4.8: the latest deadline that a meeting granted.
        ("2010-08-01", None, ["2025-08-01"], "2025-08-01"),
        ("2010-08-01", "2014-08-26", ["2025-08-01", "2022-08-01"], "2025-08-01"),
    ],
)
def test_article_4_clearance(
    in_force: str, hostilities_ended: str | None, extended_to: list[str], deadline: str
) -> None:
    assert convention.clearance_deadline(
        day(in_force),
        hostilities_ended_on=day(hostilities_ended) if hostilities_ended else None,
        extended_to=map(day, extended_to),
    ) == day(deadline)


@pytest.mark.parametrize(
    ("current", "stockpile", "clearance"),
    [
        # 3.3: up to four years; 4.5: up to five.
        ("2020-08-01", "2024-08-01", "2025-08-01"),
        ("2024-02-29", "2028-02-29", "2029-02-28"),
    ],
)
def test_articles_3_and_4_an_extension_has_a_limit(
    current: str, stockpile: str, clearance: str
) -> None:
    assert convention.latest_stockpile_extension(day(current)) == day(stockpile)
    assert convention.latest_clearance_extension(day(current)) == day(clearance)


def test_each_rule_stands_under_its_own_code() -> None:
    assert {code: rule.code for code, rule in convention.RULES.items()} == {
        code: code for code in RuleCode
    }


DAYS = st.dates(min_value=date(2008, 12, 3), max_value=date(2100, 12, 31))


@given(DAYS)
@settings(deadline=None)
def test_entry_into_force_is_a_first_of_a_month_five_to_six_months_after_the_deposit(
    deposited: date,
) -> None:
    in_force = convention.entry_into_force(deposited)

    assert in_force.day == 1
    assert in_force >= convention.ENTERED_INTO_FORCE_ON
    if deposited > convention.THIRTIETH_DEPOSIT_ON:
        months = (in_force.year - deposited.year) * 12 + in_force.month - deposited.month
        assert months == 6


@given(DAYS, DAYS)
@settings(deadline=None)
def test_who_deposits_earlier_is_never_bound_later(one: date, two: date) -> None:
    first, second = sorted([one, two])

    assert convention.entry_into_force(first) <= convention.entry_into_force(second)
