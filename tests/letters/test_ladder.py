"""Which letter fits a day: tables of cases, and what holds for any ladder and any day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.deadlines import RecordedReport, Reporting
from reports.letters import ladder
from reports.letters.ladder import Approval, Call, Earlier, Rules
from reports.letters.models import Hold
from reports.models import TransparencyReport
from reports.state_of_play import Receipt
from states.models import TreatyAction
from states.register import Event
from tests.reports.test_deadlines import event, history

Kind = TreatyAction.Kind
INITIAL, ANNUAL = TransparencyReport.Kind.INITIAL, TransparencyReport.Kind.ANNUAL

# Deposited 29 November 2010: in force from 1 May 2011, initial report due on 28 October 2011.
DEPOSIT = event(Kind.RATIFICATION, "2010-11-29")
DUE = date(2011, 10, 28)
SWITCHED_ON = date(2011, 1, 1)


@dataclass(frozen=True)
class Stage:
    pk: int
    days: int
    repeat_every: int | None = None
    needs_approval: bool = False
    kinds: tuple[str, ...] = (INITIAL, ANNUAL)

    def concerns(self, kind: str) -> bool:
        return kind in self.kinds


LADDER = (
    Stage(1, -60),
    Stage(2, -14),
    Stage(3, 1),
    Stage(4, 30),
    Stage(5, 90),
    Stage(6, 180, repeat_every=180),
)


def called(
    on: date,
    *,
    events: tuple[Event, ...] = (DEPOSIT,),
    reports: Sequence[RecordedReport] = (),
    complete_through: dict[str, date] | None = None,
    stages: Sequence[Stage] = LADDER,
    earlier: Sequence[Earlier] = (),
    holds: Sequence[Hold] = (),
    reminders_from: date | None = SWITCHED_ON,
) -> list[Call]:
    vouched: dict[str, date] = {INITIAL: date.max}
    if complete_through is not None:
        vouched = complete_through
    reporting = Reporting(
        history=history(events), reports={0: tuple(reports)}, complete_through=vouched
    )
    rules = Rules(stages, ladder.by_owed(earlier), holds, reminders_from)
    return list(ladder.calls(reporting.on(on), rules, complete_through=vouched))


def rungs(calls: Sequence[Call]) -> list[tuple[str, int, int, int]]:
    """Of each letter: about which report, at which stage, which occurrence, which attempt."""
    return [
        (call.owed[1], call.rung.stage.days, call.rung.occurrence, call.attempt) for call in calls
    ]


def written(days: int, occurrence: int = 0, **values: Any) -> Earlier:
    """The letter of a stage about the initial report, sent."""
    stage = next(stage for stage in LADDER if stage.days == days)
    default: dict[str, Any] = {
        "owed": (0, INITIAL, 1),
        "stage_id": stage.pk,
        "occurrence": occurrence,
        "attempt": 1,
        "status": "sent",
        "cancelled_because": "",
        "valid_until": DUE + timedelta(days=days + 7),
    }
    return Earlier(**(default | values))


def received(first: str, last: str = "", kind: str = INITIAL) -> RecordedReport:
    return RecordedReport(
        kind=kind,
        year=None,
        receipt=Receipt(date.fromisoformat(first), date.fromisoformat(last or first)),
    )


@pytest.mark.parametrize(
    ("days", "stage", "occurrence", "valid_days"),
    [
        (-61, None, 0, 0),
        (-60, -60, 0, 7),
        (-59, -60, 0, 7),
        (-18, -60, 0, 4),  # four days are left until the next stage
        (-15, -60, 0, 1),
        (-14, -14, 0, 7),
        (-3, -14, 0, 4),  # until the due date, that day included
        (0, -14, 0, 1),
        (1, 3, 0, 7),
        (29, 3, 0, 1),
        (30, 30, 0, 7),
        (89, 30, 0, 1),
        (90, 90, 0, 7),
        (179, 90, 0, 1),
        (180, 180, 0, 7),
        (359, 180, 0, 1),
        (360, 180, 1, 7),
        (1000, 180, 4, 7),
    ],
)
def test_each_day_has_its_letter(
    days: int, stage: int | None, occurrence: int, valid_days: int
) -> None:
    on = DUE + timedelta(days=days)

    calls = called(on)

    expected = 1 if stage == 3 else stage
    assert rungs(calls) == ([] if stage is None else [(INITIAL, expected, occurrence, 1)])
    assert [(call.valid_until - on).days for call in calls] == ([valid_days] if stage else [])


def test_after_weeks_of_downtime_only_the_letter_that_fits_today_is_written() -> None:
    on = DUE + timedelta(days=95)

    assert rungs(called(on, earlier=[written(-60)])) == [(INITIAL, 90, 0, 1)]


@pytest.mark.parametrize(
    "status", ["drafted", "approved", "sending", "sent", "failed", "uncertain"]
)
def test_a_letter_that_stands_is_not_written_again(status: str) -> None:
    assert called(DUE + timedelta(days=31), earlier=[written(30, status=status)]) == []


@pytest.mark.parametrize(
    ("status", "because", "attempt"),
    [
        # Not sent while it was valid: written anew, with the lateness of the new day.
        ("drafted", "", 2),
        ("approved", "", 2),
        ("failed", "", 2),
        # It may have arrived, it is on its way, or it did go out.
        ("uncertain", "", None),
        ("sending", "", None),
        ("sent", "", None),
        # Cancelled by the portal: written anew if the ladder still calls for it.
        ("cancelled", "superseded", 2),
        ("cancelled", "report_arrived", 2),
        ("cancelled", "not_owed", 2),
        ("cancelled", "held", 2),
        ("cancelled", "address_changed", 2),
        # Cancelled by a person: decided.
        ("cancelled", "by_staff", None),
    ],
)
def test_an_old_letter_is_written_anew_unless_it_went_out_or_staff_decided(
    status: str, because: str, attempt: int | None
) -> None:
    letter = written(30, status=status, cancelled_because=because)

    calls = called(DUE + timedelta(days=40), earlier=[letter])

    assert rungs(calls) == ([(INITIAL, 30, 0, attempt)] if attempt else [])


def test_attempts_are_counted_for_each_occurrence_by_itself() -> None:
    earlier = [
        written(180, status="cancelled", cancelled_because="held"),
        written(180, attempt=2, status="cancelled", cancelled_because="superseded"),
        written(180, occurrence=1),
    ]

    assert rungs(called(DUE + timedelta(days=200), earlier=earlier)) == [(INITIAL, 180, 0, 3)]
    assert rungs(called(DUE + timedelta(days=365), earlier=earlier)) == []
    assert rungs(called(DUE + timedelta(days=540), earlier=earlier)) == [(INITIAL, 180, 2, 1)]


@pytest.mark.parametrize(
    ("report", "days", "expected"),
    [
        (received("2011-10-28"), 1, []),
        (received("2011-12-01"), 1, [1]),  # on that day it had not come yet
        (received("2011-12-01"), 40, []),
        (received("2011-10-01"), 0, []),  # in before it was due
        # Between two days: on a day in between nobody can say whether it had come.
        (received("2011-11-01", "2011-12-31"), 30, []),
        (received("2011-11-01", "2011-12-31"), 3, [1]),
        # In between already before the due date.
        (received("2011-10-20", "2011-12-31"), 0, []),
        # Looked for, and nobody knows whether it came.
        (RecordedReport(INITIAL, None, Receipt()), 30, []),
        # Known to be missing later: certainly not in.
        (RecordedReport(INITIAL, None, Receipt(missing_on=(date(2012, 6, 1),))), 30, [30]),
        # Received before the deposit: voluntary, and no answer to the duty.
        (received("2010-11-01"), 30, [30]),
    ],
)
def test_nobody_is_chased_for_a_report_that_came_or_may_have_come(
    report: RecordedReport, days: int, expected: list[int]
) -> None:
    calls = called(DUE + timedelta(days=days), reports=[report])

    assert [call.rung.stage.days for call in calls] == expected


@pytest.mark.parametrize("days", [-14, 30])
@pytest.mark.parametrize(
    ("vouched", "expected"),
    [
        ({}, 0),  # nothing is vouched for
        ({INITIAL: date(2011, 9, 1)}, 0),  # not through this day
        ({ANNUAL: date.max}, 0),  # another kind of report
        ({INITIAL: date.max}, 1),
    ],
)
def test_nobody_is_written_to_beyond_the_days_that_are_vouched_for(
    days: int, vouched: dict[str, date], expected: int
) -> None:
    assert len(called(DUE + timedelta(days=days), complete_through=vouched)) == expected


def test_a_state_that_withdrew_owes_nothing() -> None:
    # Article 20.3: in effect six months later, on 1 June 2012.
    events = (DEPOSIT, event(Kind.WITHDRAWAL, "2011-12-01"))

    assert rungs(called(date(2012, 5, 31), events=events)) == [(INITIAL, 180, 0, 1)]
    assert called(date(2012, 6, 1), events=events) == []


def test_a_state_that_joined_again_is_written_to_about_its_second_deposit() -> None:
    events = (
        DEPOSIT,
        event(Kind.WITHDRAWAL, "2011-12-01"),
        event(Kind.ACCESSION, "2013-01-10"),
    )
    # In force on 1 July 2013, so due on 28 December 2013.
    calls = called(date(2013, 12, 29), events=events, earlier=[written(1)])

    assert [(call.owed, call.deadline.due_on) for call in calls] == [
        ((0, INITIAL, 2), date(2013, 12, 28))
    ]


def test_each_owed_report_has_a_ladder_of_its_own() -> None:
    vouched: dict[str, date] = {INITIAL: date.max, ANNUAL: date.max}

    calls = called(date(2013, 5, 1), complete_through=vouched)

    assert [(call.owed, call.rung.stage.days) for call in calls] == [
        ((0, INITIAL, 1), 180),
        ((0, ANNUAL, 2011), 180),
        ((0, ANNUAL, 2012), 1),
    ]


def test_a_stage_concerns_its_kinds_of_report_alone() -> None:
    stages = [replace(stage, kinds=(ANNUAL,)) for stage in LADDER]

    assert called(DUE + timedelta(days=30), stages=stages) == []


def test_a_letter_that_announces_a_date_never_goes_out_after_it() -> None:
    before = [stage for stage in LADDER if stage.days < 0]

    assert len(called(DUE, stages=before)) == 1
    assert called(DUE + timedelta(days=1), stages=before) == []


@pytest.mark.parametrize(
    ("held", "on", "expected"),
    [
        ({}, "2012-01-01", 0),
        ({}, "2012-01-31", 0),
        ({}, "2012-02-01", 1),  # the hold's last day is the one before
        ({"kind": "initial"}, "2012-01-01", 0),
        ({"kind": "annual"}, "2012-01-01", 1),
        ({"kind": "initial", "period": 2}, "2012-01-01", 1),
        ({"state_id": 7}, "2012-01-01", 1),
    ],
)
def test_a_hold_keeps_letters_back_until_its_day(
    held: dict[str, Any], on: str, expected: int
) -> None:
    hold = Hold(
        **({"state_id": 0} | held), held_from=date(2011, 12, 1), held_until=date(2012, 2, 1)
    )

    assert len(called(date.fromisoformat(on), holds=[hold])) == expected


@pytest.mark.parametrize(
    ("reminders_from", "needs_approval", "approval"),
    [
        (SWITCHED_ON, False, Approval.NONE),
        (SWITCHED_ON, True, Approval.STAGE),
        (DUE, False, Approval.NONE),
        # What fell due before is never chased without approval, whatever the stage says.
        (DUE + timedelta(days=1), False, Approval.FELL_DUE_EARLIER),
        (None, False, Approval.NOT_SWITCHED_ON),
    ],
)
def test_what_fell_due_before_reminders_began_needs_approval(
    reminders_from: date | None, needs_approval: bool, approval: Approval
) -> None:
    stages = [replace(stage, needs_approval=needs_approval) for stage in LADDER]

    [call] = called(DUE + timedelta(days=30), stages=stages, reminders_from=reminders_from)

    assert call.approval is approval


# What holds for any ladder

STAGES = st.lists(
    st.builds(
        Stage,
        pk=st.integers(1, 10**6),
        days=st.integers(-365, 400),
        repeat_every=st.none(),
    )
    | st.builds(
        Stage,
        pk=st.integers(1, 10**6),
        days=st.integers(1, 400),
        repeat_every=st.integers(7, 365),
    ),
    max_size=7,
    unique_by=(lambda stage: stage.pk, lambda stage: stage.days),
)
DAYS = st.dates(DUE - timedelta(days=400), DUE + timedelta(days=2500))


@given(stages=STAGES, on=DAYS)
def test_the_rung_of_a_day_has_been_reached_and_is_left_later(
    stages: list[Stage], on: date
) -> None:
    rung = ladder.rung_on(stages, kind=INITIAL, due_on=DUE, on=on)
    if rung is None:
        return

    assert rung.reached_on <= on < rung.valid_until(written_on=on)
    assert rung.valid_until(written_on=on) - on <= timedelta(days=7)
    assert (rung.stage.days <= 0) == (on <= DUE)
    assert all(not rung.reached_on < DUE + timedelta(days=other.days) <= on for other in stages)


@given(stages=STAGES, on=DAYS)
def test_until_it_is_left_a_rung_stays_the_same(stages: list[Stage], on: date) -> None:
    rung = ladder.rung_on(stages, kind=INITIAL, due_on=DUE, on=on)
    if rung is None or rung.until is None:
        return

    last = ladder.rung_on(stages, kind=INITIAL, due_on=DUE, on=rung.until - timedelta(days=1))
    after = ladder.rung_on(stages, kind=INITIAL, due_on=DUE, on=rung.until)

    assert last == rung
    assert after is None or (after.stage, after.occurrence) != (rung.stage, rung.occurrence)


@given(
    stages=STAGES,
    days=st.lists(st.integers(-400, 1500), min_size=1, max_size=30, unique=True).map(sorted),
)
def test_however_often_the_job_runs_no_letter_is_called_for_twice(
    stages: list[Stage], days: list[int]
) -> None:
    sent: list[Earlier] = []
    for number in days:
        on = DUE + timedelta(days=number)
        for call in called(on, stages=stages, earlier=sent):
            sent.append(
                Earlier(
                    call.owed,
                    call.rung.stage.pk,
                    call.rung.occurrence,
                    call.attempt,
                    "sent",
                    "",
                    call.valid_until,
                )
            )
        assert called(on, stages=stages, earlier=sent) == []

    keys = [(letter.owed, letter.stage_id, letter.occurrence) for letter in sent]
    assert len(set(keys)) == len(keys)
    assert all(letter.attempt == 1 for letter in sent)
    assert len(sent) <= len(days)
