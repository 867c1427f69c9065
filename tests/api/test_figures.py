"""Figures in the API: names, answers, the states behind them and their evidence, mistakes."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from states.figures import DEFINITIONS
from states.models import State
from tests.admin import records
from tests.admin.records import Kind

from .conftest import API

pytestmark = pytest.mark.django_db

SINCE = "since(1MSP, parties)"


def test_the_names_are_listed_with_their_explanations(api: API) -> None:
    answer = api.json("figures/", as_of="2011-08-20")

    assert answer["on"] == "2011-08-20"
    names = {row["name"]: row for row in answer["sets"]}
    assert set(DEFINITIONS) <= set(names)
    assert names["in_force"] == {
        "name": "in_force",
        "title": "States for which the Convention is in force",
        "explanation": "States Parties from the day of entry into force (Article 17).",
        "kind": "set",
        "theme": "Who is bound",
        "has_no": False,
        "unit": "",
    }
    assert [row["name"] for row in answer["functions"]][:3] == ["since", "at", "before_eif"]
    assert all(row["explanation"] for row in answer["sets"] + answer["day_functions"])


def test_the_names_as_csv(api: API) -> None:
    lines = api.csv("figures/").splitlines()

    assert lines[0] == "name,title,explanation,kind,theme,has_no,unit"
    assert len(lines) == 1 + len(api.json("figures/")["sets"])


def test_a_figure_has_the_keys_of_the_command(api: API, register: dict[str, State]) -> None:
    assert api.json("figures/", expression=SINCE, as_of="2011-08-20") == {
        "expression": SINCE,
        "on": "2011-08-20",
        "count": 1,
        "undetermined": 0,
        "total": 1,
        "unit": "states",
        "states": ["LTU"],
        "undetermined_states": [],
    }


@pytest.mark.parametrize("expression", ["parties", "states - parties", "signed & region.europe"])
def test_the_api_and_the_command_answer_alike(
    api: API, register: dict[str, State], expression: str
) -> None:
    out = StringIO()
    call_command("figure", expression, on="2011-08-20", format="json", stdout=out)

    assert api.json("figures/", expression=expression, as_of="2011-08-20") == json.loads(
        out.getvalue()
    )


def test_states_stand_in_order_of_name(api: API, register: dict[str, State]) -> None:
    answer = api.json("figures/", expression="states")

    assert answer["states"] == ["BRA", "HTI", "LTU", "NOR"]


def test_each_state_of_a_figure_comes_with_its_evidence(
    api: API, register: dict[str, State]
) -> None:
    answer = api.json("figures/members/", expression="parties", as_of="2011-08-20")

    assert answer == {
        "on": "2011-08-20",
        "count": 2,
        "next": None,
        "previous": None,
        "results": [
            {
                "iso3": "LTU",
                "name": "Lithuania",
                "certain": True,
                "disputed": False,
                "amount": None,
                "labels": [],
                "evidence": [
                    {
                        "text": "Ratification",
                        "date": "2011-03-24",
                        "document": "",
                        "place": "",
                        "url": "",
                        "answer": None,
                        "date_words": "",
                        "reported_on": None,
                        "remark": "",
                    }
                ],
            },
            {
                "iso3": "NOR",
                "name": "Norway",
                "certain": True,
                "disputed": False,
                "amount": None,
                "labels": [],
                "evidence": [
                    {
                        "text": "Ratification",
                        "date": "2008-12-03",
                        "document": "Status table",
                        "place": "row 1",
                        "url": "https://example.org/untc",
                        "answer": None,
                        "date_words": "",
                        "reported_on": None,
                        "remark": "",
                    }
                ],
            },
        ],
    }


@pytest.mark.parametrize("path", ["figures/", "figures/members/"])
def test_a_figure_as_csv_has_a_row_a_state_and_piece_of_evidence(
    api: API, register: dict[str, State], path: str
) -> None:
    text = api.csv(path, expression="in_force | states - signed", as_of="2011-08-20")

    assert text.splitlines() == [
        "iso3,name,certain,evidence,date,document,place,url,answer,date_words,reported_on,remark",
        # Without evidence of its own a state still has its row.
        "BRA,Brazil,true,,,,,,,,,",
        "NOR,Norway,true,In force,2010-08-01,,,,,,,",
        "NOR,Norway,true,Ratification,2008-12-03,Status table,row 1,https://example.org/untc,,,,",
    ]


def test_the_states_of_a_figure_come_in_pages(api: API, register: dict[str, State]) -> None:
    page = api.json("figures/members/", expression="states", page_size=3)

    assert [row["iso3"] for row in page["results"]] == ["BRA", "HTI", "LTU"]
    assert page["next"] == (
        "http://testserver/api/v1/figures/members/?expression=states&page=2&page_size=3"
    )


@pytest.mark.parametrize("path", ["figures/", "figures/members/"])
@pytest.mark.parametrize(
    ("expression", "message", "position", "suggestion"),
    [
        (
            "states & partys",
            "At character 10: no set is called “partys”. Did you mean “parties”?",
            9,
            "parties",
        ),
        ("(parties", "At character 9: the end stands where “)” is needed.", 8, ""),
        (" ", "An expression is needed, such as “parties & region.africa”.", 0, ""),
    ],
)
def test_a_mistake_is_refused_with_its_position_and_the_nearest_name(
    api: API, path: str, expression: str, message: str, position: int, suggestion: str
) -> None:
    assert api.error(path, expression=expression) == {
        "status": 400,
        "code": "invalid",
        "message": message,
        "fields": {"expression": [message]},
        "position": position,
        "suggestion": suggestion,
    }


def test_the_states_of_no_expression_are_refused(api: API) -> None:
    assert list(api.error("figures/members/")["fields"]) == ["expression"]


@pytest.mark.parametrize("path", ["figures/", "figures/members/"])
@pytest.mark.parametrize("form", ["json", "csv"])
@pytest.mark.parametrize("how_many", [3, 197])
def test_a_figure_costs_five_queries_with_a_meeting_in_it(
    api: API,
    django_assert_num_queries: DjangoAssertNumQueries,
    path: str,
    form: str,
    how_many: int,
) -> None:
    records.meeting("1MSP", "2010-11-12")
    for number in range(how_many):
        made = records.state(f"S{number:02X}", f"State {number}", iso2=f"{number:02X}")
        records.action(made, Kind.ACCESSION, "2011-01-01", published=True)

    with django_assert_num_queries(5):
        api.get(path, expression=f"{SINCE} | parties & signed", format=form)
