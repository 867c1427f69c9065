"""States in the API: how each stands on a date, and one state with its evidence."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from states.api.views import StatesView
from states.filters import RegisterFilter
from states.models import State
from tests.admin import records
from tests.admin.records import Kind

from .conftest import API

pytestmark = pytest.mark.django_db


def test_a_row_says_how_a_state_stands(api: API, register: dict[str, State]) -> None:
    row = api.results("states/", as_of="2024-10-01", q="LTU")[0]

    assert row == {
        "iso3": "LTU",
        "iso2": "LT",
        "slug": "lithuania",
        "name": "Lithuania",
        "formal_name": "Lithuania",
        "region": "europe",
        "un_group": "",
        "un_member": True,
        "status": "party",
        "in_force": True,
        "signed_on": "2008-12-03",
        "deposited_on": "2011-03-24",
        "deposit_kind": "ratification",
        "provisional_application_on": None,
        "entry_into_force": "2011-09-01",
        "withdrawal_notified_on": "2024-09-06",
        "withdrawn_on": "2025-03-06",
        "url": "http://testserver/api/v1/states/LTU/?as_of=2024-10-01",
        "page": "http://testserver/states/lithuania/?as_of=2024-10-01",
    }


def test_a_state_that_did_nothing_has_no_dates(api: API, register: dict[str, State]) -> None:
    row = api.results("states/", q="Brazil")[0]

    dated = {name: value for name, value in row.items() if name.endswith("_on")}
    assert set(dated.values()) == {None}
    assert (row["status"], row["in_force"], row["entry_into_force"]) == ("not_party", False, None)
    assert row["deposit_kind"] is None


@pytest.mark.parametrize(
    ("as_of", "statuses"),
    [
        (
            "2008-12-03",
            {"BRA": "not_party", "HTI": "not_party", "LTU": "signatory", "NOR": "party"},
        ),
        ("2011-03-24", {"BRA": "not_party", "HTI": "signatory", "LTU": "party", "NOR": "party"}),
        (
            "2025-03-06",
            {"BRA": "not_party", "HTI": "signatory", "LTU": "not_party", "NOR": "party"},
        ),
    ],
)
def test_the_answer_speaks_of_the_date(
    api: API, register: dict[str, State], as_of: str, statuses: dict[str, str]
) -> None:
    answer = api.json("states/", as_of=as_of)

    assert answer["on"] == as_of
    assert {row["iso3"]: row["status"] for row in answer["results"]} == statuses


@pytest.mark.parametrize(
    ("parameters", "codes"),
    [
        ({}, ["BRA", "HTI", "LTU", "NOR"]),
        ({"status": "party"}, ["LTU", "NOR"]),
        ({"status": "in_force"}, ["NOR"]),
        ({"status": "awaiting_entry_into_force"}, ["LTU"]),
        ({"region": "americas"}, ["BRA", "HTI"]),
        ({"region": "americas", "status": "signatory"}, ["HTI"]),
        ({"un_group": "western_european_other"}, ["NOR"]),
        ({"q": "nor"}, ["NOR"]),
        ({"sort": "-name"}, ["NOR", "LTU", "HTI", "BRA"]),
        ({"sort": "deposited"}, ["NOR", "LTU", "BRA", "HTI"]),
    ],
)
def test_states_are_filtered_and_sorted_as_on_the_page(
    api: API, register: dict[str, State], parameters: dict[str, str], codes: list[str]
) -> None:
    rows = api.results("states/", as_of="2011-06-01", **parameters)

    assert [row["iso3"] for row in rows] == codes


def test_a_wrong_filter_is_refused_with_the_sentence_of_the_page(
    api: API, register: dict[str, State]
) -> None:
    form = RegisterFilter({"region": "asia"})
    form.is_valid()

    error = api.error("states/", region="asia")

    assert error["fields"] == {"region": [str(form.errors["region"][0])]}
    assert error["message"] == f"region: {form.errors['region'][0]}"


def test_the_schema_offers_the_fields_and_values_of_the_form() -> None:
    assert set(StatesView.filter_values) < set(RegisterFilter.base_fields)
    for name, values in StatesView.filter_values.items():
        for value in values:
            assert RegisterFilter({name: value}).is_valid(), (name, value)


def test_csv_has_the_same_columns_and_all_rows(api: API, register: dict[str, State]) -> None:
    columns = list(api.results("states/")[0])

    text = api.csv("states/", as_of="2011-06-01", page_size=1, page=1, status="party")

    assert text.splitlines() == [
        ",".join(columns),
        "LTU,LT,lithuania,Lithuania,Lithuania,europe,,true,party,false,2008-12-03,2011-03-24,"
        "ratification,,2011-09-01,,,http://testserver/api/v1/states/LTU/?as_of=2011-06-01,"
        "http://testserver/states/lithuania/?as_of=2011-06-01",
        "NOR,NO,norway,Norway,Norway,europe,western_european_other,true,party,true,2008-12-03,"
        "2008-12-03,ratification,,2010-08-01,,,"
        "http://testserver/api/v1/states/NOR/?as_of=2011-06-01,"
        "http://testserver/states/norway/?as_of=2011-06-01",
    ]


def test_a_download_is_called_by_its_contents_and_its_date(
    api: API, register: dict[str, State]
) -> None:
    response = api.get("states/", format="csv", as_of="2011-06-01")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="states-2011-06-01.csv"'


def test_a_state_comes_with_its_actions_and_their_sources(
    api: API, register: dict[str, State]
) -> None:
    signature, ratification = api.json("states/LTU/", as_of="2011-06-01")["treaty_actions"]

    assert signature == {
        "kind": "signature",
        "date": "2008-12-03",
        "certainty": "confirmed",
        "note": "",
        # Its document is not public: nothing but its existence is told.
        "source": {"title": "", "place": "", "url": "", "is_public": False},
        "official_effect": None,
    }
    assert (ratification["kind"], ratification["source"]) == ("ratification", None)


def test_a_state_comes_with_its_clocks_and_their_reasons(
    api: API, register: dict[str, State]
) -> None:
    clocks = api.json("states/NOR/", as_of="2011-06-01")["clocks"]

    assert [(clock["kind"], clock["due_on"], clock["article"]) for clock in clocks] == [
        ("entry_into_force", "2010-08-01", "17.1"),
        ("initial", "2011-01-28", "7.1"),
        ("annual", "2012-04-30", "7.2"),
        ("stockpile_destruction", "2018-08-01", "3.2"),
        ("clearance", "2020-08-01", "4.1"),
    ]
    assert clocks[0] == {
        "kind": "entry_into_force",
        "title": "Entry into force",
        "due_on": "2010-08-01",
        "article": "17.1",
        "rule": "the first day of the sixth month after the month of the thirtieth deposit, which "
        "was made on 16 February 2010",
        "is_practice": False,
        "is_conditional": False,
        "year": None,
        "explanation": "Deposited 3 December 2008, so in force from 1 August 2010 (Article 17.1).",
        "source": {
            "title": "Status table",
            "place": "row 1",
            "url": "https://example.org/untc",
            "is_public": True,
        },
    }


def test_an_official_date_and_an_extension_come_with_their_sources(
    api: API, register: dict[str, State]
) -> None:
    withdrawal = register["LTU"].treaty_actions.get(kind=Kind.WITHDRAWAL)
    records.official_date(withdrawal, None, published=True)
    meeting = records.meeting("9MSP", "2019-09-04")
    records.extension(register["LTU"], "4", meeting, "2026-09-01", published=True)

    state = api.json("states/LTU/", as_of="2025-04-01")

    assert (state["status"], state["withdrawn_on"]) == ("party", None)
    assert state["treaty_actions"][-1]["official_effect"] == {
        "takes_effect_on": None,
        "reason": "As the depositary notified.",
        "source": {
            "title": "Status table",
            "place": "",
            "url": "https://example.org/untc",
            "is_public": True,
        },
    }
    assert state["extensions"] == [
        {
            "article": "4",
            "decided_on": "2019-09-04",
            "meeting": "Meeting 9MSP",
            "new_deadline": "2026-09-01",
            "source": None,
        }
    ]


@pytest.mark.parametrize(
    ("as_of", "names"),
    [
        ("2016-05-16", [("Czech Republic", None, None)]),
        (
            "2016-05-17",
            [("Czech Republic", None, "2016-05-17"), ("Czechia", "2016-05-17", None)],
        ),
    ],
)
def test_names_over_time_do_not_tell_what_is_to_come(
    api: API, as_of: str, names: list[tuple[Any, ...]]
) -> None:
    state = records.state("CZE", "Czech Republic", iso2="CZ")
    change = date(2016, 5, 17)
    state.names.update(valid_until=change)
    state.names.create(
        language="en", kind="short", name="Czechia", valid_from=change, published_at=timezone.now()
    )

    answer = api.json("states/CZE/", as_of=as_of)["names"]

    assert [(row["name"], row["valid_from"], row["valid_until"]) for row in answer] == names


@pytest.mark.parametrize("code", ["NOR", "nor", "Nor"])
def test_a_state_is_found_by_its_code_in_any_case(
    api: API, register: dict[str, State], code: str
) -> None:
    assert api.json(f"states/{code}/")["name"] == "Norway"


def test_a_state_as_csv_is_its_row_of_the_list(api: API, register: dict[str, State]) -> None:
    row = api.csv("states/NOR/", as_of="2011-06-01")

    assert row == api.csv("states/", as_of="2011-06-01", q="NOR")


def test_an_unknown_state_is_refused_in_a_sentence(api: API, register: dict[str, State]) -> None:
    error = api.error("states/XXX/", expected=404)

    assert error["message"] == (
        "No state has the code “XXX”: use the three letters of ISO, such as NOR."
    )


@pytest.mark.parametrize("path", ["states/", "states/S00/"])
@pytest.mark.parametrize("how_many", [3, 197])
@pytest.mark.parametrize("form", ["json", "csv"])
def test_states_cost_four_queries_however_many_there_are(
    api: API,
    django_assert_num_queries: DjangoAssertNumQueries,
    path: str,
    how_many: int,
    form: str,
) -> None:
    for number in range(how_many):
        made = records.state(f"S{number:02X}", f"State {number}", iso2=f"{number:02X}")
        records.action(made, Kind.ACCESSION, "2011-01-01", published=True)

    with django_assert_num_queries(4):
        api.get(path, format=form)
