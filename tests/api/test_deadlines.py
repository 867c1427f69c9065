"""Owed reports in the API: the rows of the command, through the filters of the page."""

import csv
import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actions.duties.joined import COLUMNS, AllDeadlinesFilter
from reports.models import Coverage
from states.models import State
from states.register import History
from tests.admin import records
from tests.admin.records import Kind
from tests.reports import given

from .conftest import API

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed(register: dict[str, State]) -> dict[str, State]:
    """Norway's initial report came three days late, Lithuania's is missing; annual ones too."""
    given.report(register["NOR"], "initial", "2011-01-31")
    for kind in ("initial", "annual"):
        Coverage.objects.create(kind=kind, complete_through=date(2015, 12, 31))
    return register


def command(on: str, form: str) -> str:
    out = StringIO()
    call_command("deadlines", on=on, format=form, stdout=out)
    return out.getvalue()


def test_a_row_in_full(api: API, owed: dict[str, State]) -> None:
    row = api.results("deadlines/", as_of="2012-05-02", kind="initial")[1]

    basis = (
        "Deposited 3 December 2008, so in force from 1 August 2010 (Article 17.1), so the initial "
        "report is due on 28 January 2011 (Article 7.1)."
    )
    assert row == {
        "iso3": "NOR",
        "article": "7.1",
        "kind": "initial",
        "period": None,
        "due_on": "2011-01-28",
        "basis": basis,
        "state_of_play": "late",
        "received_on": "2011-01-31",
        "days_late": 3,
        "name": "Norway",
        "explanation": f"{basis} It was received on 31 January 2011, 3 days late.",
    }


@pytest.mark.parametrize("as_of", ["2010-08-01", "2011-01-29", "2012-05-02", "2026-01-01"])
def test_the_api_and_the_command_answer_alike(api: API, owed: dict[str, State], as_of: str) -> None:
    answer = api.json("deadlines/", as_of=as_of, page_size=500)
    as_csv = csv.DictReader(StringIO(api.csv("deadlines/", as_of=as_of)))

    rows = [{column: row[column] for column in COLUMNS} for row in answer["results"]]
    assert answer["on"] == as_of
    assert rows == json.loads(command(as_of, "json"))
    assert [{column: row[column] for column in COLUMNS} for row in as_csv] == list(
        csv.DictReader(StringIO(command(as_of, "csv")))
    )


def test_csv_has_the_columns_of_the_command_and_two_more(api: API, owed: dict[str, State]) -> None:
    header = api.csv("deadlines/").splitlines()[0]

    assert header == ",".join([*COLUMNS, "name", "explanation"])


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        (
            {},
            [
                "LTU initial",
                "LTU 2012",
                "NOR initial",
                "NOR 2011",
                "NOR 2012",
            ],
        ),
        ({"state": "LTU"}, ["LTU initial", "LTU 2012"]),
        ({"state": "norway"}, ["NOR initial", "NOR 2011", "NOR 2012"]),
        ({"kind": "initial"}, ["LTU initial", "NOR initial"]),
        ({"year": "2012"}, ["LTU initial", "NOR 2011"]),
        ({"state_of_play": "late"}, ["NOR initial"]),
        ({"state_of_play": "overdue", "kind": "annual"}, ["NOR 2011"]),
        ({"region": "americas"}, []),
        ({"region": "europe", "kind": "annual", "year": "2013"}, ["LTU 2012", "NOR 2012"]),
    ],
)
def test_owed_reports_are_filtered_as_on_the_page(
    api: API, client: Client, owed: dict[str, State], parameters: dict[str, str], found: list[str]
) -> None:
    answer = api.results("deadlines/", as_of="2012-05-02", page_size=500, **parameters)
    rows = [row for row in answer if row["article"].startswith("7")]
    page = client.get("/reports.csv", {"as_of": "2012-05-02", **parameters}).content.decode()

    assert [f"{row['iso3']} {row['period'] or row['kind']}" for row in rows] == found
    assert [(row["iso3"], row["due_on"]) for row in rows] == [
        (row["iso3"], row["due_on"]) for row in csv.DictReader(StringIO(page))
    ]


@pytest.mark.parametrize(
    "parameters",
    [
        {"state": "Nowhereland"},
        {"state": "Norwey"},
        {"kind": "voluntary"},
        {"year": "soon"},
        {"year": "1999"},
        {"region": "asia"},
        {"state_of_play": "missing"},
        {"region": "asia", "year": "2201"},
    ],
)
def test_a_wrong_filter_is_refused_with_the_sentences_of_the_form(
    api: API, owed: dict[str, State], parameters: dict[str, Any]
) -> None:
    form = AllDeadlinesFilter(parameters, history=History.load())

    error = api.error("deadlines/", **parameters)

    assert set(error["fields"]) == set(parameters)
    assert error["fields"] == {
        name: [str(sentence) for sentence in sentences] for name, sentences in form.errors.items()
    }


def test_the_schema_offers_the_fields_and_values_of_the_form() -> None:
    out = StringIO()
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=out)
    operation = yaml.safe_load(out.getvalue())["paths"]["/api/v1/deadlines/"]["get"]
    described: dict[str, Any] = {item["name"]: item["schema"] for item in operation["parameters"]}

    form = AllDeadlinesFilter.base_fields
    assert set(described) == {"as_of", "format", "page", "page_size", *form}
    assert described["year"] == {"type": "integer", "minimum": 2008, "maximum": 2200}
    assert described["kind"]["enum"] == [
        "initial",
        "annual",
        "stockpile_destruction",
        "clearance",
    ]
    for name in ("kind", "region", "state_of_play"):
        offered = [value for value, _ in form[name].choices if value]  # type: ignore[attr-defined]
        assert described[name]["enum"] == offered


def test_long_lists_come_in_pages(api: API, owed: dict[str, State]) -> None:
    first = api.json("deadlines/", as_of="2012-05-02", page_size=5)
    second = api.client.get(first["next"]).json()

    assert (first["count"], len(first["results"]), len(second["results"])) == (9, 5, 4)
    assert second["next"] is None
    assert first["results"] + second["results"] == api.results("deadlines/", as_of="2012-05-02")


@pytest.mark.parametrize("how_many", [3, 197])
@pytest.mark.parametrize("form", ["json", "csv"])
def test_owed_reports_cost_eight_queries_however_many_there_are(
    api: API, django_assert_num_queries: DjangoAssertNumQueries, how_many: int, form: str
) -> None:
    for number in range(how_many):
        state = records.state(f"S{number:02X}", f"State {number}", iso2=f"{number:02X}")
        records.action(state, Kind.ACCESSION, "2010-01-01", published=True)
        given.report(state, "initial", "2011-01-01")

    with django_assert_num_queries(8):
        assert api.get("deadlines/", format=form).status_code == 200
