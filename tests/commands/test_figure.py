"""`manage.py figure`: the states that an expression means on a day, and mistakes shown in place."""

import csv
import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries

from actions.evaluation import Evaluation
from ccm_portal.api.answers import Answer, evidence_in_words
from ccm_portal.figures import Evidence, Figure, StateSet
from ccm_portal.management.commands.figure import in_words
from tests.admin import records
from tests.admin.records import Kind

pytestmark = pytest.mark.django_db
SINCE = "since(1MSP, parties)"


def figure(expression: str, **options: Any) -> str:
    out = StringIO()
    call_command("figure", expression, **options, stdout=out)
    return out.getvalue()


@pytest.fixture(autouse=True)
def register(db: None) -> None:
    """Three parties, of which two joined since the First Meeting, and a state that did nothing."""
    depositary = records.document("untc", title="Status table", url="https://example.org/untc")
    records.party("NOR", "Norway")
    lithuania = records.state("LTU", "Lithuania", iso2="LT")
    records.action(lithuania, Kind.ACCESSION, "2011-03-24", published=True)
    cote = records.state("CIV", "Côte d'Ivoire", iso2="CI", slug="cote-d-ivoire")
    records.action(
        cote, Kind.ACCESSION, "2011-04-01", published=True, document=depositary, place="row 7"
    )
    records.state("BRA", "Brazil", iso2="BR")
    records.meeting("1MSP", "2010-11-12")


def test_json_has_the_keys_that_scripts_rely_on() -> None:
    answer = json.loads(figure(SINCE, on="2011-08-20", format="json"))

    assert list(answer.items()) == [
        ("expression", SINCE),
        ("on", "2011-08-20"),
        ("count", 2),
        ("undetermined", 0),
        ("total", 2),
        ("unit", "states"),
        ("states", ["CIV", "LTU"]),
        ("undetermined_states", []),
    ]


def test_csv_has_a_row_a_state_with_its_evidence() -> None:
    assert figure(SINCE, on="2011-08-20", format="csv") == (
        "iso3,name,certain,evidence\n"
        'CIV,Côte d\'Ivoire,true,"Accession, 2011-04-01: Status table, row 7"\n'
        'LTU,Lithuania,true,"Accession, 2011-03-24"\n'
    )


def test_several_pieces_of_evidence_share_a_cell() -> None:
    text = figure("in_force & signed", on="2011-08-20", format="csv")

    rows = list(csv.DictReader(StringIO(text)))
    assert [row["evidence"] for row in rows] == [
        "In force, 2010-08-01; Ratification, 2008-12-03; Signature, 2008-12-03"
    ]


def test_evidence_that_is_a_sentence_is_joined_to_its_day_without_its_full_stop() -> None:
    evidence = Evidence(text="It is 20 days overdue.", on=date(2011, 7, 31))

    assert evidence_in_words(evidence) == "It is 20 days overdue, 2011-07-31"
    assert evidence_in_words(Evidence(text="It is in.")) == "It is in."


def test_text_has_a_line_a_state() -> None:
    assert figure(SINCE, on="2011-08-20") == (
        "since(1MSP, parties) on 20 August 2011: 2 states\n"
        "  CIV  Côte d'Ivoire  Accession, 2011-04-01: Status table, row 7\n"
        "  LTU  Lithuania      Accession, 2011-03-24\n"
    )


@pytest.mark.parametrize(
    ("expression", "number"),
    [("parties & signed", "1 state"), ("parties - states", "0 states"), ("states", "4 states")],
)
def test_text_counts_in_words_that_fit(expression: str, number: str) -> None:
    first = figure(expression, on="2011-08-20").splitlines()[0]

    assert first == f"{expression} on 20 August 2011: {number}"


def test_text_names_the_open_states_apart() -> None:
    evaluation = Evaluation.load(date(2011, 8, 20))
    states = StateSet(
        certain=frozenset({"NOR"}),
        undetermined=frozenset({"LTU"}),
        evidence={"NOR": (Evidence(text="Report"),), "LTU": (Evidence(text="Day not known"),)},
    )
    answer = Answer(Figure(expression="x", on=evaluation.on, value=states), evaluation)

    assert list(in_words(answer)) == [
        "x on 20 August 2011: 1 state",
        "  NOR  Norway     Report",
        "",
        "1 more state may belong; the records leave it open",
        "  LTU  Lithuania  Day not known",
    ]
    assert answer.as_dict()["states"] == ["NOR"]
    assert answer.as_dict()["undetermined_states"] == ["LTU"]


@pytest.mark.parametrize(
    ("expression", "lines"),
    [
        (
            "states & partys",
            [
                "no set is called “partys”.",
                "    states & partys",
                "             ^",
                "Did you mean “parties”?",
            ],
        ),
        (
            "(parties",
            ["the end stands where “)” is needed.", "    (parties", "            ^"],
        ),
        (
            "parties\n\t& $",
            ["“$” has no meaning in an expression.", "    parties  & $", "               ^"],
        ),
        (
            "since(9MSP, parties)",
            [
                "“9MSP” is neither a day nor the code of a meeting.",
                "    since(9MSP, parties)",
                "          ^",
            ],
        ),
    ],
)
def test_a_mistake_is_shown_in_its_place(expression: str, lines: list[str]) -> None:
    with pytest.raises(CommandError) as raised:
        figure(expression)

    assert str(raised.value).splitlines() == lines
    assert raised.value.returncode == 1


def test_a_mistake_far_into_a_long_expression_is_shown_in_its_place() -> None:
    expression = " | ".join(["parties"] * 40) + " | partys"

    with pytest.raises(CommandError) as raised:
        figure(expression)

    shown, caret = str(raised.value).splitlines()[1:3]
    assert shown[caret.index("^") :] == "partys"
    assert len(shown) < 80


@pytest.mark.parametrize("text", ["2011-02-29", "soon"])
def test_what_is_not_a_date_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(CommandError) as raised:
        figure("parties", on=text)

    assert str(raised.value) == (
        f"“{text}” is not a date: write it as year-month-day, such as 2011-08-20."
    )


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_an_answer_costs_six_queries_with_a_meeting_in_it(
    django_assert_num_queries: DjangoAssertNumQueries, form: str
) -> None:
    # One to see that there is a register, four to load it, one for the meetings.
    with django_assert_num_queries(6):
        figure(f"{SINCE} | parties & signed", format=form)
