"""One owed report on one day: a table of cases, and laws that hold for all."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.state_of_play import Play, Receipt, StateOfPlay, play

DUE = date(2011, 1, 28)
COMPLETE = date(2022, 8, 31)


def received(first: str, last: str | None = None, *missing: str) -> Receipt:
    return Receipt(
        not_before=date.fromisoformat(first),
        not_after=date.fromisoformat(last or first),
        missing_on=tuple(date.fromisoformat(day) for day in missing),
    )


def looked_for(*missing: str) -> Receipt:
    return Receipt(missing_on=tuple(date.fromisoformat(day) for day in missing))


@pytest.mark.parametrize(
    ("receipt", "on", "expected"),
    [
        # Article 7.1: not later than 180 days; the due date itself is still in time.
        (None, "2011-01-27", Play(StateOfPlay.NOT_DUE)),
        (None, "2011-01-28", Play(StateOfPlay.NOT_DUE)),
        (None, "2011-01-29", Play(StateOfPlay.OVERDUE, 1)),
        (None, "2011-08-20", Play(StateOfPlay.OVERDUE, 204)),
        (received("2011-01-28"), "2011-01-28", Play(StateOfPlay.IN_TIME)),
        (received("2010-12-01"), "2011-01-01", Play(StateOfPlay.IN_TIME)),
        (received("2011-01-29"), "2011-01-29", Play(StateOfPlay.LATE, 1)),
        (received("2011-05-09"), "2011-05-08", Play(StateOfPlay.OVERDUE, 100)),
        (received("2011-05-09"), "2011-08-20", Play(StateOfPlay.LATE, 101)),
        # The day of receipt is known to the month or the year only.
        (received("2011-01-01", "2011-01-31"), "2011-08-20", Play(StateOfPlay.RECEIVED)),
        (received("2011-01-01", "2011-01-31"), "2011-01-10", Play(StateOfPlay.NOT_DUE)),
        (received("2011-01-01", "2011-01-31"), "2011-01-29", Play(StateOfPlay.NOT_KNOWN)),
        (received("2011-01-01", "2011-12-31"), "2011-08-20", Play(StateOfPlay.NOT_KNOWN)),
        (received("2011-03-01", "2011-03-31"), "2011-08-20", Play(StateOfPlay.LATE)),
        (received("2011-03-01", "2011-03-31"), "2011-02-28", Play(StateOfPlay.OVERDUE, 31)),
        # Known to be missing: the receipt came later than that day.
        (
            received("2012-09-01", "2012-09-30", "2012-09-13"),
            "2012-09-13",
            Play(StateOfPlay.OVERDUE, 594),
        ),
        (
            received("2012-09-01", "2012-09-30", "2012-09-13"),
            "2012-09-14",
            Play(StateOfPlay.NOT_KNOWN),
        ),
        # A source that contradicts the receipt which the register follows is passed over.
        (received("2011-01-20", None, "2011-06-18"), "2011-02-01", Play(StateOfPlay.IN_TIME)),
        # Looked for and not found: known on the days of a source only.
        (looked_for("2015-06-18"), "2015-06-18", Play(StateOfPlay.OVERDUE, 1602)),
        (looked_for("2015-06-18"), "2015-06-19", Play(StateOfPlay.NOT_KNOWN)),
        (looked_for(), "2011-08-20", Play(StateOfPlay.NOT_KNOWN)),
        # Beyond the day through which entries are complete nobody is called late.
        (None, "2022-08-31", Play(StateOfPlay.OVERDUE, 4233)),
        (None, "2022-09-01", Play(StateOfPlay.NOT_KNOWN)),
        (looked_for("2022-08-31"), "2022-09-01", Play(StateOfPlay.NOT_KNOWN)),
        (received("2023-01-01"), "2022-12-01", Play(StateOfPlay.NOT_KNOWN)),
        (received("2023-01-01"), "2023-01-01", Play(StateOfPlay.LATE, 4356)),
    ],
)
def test_state_of_play_of_an_initial_report(
    receipt: Receipt | None, on: str, expected: Play
) -> None:
    answer = play(due_on=DUE, receipt=receipt, on=date.fromisoformat(on), complete_through=COMPLETE)

    assert answer == expected


@pytest.mark.parametrize(
    ("receipt", "on", "expected"),
    [
        (None, "2012-04-30", StateOfPlay.NOT_DUE),
        (None, "2012-05-01", StateOfPlay.NOT_ENTERED),
        (received("2012-04-30"), "2012-05-01", StateOfPlay.IN_TIME),
        (received("2012-06-01"), "2012-06-01", StateOfPlay.RECEIVED),
        (received("2012-06-01"), "2012-05-15", StateOfPlay.NOT_ENTERED),
        (looked_for(), "2012-05-15", StateOfPlay.NOT_KNOWN),
    ],
)
def test_without_vouching_nobody_is_called_late(
    receipt: Receipt | None, on: str, expected: StateOfPlay
) -> None:
    answer = play(
        due_on=date(2012, 4, 30),
        receipt=receipt,
        on=date.fromisoformat(on),
        complete_through=None,
    )

    assert answer == Play(expected)


def test_a_receipt_has_both_days_or_neither() -> None:
    with pytest.raises(ValueError, match="both an earliest and a latest"):
        Receipt(not_before=date(2011, 1, 1))


def test_a_receipt_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="must not come after"):
        Receipt(not_before=date(2011, 1, 2), not_after=date(2011, 1, 1))


days = st.dates(min_value=date(2009, 1, 1), max_value=date(2030, 12, 31))


@st.composite
def receipts(draw: st.DrawFn) -> Receipt | None:
    missing = tuple(draw(st.lists(days, max_size=3)))
    match draw(st.sampled_from(["nothing", "looked for", "day", "interval"])):
        case "nothing":
            return None
        case "looked for":
            return Receipt(missing_on=missing)
        case "day":
            day = draw(days)
            return Receipt(not_before=day, not_after=day, missing_on=missing)
    first = draw(days)
    last = first + timedelta(days=draw(st.integers(0, 400)))
    return Receipt(not_before=first, not_after=last, missing_on=missing)


@given(due_on=days, receipt=receipts(), on=days, complete_through=st.none() | days)
def test_no_report_is_both_received_and_overdue(
    due_on: date, receipt: Receipt | None, on: date, complete_through: date | None
) -> None:
    answer = play(due_on=due_on, receipt=receipt, on=on, complete_through=complete_through)

    has_come = receipt is not None and receipt.not_after is not None and receipt.not_after <= on
    assert answer.state.is_in == has_come
    assert not (has_come and answer.state is StateOfPlay.OVERDUE)


@given(due_on=days, receipt=receipts(), on=days, complete_through=st.none() | days)
def test_nobody_is_overdue_before_the_day_after_the_due_date_or_beyond_the_evidence(
    due_on: date, receipt: Receipt | None, on: date, complete_through: date | None
) -> None:
    answer = play(due_on=due_on, receipt=receipt, on=on, complete_through=complete_through)

    if on <= due_on or complete_through is None or on > complete_through:
        assert answer.state is not StateOfPlay.OVERDUE
    if answer.state is StateOfPlay.OVERDUE:
        assert answer.days_late == (on - due_on).days


@given(due_on=days, on=days, later=days, complete_through=st.none() | days)
def test_a_receipt_in_the_future_changes_nothing_today(
    due_on: date, on: date, later: date, complete_through: date | None
) -> None:
    arrives = max(later, on + timedelta(days=1))
    receipt = Receipt(not_before=arrives, not_after=arrives)

    before = play(due_on=due_on, receipt=None, on=on, complete_through=complete_through)
    after = play(due_on=due_on, receipt=receipt, on=on, complete_through=complete_through)

    assert before == after
