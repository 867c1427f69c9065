"""The dates that follow for a state, and the sentences that explain them."""

from datetime import date

import pytest
from hypothesis import given, settings

from states.clocks import Clock, ClockKind, clocks
from states.register import Event, History, Standing

from .histories import DAYS, HISTORIES, SOURCE, event, extension, history, standing

SIGNED = event("signature", "2008-12-03")
RATIFIED = event("ratification", "2010-11-29")
WITHDRAWN = event("withdrawal", "2024-09-06")


def clock(stands: Standing, kind: ClockKind) -> Clock:
    found = [clock for clock in clocks(stands) if clock.kind is kind]
    assert len(found) == 1
    return found[0]


def kinds(stands: Standing) -> list[ClockKind]:
    return [clock.kind for clock in clocks(stands)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "due_on", "article", "explanation"),
    [
        (
            ClockKind.ENTRY_INTO_FORCE,
            "2011-05-01",
            "17.2",
            "Deposited 29 November 2010, so in force from 1 May 2011 (Article 17.2).",
        ),
        (
            ClockKind.INITIAL_REPORT,
            "2011-10-28",
            "7.1",
            "Deposited 29 November 2010, so in force from 1 May 2011 (Article 17.2), so the "
            "initial report is due on 28 October 2011 (Article 7.1).",
        ),
        (
            ClockKind.ANNUAL_REPORT,
            "2012-04-30",
            "7.2",
            "Deposited 29 November 2010, so in force from 1 May 2011 (Article 17.2); by the "
            "practice followed, the first annual report covers the calendar year in which the "
            "initial report fell due, 2011, and is due on 30 April 2012 (Article 7.2).",
        ),
        (
            ClockKind.STOCKPILE_DESTRUCTION,
            "2019-05-01",
            "3.2",
            "Deposited 29 November 2010, so in force from 1 May 2011 (Article 17.2), so "
            "stockpiles, if there are any, are to be destroyed by 1 May 2019 (Article 3.2).",
        ),
        (
            ClockKind.CLEARANCE,
            "2021-05-01",
            "4.1",
            "Deposited 29 November 2010, so in force from 1 May 2011 (Article 17.2), so areas "
            "contaminated on that day, if there are any, are to be cleared by 1 May 2021 "
            "(Article 4.1).",
        ),
    ],
)
def test_each_clock_of_guinea_bissau_explains_itself(
    dataset: History, kind: ClockKind, due_on: str, article: str, explanation: str
) -> None:
    found = clock(dataset.on(date(2011, 8, 20)).by_iso3["GNB"], kind)

    assert (found.due_on, found.rule.article, found.explanation) == (
        date.fromisoformat(due_on),
        article,
        explanation,
    )


def test_the_clocks_of_articles_3_and_4_run_on_a_condition() -> None:
    stands = standing("2011-08-20", SIGNED, RATIFIED)

    assert [clock.kind for clock in clocks(stands) if clock.is_conditional] == [
        ClockKind.STOCKPILE_DESTRUCTION,
        ClockKind.CLEARANCE,
    ]


@pytest.mark.parametrize("events", [(), (SIGNED,)])
def test_who_never_deposited_has_no_clock(events: tuple[Event, ...]) -> None:
    assert clocks(standing("2011-08-20", *events)) == ()


def test_article_17_1_before_the_thirtieth_deposit_no_date_can_be_told() -> None:
    stands = standing("2009-06-01", SIGNED, event("ratification", "2008-12-03"))

    assert kinds(stands) == [ClockKind.ENTRY_INTO_FORCE]
    found = clock(stands, ClockKind.ENTRY_INTO_FORCE)
    assert found.due_on is None
    assert found.explanation == (
        "Deposited 3 December 2008. The day of entry into force could not be told before the "
        "thirtieth instrument was deposited (Article 17.1)."
    )


@pytest.mark.parametrize(
    ("on", "due_on", "year", "is_practice"),
    [
        # The first, for 2011, by practice.
        ("2011-08-20", "2012-04-30", 2011, True),
        ("2012-04-30", "2012-04-30", 2011, True),
        # Article 7.2: then each year, from the day after.
        ("2012-05-01", "2013-04-30", 2012, False),
        ("2020-01-01", "2020-04-30", 2019, False),
        ("2020-04-30", "2020-04-30", 2019, False),
        ("2020-05-01", "2021-04-30", 2020, False),
    ],
)
def test_article_7_2_the_next_annual_report(
    on: str, due_on: str, year: int, is_practice: bool
) -> None:
    found = clock(standing(on, SIGNED, RATIFIED), ClockKind.ANNUAL_REPORT)

    assert (found.due_on, found.year, found.rule.is_practice) == (
        date.fromisoformat(due_on),
        year,
        is_practice,
    )


def test_a_later_annual_report_says_which_year_it_covers() -> None:
    found = clock(standing("2020-01-01", SIGNED, RATIFIED), ClockKind.ANNUAL_REPORT)

    assert found.title == "Annual transparency report for 2019"
    assert found.explanation == "30 April 2020 is the day for the report on 2019 (Article 7.2)."


def test_article_4_5_an_extension_moves_the_deadline_and_is_named() -> None:
    stands = standing(
        "2022-01-01",
        SIGNED,
        RATIFIED,
        extensions=[
            extension("4", "2020-11-25", "2024-05-01"),
            extension("4", "2021-09-21", "2026-05-01"),
        ],
    )

    found = clock(stands, ClockKind.CLEARANCE)
    assert found.due_on == date(2026, 5, 1)
    assert found.explanation.endswith(
        "are to be cleared by 1 May 2026 (Article 4.1, extended by the Ninth Meeting of States "
        "Parties)."
    )
    assert clock(stands, ClockKind.STOCKPILE_DESTRUCTION).due_on == date(2019, 5, 1)


def test_an_extension_does_not_outlive_its_membership() -> None:
    again = event("accession", "2027-01-15")
    stands = standing(
        "2028-01-01",
        SIGNED,
        RATIFIED,
        WITHDRAWN,
        again,
        extensions=[extension("3", "2018-09-05", "2023-05-01")],
    )

    found = clock(stands, ClockKind.STOCKPILE_DESTRUCTION)
    assert found.due_on == date(2035, 7, 1)
    assert found.explanation.endswith("(Article 3.2).")


def test_an_official_date_of_entry_into_force_is_shown_as_such() -> None:
    ratified = event("ratification", "2010-11-29", officially="2011-06-01")
    stands = standing("2011-08-20", SIGNED, ratified)

    found = clock(stands, ClockKind.ENTRY_INTO_FORCE)
    assert (found.due_on, found.source) == (date(2011, 6, 1), SOURCE)
    assert found.explanation == (
        "Deposited 29 November 2010; the official date of entry into force is 1 June 2011, where "
        "the rule gives 1 May 2011 (Article 17.2). Reason: As notified."
    )
    assert clock(stands, ClockKind.INITIAL_REPORT).explanation == (
        "Deposited 29 November 2010, officially in force from 1 June 2011, so the initial report "
        "is due on 28 November 2011 (Article 7.1)."
    )


def test_article_20_3_a_withdrawal_says_when_it_takes_effect() -> None:
    found = clock(standing("2024-12-01", SIGNED, RATIFIED, WITHDRAWN), ClockKind.WITHDRAWAL)

    assert found.due_on == date(2025, 3, 6)
    assert found.explanation == (
        "Notified 6 September 2024, so the withdrawal takes effect on 6 March 2025 (Article 20.3)."
    )


@pytest.mark.parametrize(
    ("officially", "explanation"),
    [
        (
            None,
            "Notified 6 September 2024; officially the withdrawal takes effect when the armed "
            "conflict ends. Reason: As notified.",
        ),
        (
            "2027-01-31",
            "Notified 6 September 2024; officially the withdrawal takes effect on 31 January 2027. "
            "Reason: As notified.",
        ),
    ],
)
def test_article_20_3_an_armed_conflict_puts_the_withdrawal_off(
    officially: str | None, explanation: str
) -> None:
    waiting = event("withdrawal", "2024-09-06", officially=officially)

    found = clock(standing("2026-01-01", SIGNED, RATIFIED, waiting), ClockKind.WITHDRAWAL)

    assert (found.explanation, found.source) == (explanation, SOURCE)


def test_article_20_3_nothing_is_owed_from_the_day_of_withdrawal_on() -> None:
    # Its deadlines of Article 3 (1 May 2019) and Article 4 (1 May 2021) lie before.
    stands = standing("2025-01-01", SIGNED, RATIFIED, WITHDRAWN)

    assert kinds(stands) == [
        ClockKind.ENTRY_INTO_FORCE,
        ClockKind.INITIAL_REPORT,
        ClockKind.STOCKPILE_DESTRUCTION,
        ClockKind.CLEARANCE,
        ClockKind.WITHDRAWAL,
    ]


@pytest.mark.parametrize(
    ("notified", "owes_clearance"),
    [
        # The deadline of 1 May 2021 against an effect on 1 May 2021, and a day later.
        ("2020-11-01", False),
        ("2020-11-02", True),
    ],
)
def test_article_20_3_a_deadline_on_the_day_of_withdrawal_is_not_owed(
    notified: str, owes_clearance: bool
) -> None:
    stands = standing("2020-12-01", SIGNED, RATIFIED, event("withdrawal", notified))

    assert (ClockKind.CLEARANCE in kinds(stands)) is owes_clearance


def test_the_clocks_stand_in_the_order_of_what_follows_from_what() -> None:
    assert kinds(standing("2011-08-20", SIGNED, RATIFIED)) == [
        ClockKind.ENTRY_INTO_FORCE,
        ClockKind.INITIAL_REPORT,
        ClockKind.ANNUAL_REPORT,
        ClockKind.STOCKPILE_DESTRUCTION,
        ClockKind.CLEARANCE,
    ]


@given(HISTORIES, DAYS)
@settings(deadline=None)
def test_every_clock_ends_its_sentence_and_comes_after_entry_into_force(
    events: dict[str, list[Event]], on: date
) -> None:
    for stands in history(events).on(on):
        for found in clocks(stands):
            assert found.explanation.endswith(".")
            if found.kind is not ClockKind.WITHDRAWAL and found.due_on is not None:
                assert stands.entry_into_force is not None
                assert found.due_on >= stands.entry_into_force
