"""The page of one figure, and what it says of a mistyped expression."""

import re
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from django.test import Client


@pytest.mark.usefixtures("dataset")
def test_a_figure_shows_its_states_with_their_evidence(client: Client) -> None:
    context = client.get(
        "/figures/", {"expression": "since(1MSP, parties)", "as_of": "2011-08-20"}
    ).context

    assert context["figure"].count == 14
    senegal = context["members"][-1]
    assert senegal.standing.state.name == "Senegal"
    assert [(item.text, str(item.on), bool(item.document)) for item in senegal.evidence] == [
        ("Ratification", "2011-08-03", True)
    ]


@pytest.mark.usefixtures("dataset")
@pytest.mark.parametrize(
    ("expression", "before", "at", "after", "suggestion"),
    [
        ("partys", "", "partys", "", "parties"),
        ("parties & signatoris | states", "parties & ", "signatoris", " | states", "signatories"),
        ("parties $ states", "parties ", "$", " states", ""),
        ("(parties", "(parties", "", "", ""),
        ("since(9XX, parties)", "since(", "9XX", ", parties)", ""),
    ],
)
def test_a_mistake_is_shown_where_it_stands(
    client: Client, expression: str, before: str, at: str, after: str, suggestion: str
) -> None:
    response = client.get("/figures/", {"expression": expression})
    mistake = response.context["mistake"]

    assert response.status_code == 400
    assert (mistake.before, mistake.at, mistake.after) == (before, at, after)
    assert mistake.suggestion == suggestion


@pytest.mark.usefixtures("dataset")
def test_nobody_is_a_sentence(client: Client) -> None:
    page = client.get("/figures/", {"expression": "withdrawn", "as_of": "2011-08-20"})

    assert "No State belongs to it on 20 August 2011." in page.content.decode()


@pytest.mark.django_db
def test_every_name_is_explained(client: Client) -> None:
    context = client.get("/figures/").context

    groups = {group.title: group.rows for group in context["groups"]}
    assert list(groups)[:2] == ["Who is bound", "Regions"]
    assert "parties" in [definition.name for definition in groups["Who is bound"]]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("choices", "expression"),
    [
        ({"name0": "parties"}, "parties"),
        ({"name0": "parties", "sign1": "-", "name1": "signed"}, "parties - signed"),
        (
            {"name0": "a.b", "no0": "1", "since0": "1MSP", "sign1": "|", "name1": "parties"},
            "since(1MSP, a.b.no) | parties",
        ),
        (
            {"name0": "a", "sign1": "|", "name1": "b", "sign2": "&", "name2": "c"},
            "(a | b) & c",
        ),
        ({"sign0": "|", "name1": "b", "sign2": "nonsense", "name2": "c"}, "b & c"),
    ],
)
def test_an_expression_is_built_from_lists_without_scripts(
    client: Client, choices: dict[str, str], expression: str
) -> None:
    answer = client.get("/figures/", choices | {"build": "1", "as_of": "2011-08-20"})

    query = QueryDict(urlsplit(answer["Location"]).query)
    assert query.dict() == {"expression": expression, "as_of": "2011-08-20"}


@pytest.mark.usefixtures("dataset")
def test_a_share_and_growth_say_of_what(client: Client) -> None:
    day = {"as_of": "2011-08-20"}
    share = client.get("/figures/", {"expression": "share(parties, states)"} | day).context
    growth = client.get("/figures/", {"expression": "growth(1MSP, parties)"} | day).context

    assert (share["number"], share["comparison"]) == ("30.5 per cent", "60 of 197")
    assert (growth["number"], growth["comparison"]) == ("30.4 per cent", "from 46 to 60")


@pytest.mark.usefixtures("dataset")
def test_a_composed_figure_shows_the_numbers_it_is_made_of(client: Client) -> None:
    context = client.get(
        "/figures/", {"expression": "withdrawn & region.europe", "as_of": "2011-08-20"}
    ).context

    assert [(part.definition.name, part.number) for part in context["parts"]] == [
        ("withdrawn", "0 states"),
        ("region.europe", "49 states"),
    ]
    assert context["map"] is None


@pytest.mark.usefixtures("dataset")
@pytest.mark.parametrize(
    ("expression", "title"),
    [
        ("parties", "States Parties"),
        ("stockpile.declared.no", "Stockpile to be destroyed: recorded as “no”"),
        ("parties & region.africa", "“States Parties” and also “Africa”"),
        (
            "(parties | signatories) - region.africa & acceded",
            "((“States Parties” or “Signatories”) but not “Africa”) and also “States that acceded”",
        ),
        (
            "parties - (signed & acceded)",
            "“States Parties” but not (“States that signed” and also “States that acceded”)",
        ),
        ("since(1MSP, parties)", "“States Parties” since 1MSP"),
        ("at(2010-11-12, parties)", "“States Parties” as at 2010-11-12"),
        ("share(parties, un_members)", "“States Parties” as a share of “UN Member States”"),
        ("growth(1MSP, parties)", "Growth of “States Parties” since 1MSP"),
        (
            "reports.initial.due_by(2011-09-16)",
            "Initial report due by a day: 2011-09-16",
        ),
        (
            " | ".join(["stockpile.declared"] * 20),
            "A figure put together from the sets that are listed below",
        ),
    ],
)
def test_the_lead_says_what_an_expression_counts(
    client: Client, expression: str, title: str
) -> None:
    shown = client.get("/figures/", {"expression": expression, "as_of": "2011-08-20"}).context

    assert shown["title"] == title


@pytest.mark.usefixtures("dataset")
def test_the_map_draws_whoever_belongs_solid(client: Client) -> None:
    context = client.get("/figures/", {"expression": "acceded", "as_of": "2011-08-20"}).context

    layers = {layer.name: layer.territories for layer in context["map"].map.layers}
    assert [state.iso3 for state in layers["party"]] == ["GRD"]
    assert len(layers["not_party"]) == 196


@pytest.mark.usefixtures("dataset")
def test_the_file_of_a_figure_has_a_row_a_piece_of_evidence(client: Client) -> None:
    answer = client.get("/figures.csv", {"expression": "withdrawn", "as_of": "2025-06-01"})
    lines = answer.content.decode().splitlines()

    assert [line.split(",")[:5] for line in lines[1:]] == [
        ["LTU", "Lithuania", "certain", "Withdrawal took effect", "2025-03-06"],
        ["LTU", "Lithuania", "certain", "Notification of withdrawal", "2024-09-06"],
    ]


@pytest.mark.django_db
def test_the_file_of_a_mistake_is_refused(client: Client) -> None:
    assert client.get("/figures.csv", {"expression": "partys"}).status_code == 400


@pytest.mark.usefixtures("dataset")
def test_each_row_can_be_linked_to_by_the_code_of_its_state(client: Client) -> None:
    """The diamonds of the themes' matrices lead to these rows."""
    answer = client.get("/figures/", {"expression": "withdrawn | acceded", "as_of": "2011-08-20"})

    rows = re.findall(r'<tr id="([^"]+)">', answer.content.decode())
    assert rows == [member.key for member in answer.context["members"]]
    assert "GRD" in rows
