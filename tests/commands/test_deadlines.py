"""`manage.py deadlines`: which report was due from whom, and how it stands on a day."""

import csv
import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries, Settings

from reports.models import Coverage
from states.models import State
from tests.admin import records
from tests.admin.records import Kind
from tests.reports import given

COLUMNS = [
    "iso3",
    "article",
    "kind",
    "period",
    "due_on",
    "basis",
    "state_of_play",
    "received_on",
    "days_late",
]
IN_FORCE = "Deposited 3 December 2008, so in force from 1 August 2010 (Article 17.1)"
INITIAL = f"{IN_FORCE}, so the initial report is due on 28 January 2011 (Article 7.1)."
FIRST_ANNUAL = (
    "In force from 1 August 2010; by the practice followed, the first annual report covers the "
    "calendar year in which the initial report fell due, 2011, and is due on 30 April 2012 "
    "(Article 7.2)."
)


def deadlines(**options: Any) -> str:
    out = StringIO()
    call_command("deadlines", **options, stdout=out)
    return out.getvalue()


def rows(*, article: str = "", **options: Any) -> list[dict[str, Any]]:
    """The answer as JSON: all rows, or those of an article."""
    answer: list[dict[str, Any]] = json.loads(deadlines(format="json", **options))
    return [row for row in answer if row["article"].startswith(article)]


@pytest.fixture
def norway(db: None) -> State:
    """Party from the first day, its initial report three days late; all entered through 2015."""
    state = records.party("NOR", "Norway")
    given.report(state, "initial", "2011-01-31")
    for kind in ("initial", "annual"):
        Coverage.objects.create(kind=kind, complete_through=date(2015, 12, 31))
    return state


@pytest.mark.usefixtures("norway")
def test_json_is_a_list_of_rows_with_the_columns_of_the_contract() -> None:
    answer = rows(on="2012-05-02")

    assert [list(row) for row in answer] == [COLUMNS] * 5
    assert answer[:2] == [
        {
            "iso3": "NOR",
            "article": "7.1",
            "kind": "initial",
            "period": None,
            "due_on": "2011-01-28",
            "basis": INITIAL,
            "state_of_play": "late",
            "received_on": "2011-01-31",
            "days_late": 3,
        },
        {
            "iso3": "NOR",
            "article": "7.2",
            "kind": "annual",
            "period": "2011",
            "due_on": "2012-04-30",
            "basis": FIRST_ANNUAL,
            "state_of_play": "overdue",
            "received_on": None,
            "days_late": 2,
        },
    ]


@pytest.mark.usefixtures("norway")
def test_csv_has_the_same_columns_and_rows() -> None:
    text = deadlines(on="2012-05-02", format="csv")
    as_json = rows(on="2012-05-02")

    assert text.splitlines()[:2] == [
        ",".join(COLUMNS),
        f'NOR,7.1,initial,,2011-01-28,"{INITIAL}",late,2011-01-31,3',
    ]
    assert list(csv.DictReader(StringIO(text))) == [
        {name: "" if value is None else str(value) for name, value in row.items()}
        for row in as_json
    ]


@pytest.mark.usefixtures("norway")
def test_text_tells_each_report_in_a_line() -> None:
    assert deadlines(on="2012-05-02").splitlines() == [
        "Norway, initial report, due 28 January 2011: It was received on 31 January 2011, "
        "3 days late.",
        "Norway, annual report 2011, due 30 April 2012: It is 2 days overdue.",
        "Norway, annual report 2012, due 30 April 2013: It is not due yet.",
        "Norway, stockpile destruction, due 1 August 2018: Whether there is such an obligation is "
        "not recorded.",
        "Norway, clearance of contaminated areas, due 1 August 2020: Whether there is such an "
        "obligation is not recorded.",
    ]


@pytest.mark.usefixtures("norway")
@pytest.mark.parametrize(
    ("on", "plays"),
    [
        ("2010-01-01", []),  # when the Convention enters into force cannot be told yet
        ("2011-01-28", [("initial", "not_due"), ("2011", "not_due")]),
        ("2011-01-29", [("initial", "overdue"), ("2011", "not_due")]),
        ("2011-01-31", [("initial", "late"), ("2011", "not_due")]),
        ("2012-04-30", [("initial", "late"), ("2011", "not_due"), ("2012", "not_due")]),
        ("2012-05-01", [("initial", "late"), ("2011", "overdue"), ("2012", "not_due")]),
    ],
)
def test_all_that_fell_due_and_the_next_of_each_kind(on: str, plays: list[tuple[str, str]]) -> None:
    answer = rows(on=on, article="7")

    assert [(row["period"] or row["kind"], row["state_of_play"]) for row in answer] == plays


@pytest.mark.usefixtures("norway")
def test_without_a_day_the_portals_date_is_taken(settings: Settings) -> None:
    settings.PORTAL_DATE = date(2011, 1, 29)

    assert rows() == rows(on="2011-01-29")


@pytest.mark.usefixtures("norway")
@pytest.mark.parametrize("text", ["20 August 2011", "2011-02-29", "", "yesterday"])
def test_what_is_not_a_date_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(CommandError) as raised:
        deadlines(on=text)

    assert str(raised.value) == (
        f"“{text}” is not a date: write it as year-month-day, such as 2011-08-20."
    )


@pytest.mark.usefixtures("norway")
def test_a_day_so_far_ahead_that_its_reports_cannot_be_counted_is_refused() -> None:
    with pytest.raises(CommandError) as raised:
        deadlines(on="9999-12-31")

    assert str(raised.value) == "9999-12-31 is too far ahead: choose a day up to 2199-12-31."
    assert [row["period"] for row in rows(on="2199-12-31", article="7.2")][-2:] == ["2198", "2199"]


@pytest.mark.django_db
def test_an_empty_register_is_not_answered_with_an_empty_list() -> None:
    with pytest.raises(CommandError) as raised:
        deadlines(format="json")

    assert str(raised.value) == "The register is empty: run `manage.py load_dataset` first."


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["text", "json", "csv"])
@pytest.mark.parametrize("how_many", [3, 197])
def test_an_answer_costs_nine_queries_however_many_states_there_are(
    django_assert_num_queries: DjangoAssertNumQueries, how_many: int, form: str
) -> None:
    for number in range(how_many):
        state = records.state(f"S{number:02X}", f"State {number}", iso2=f"{number:02X}")
        records.action(state, Kind.ACCESSION, "2010-01-01", published=True)
        given.report(state, "initial", "2011-01-01")

    # One to see that there is a register, four to load it, three for the reports, one for duties
    # (and one more for their evidence, where there are indicators of it).
    with django_assert_num_queries(9):
        deadlines(on="2020-01-01", format=form)


@pytest.mark.usefixtures("loaded_for_the_class", "db")
class TestBundledDataset:
    """The whole dataset, loaded before all of these."""

    def test_on_20_august_2011_nine_initial_reports_are_overdue(self) -> None:
        """The printed report of that day names them (paragraph 14)."""
        found = [
            row for row in rows(on="2011-08-20", article="7") if row["state_of_play"] == "overdue"
        ]

        assert [(row["iso3"], row["kind"], row["due_on"], row["days_late"]) for row in found] == [
            ("ATG", "initial", "2011-07-31", 20),
            ("COM", "initial", "2011-06-30", 51),
            ("FJI", "initial", "2011-04-30", 112),
            ("MKD", "initial", "2011-01-28", 204),
            ("LSO", "initial", "2011-04-30", 112),
            ("MLI", "initial", "2011-05-30", 82),
            ("NER", "initial", "2011-01-28", 204),
            ("WSM", "initial", "2011-03-30", 143),
            ("SYC", "initial", "2011-04-30", 112),
        ]

    def test_nobody_is_called_late_for_annual_reports_that_were_not_entered(self) -> None:
        annual = [row for row in rows(on="2026-01-01") if row["kind"] == "annual"]

        assert {row["state_of_play"] for row in annual} == {"not_entered", "not_due"}
        assert {row["days_late"] for row in annual} == {None}
