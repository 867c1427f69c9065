"""Owed reports of generated treaty histories, and of single states with their rules."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccm_portal.figures import Window
from reports.deadlines import RecordedReport, Reporting
from reports.explanations import explain
from reports.figures import ReportsTable
from reports.models import TransparencyReport
from reports.state_of_play import Receipt, StateOfPlay
from states.models import State, TreatyAction
from states.names import NameBook, NameRow
from states.register import Event, History

Kind = TreatyAction.Kind
INITIAL = TransparencyReport.Kind.INITIAL
ANNUAL = TransparencyReport.Kind.ANNUAL
VOUCHED = {"initial": date(2022, 8, 31)}


def event(kind: str, on: str | date) -> Event:
    day = date.fromisoformat(on) if isinstance(on, str) else on
    return Event(kind=kind, on=day, is_confirmed=True, note="", source=None)


def history(*events: tuple[Event, ...]) -> History:
    """One state for each group of events."""
    states = tuple(
        State(pk=pk, iso3=f"S{pk:02}", iso2=f"S{pk}"[:2], slug=f"state-{pk}")
        for pk in range(len(events))
    )
    names = tuple(
        NameRow(state.pk, "en", "short", f"State {state.pk}", None, None) for state in states
    )
    return History(
        states=states,
        events=dict(enumerate(events)),
        extensions={},
        names=NameBook(rows=names),
    )


def reporting(
    *events: tuple[Event, ...],
    reports: dict[int, tuple[RecordedReport, ...]] | None = None,
    complete_through: dict[str, date] | None = None,
) -> Reporting:
    return Reporting(
        history=history(*events),
        reports=reports or {},
        complete_through=VOUCHED if complete_through is None else complete_through,
    )


def initial(first: str, last: str | None = None) -> RecordedReport:
    return RecordedReport(
        kind=INITIAL,
        year=None,
        receipt=Receipt(
            not_before=date.fromisoformat(first), not_after=date.fromisoformat(last or first)
        ),
    )


@pytest.mark.parametrize(
    ("deposited", "due"),
    [
        # Article 17.1 and 7.1: the first thirty, bound from 1 August 2010.
        ("2008-12-03", "2011-01-28"),
        ("2010-02-16", "2011-01-28"),
        # Article 17.2 and 7.1: 180 days, not six months.
        ("2010-04-28", "2011-03-30"),
        ("2010-05-04", "2011-04-30"),
        ("2010-11-29", "2011-10-28"),
        ("2011-03-24", "2012-02-28"),
        ("2011-08-03", "2012-07-30"),
        ("2012-07-17", "2013-06-30"),
        ("2023-02-28", "2024-01-28"),
    ],
)
def test_initial_report_is_due_180_days_after_entry_into_force(deposited: str, due: str) -> None:
    owed = reporting((event(Kind.RATIFICATION, deposited),)).on(date(2030, 1, 1))

    assert owed[0].kind == INITIAL
    assert owed[0].due_on == date.fromisoformat(due)
    assert owed[0].article == "7.1"


def test_first_annual_report_covers_the_year_in_which_the_initial_one_fell_due() -> None:
    owed = reporting((event(Kind.RATIFICATION, "2009-06-16"),)).on(date(2013, 6, 1))

    assert [(row.year, row.due_on) for row in owed if row.kind == ANNUAL] == [
        (2011, date(2012, 4, 30)),
        (2012, date(2013, 4, 30)),
        (2013, date(2014, 4, 30)),
    ]


def test_next_report_of_each_kind_is_shown_before_anything_fell_due() -> None:
    owed = reporting((event(Kind.RATIFICATION, "2009-06-16"),)).on(date(2010, 8, 1))

    assert [(row.kind, row.due_on, row.state_of_play) for row in owed] == [
        (INITIAL, date(2011, 1, 28), StateOfPlay.NOT_DUE),
        (ANNUAL, date(2012, 4, 30), StateOfPlay.NOT_DUE),
    ]


def test_nothing_can_be_owed_before_the_thirtieth_deposit_sets_the_day() -> None:
    owed = reporting((event(Kind.RATIFICATION, "2009-06-16"),)).on(date(2010, 2, 15))

    assert owed == ()


def test_a_signatory_owes_nothing() -> None:
    assert reporting((event(Kind.SIGNATURE, "2008-12-03"),)).on(date(2015, 1, 1)) == ()


def test_a_report_received_before_the_deposit_does_not_discharge_the_duty() -> None:
    """A voluntary report, whatever it was called when it was recorded."""
    owed = reporting(
        (event(Kind.SIGNATURE, "2008-12-03"), event(Kind.RATIFICATION, "2015-03-16")),
        reports={0: (initial("2011-01-15"),)},
    ).on(date(2017, 1, 1))

    assert owed[0].state_of_play is StateOfPlay.OVERDUE


def test_a_report_received_between_deposit_and_entry_into_force_is_the_initial_one() -> None:
    owed = reporting(
        (event(Kind.RATIFICATION, "2011-03-24"),), reports={0: (initial("2011-03-30"),)}
    ).on(date(2011, 8, 20))

    assert owed[0].state_of_play is StateOfPlay.IN_TIME
    assert owed[0].received_on == date(2011, 3, 30)


def test_a_state_that_withdrew_owes_nothing_that_falls_due_afterwards() -> None:
    """Article 20, paragraph 3: bound until six months after the notification."""
    owed = reporting(
        (event(Kind.RATIFICATION, "2011-03-24"), event(Kind.WITHDRAWAL, "2024-09-06"))
    ).on(date(2026, 1, 1))

    assert [row.due_on for row in owed][-1] == date(2024, 4, 30)


def test_a_state_that_rejoined_owes_an_initial_report_for_each_membership() -> None:
    owed = reporting(
        (
            event(Kind.RATIFICATION, "2011-03-24"),
            event(Kind.WITHDRAWAL, "2014-01-10"),
            event(Kind.ACCESSION, "2016-05-02"),
        ),
        reports={0: (initial("2011-12-01"), initial("2017-01-15"))},
    ).on(date(2018, 1, 1))

    assert [(row.due_on, row.state_of_play) for row in owed if row.kind == INITIAL] == [
        (date(2012, 2, 28), StateOfPlay.IN_TIME),
        (date(2017, 4, 30), StateOfPlay.IN_TIME),
    ]


def test_explanation_tells_the_whole_chain() -> None:
    owed = reporting((event(Kind.RATIFICATION, "2010-11-29"),)).on(date(2011, 11, 1))

    assert explain(owed[0]) == (
        "Deposited 29 November 2010, so in force from 1 May 2011 (Article 17.2), so the initial "
        "report is due on 28 October 2011 (Article 7.1). It is 4 days overdue."
    )


@st.composite
def treaty_histories(draw: st.DrawFn) -> tuple[Event, ...]:
    """Possible histories: sign, ratify or accede, withdraw, accede again."""
    day = draw(st.dates(date(2008, 12, 3), date(2014, 1, 1)))
    events = [event(Kind.ACCESSION, day)]
    for kind in draw(st.sampled_from([(), (Kind.WITHDRAWAL,), (Kind.WITHDRAWAL, Kind.ACCESSION)])):
        day += timedelta(days=draw(st.integers(200, 2000)))
        events.append(event(kind, day))
    return tuple(events[draw(st.integers(0, 1)) :]) if len(events) == 1 else tuple(events)


@st.composite
def recorded_reports(draw: st.DrawFn) -> tuple[RecordedReport, ...]:
    found = []
    for _number in range(draw(st.integers(0, 3))):
        first = draw(st.dates(date(2009, 1, 1), date(2025, 1, 1)))
        last = first + timedelta(days=draw(st.sampled_from([0, 0, 0, 30, 200])))
        receipt = Receipt(not_before=first, not_after=last)
        year = draw(st.none() | st.integers(2010, 2020))
        kind = ANNUAL if year else INITIAL
        found.append(RecordedReport(kind=kind, year=year, receipt=receipt))
    return tuple(found)


World = list[tuple[tuple[Event, ...], tuple[RecordedReport, ...]]]
worlds = st.lists(st.tuples(treaty_histories(), recorded_reports()), min_size=1, max_size=5)
days = st.dates(date(2008, 12, 3), date(2030, 1, 1))


def world(groups: World) -> Reporting:
    return reporting(
        *(events for events, _ in groups),
        reports={pk: reports for pk, (_, reports) in enumerate(groups)},
    )


@given(worlds, days)
@settings(max_examples=200)
def test_only_states_that_deposited_owe_and_each_report_once(groups: World, on: date) -> None:
    owed = world(groups).on(on)

    keys = [
        (row.standing.state.iso3, row.membership.deposited.on, row.kind, row.year) for row in owed
    ]
    assert len(keys) == len(set(keys))
    assert all(row.standing.deposited is not None for row in owed)
    assert all(row.membership.owes(row.due_on) for row in owed)


@given(worlds, days)
@settings(max_examples=200)
def test_what_is_in_is_what_was_received_by_the_day_and_never_overdue(
    groups: World, on: date
) -> None:
    for row in world(groups).on(on):
        receipt = row.receipt
        has_come = receipt is not None and receipt.not_after is not None and receipt.not_after <= on
        assert row.state_of_play.is_in == has_come
        if row.state_of_play is StateOfPlay.OVERDUE:
            assert row.due_on < on <= VOUCHED["initial"]
        assert (row.state_of_play is StateOfPlay.NOT_DUE) == (on <= row.due_on and not has_come)


@given(worlds, days, st.integers(1, 2000), st.sampled_from([Kind.WITHDRAWAL, Kind.ACCESSION]))
@settings(max_examples=200)
def test_an_act_in_the_future_changes_no_answer_about_the_past(
    groups: World, on: date, wait: int, kind: str
) -> None:
    before = world(groups)
    later = event(kind, on + timedelta(days=wait))
    events = {pk: (*acts, later) for pk, acts in before.history.events.items()}
    after = replace(before, history=replace(before.history, events=events))

    assert answers(after, on) == answers(before, on)


@given(worlds, days, st.integers(1, 2000))
@settings(max_examples=200)
def test_a_receipt_in_the_future_changes_no_answer_about_the_past(
    groups: World, on: date, wait: int
) -> None:
    """Where nothing was recorded of the report before: what was recorded says more today."""
    day = on + timedelta(days=wait)
    before = world([(acts, ()) for acts, _reports in groups])
    arrived = RecordedReport(kind=INITIAL, year=None, receipt=Receipt(day, day))
    after = replace(before, reports=dict.fromkeys(before.history.events, (arrived,)))

    assert answers(after, on) == answers(before, on)


def answers(reporting: Reporting, on: date) -> list[object]:
    """What is said of every owed report, and who belongs to every figure."""
    table = ReportsTable(load=lambda: reporting)
    figures = [table.members(name, Window(until=on)) for name in table.definitions]
    return [
        *((row.due_on, row.play, explain(row)) for row in reporting.on(on)),
        *((figure.certain, figure.undetermined) for figure in figures),
    ]
