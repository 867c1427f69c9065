"""The names that reports offer to figures: certain and undetermined states apart."""

from dataclasses import replace
from datetime import date

import pytest

from ccm_portal.figures import ExpressionError, Vocabulary, evaluate
from reports.deadlines import RecordedReport, Reporting
from reports.figures import ReportsTable
from states.figures import StatesTable
from states.models import TreatyAction

from .test_deadlines import event, initial, reporting

Kind = TreatyAction.Kind
FIRST_THIRTY = (event(Kind.ACCESSION, "2009-06-16"),)  # initial report due on 28 January 2011
LATER = (event(Kind.ACCESSION, "2011-03-24"),)  # due on 28 February 2012
ON = date(2011, 8, 20)

# Eight states: what came, and when.
REPORTS: dict[int, tuple[RecordedReport, ...]] = {
    0: (initial("2011-01-20"),),  # in time
    1: (initial("2011-05-09"),),  # late
    2: (initial("2011-01-01", "2011-01-31"),),  # in, the day is not known
    3: (initial("2011-01-01", "2011-12-31"),),  # perhaps in
    4: (),  # overdue
    5: (initial("2011-08-01"),),  # in before it falls due
    6: (initial("2011-08-01", "2011-08-31"),),  # perhaps in before it falls due
    7: (initial("2011-10-01"),),  # still to come, overdue now
}


@pytest.fixture
def world() -> Reporting:
    histories = [LATER if pk in {5, 6} else FIRST_THIRTY for pk in REPORTS]
    return reporting(*histories, reports=REPORTS)


def answer(world: Reporting, expression: str, on: date = ON) -> tuple[list[str], list[str]]:
    """The states of a figure: certain, and undetermined."""
    tables = (StatesTable(world.history), ReportsTable(load=lambda: world))
    figure = evaluate(expression, Vocabulary(tables=tables), on)
    return sorted(figure.states.certain), sorted(figure.states.undetermined)


@pytest.mark.parametrize(
    ("expression", "certain", "undetermined"),
    [
        ("reports.initial.due", ["S00", "S01", "S02", "S03", "S04", "S07"], []),
        ("reports.initial.not_due", ["S06"], []),
        ("reports.initial.received", ["S00", "S01", "S02", "S05"], ["S03", "S06"]),
        ("reports.initial.in_time", ["S00", "S05"], ["S02", "S03", "S06"]),
        ("reports.initial.late", ["S01"], ["S02", "S03"]),
        ("reports.initial.overdue", ["S04", "S07"], ["S03"]),
        ("reports.initial.not_known", ["S03"], []),
        ("reports.initial.due_by(2012-02-28)", [f"S0{pk}" for pk in REPORTS], []),
        ("reports.initial.due_by(2012-02-27)", ["S00", "S01", "S02", "S03", "S04", "S07"], []),
        ("since(2011-01-31, reports.initial.received)", ["S01", "S05"], ["S03", "S06"]),
        ("since(2011-08-01, reports.initial.received)", [], ["S03", "S06"]),
        ("reports.annual.due", [], []),
        ("reports.annual.overdue", [], []),
    ],
)
def test_a_name_tells_what_is_known_from_what_is_open(
    world: Reporting, expression: str, certain: list[str], undetermined: list[str]
) -> None:
    assert answer(world, expression) == (certain, undetermined)


@pytest.mark.parametrize(
    ("expression", "certain", "undetermined"),
    [
        ("reports.voluntary.received", ["S00"], ["S01"]),
        ("since(2011-02-28, reports.voluntary.received)", [], ["S01"]),
        ("reports.voluntary.received & signatories", [], []),
    ],
)
def test_voluntary_reports_are_those_that_nobody_owed(
    expression: str, certain: list[str], undetermined: list[str]
) -> None:
    voluntary = [
        replace(initial(first, last), kind="voluntary")
        for first, last in (
            ("2011-01-01", "2011-01-31"),
            ("2011-01-01", "2011-12-31"),
            ("2011-09-01", "2011-09-01"),
        )
    ]
    world = reporting(*([()] * 3), reports={pk: (report,) for pk, report in enumerate(voluntary)})

    assert answer(world, expression) == (certain, undetermined)


def test_what_is_due_is_received_overdue_or_not_known(world: Reporting) -> None:
    parts = (
        "reports.initial.due & reports.initial.received",
        "reports.initial.overdue",
        "reports.initial.not_known",
    )

    counted = [iso3 for part in parts for iso3 in answer(world, part)[0]]

    assert sorted(counted) == answer(world, "reports.initial.due")[0]


def test_beyond_the_evidence_nothing_is_certain_but_what_came(world: Reporting) -> None:
    beyond = date(2022, 9, 1)

    assert answer(world, "reports.initial.overdue", beyond) == ([], ["S04"])
    assert answer(world, "reports.initial.received", beyond) == (
        ["S00", "S01", "S02", "S03", "S05", "S06", "S07"],
        ["S04"],
    )


@pytest.mark.django_db
def test_an_unknown_day_of_a_function_is_refused_with_its_place(world: Reporting) -> None:
    with pytest.raises(ExpressionError) as refused:
        answer(world, "parties & reports.initial.due_by(9MSP)")

    assert refused.value.position == 33
