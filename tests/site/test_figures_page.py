"""The page of one figure, and what it says of a mistyped expression."""

import pytest
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

    assert "parties" in [definition.name for definition in context["definitions"]]


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
