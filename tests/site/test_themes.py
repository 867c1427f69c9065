"""The dashboards of the themes: their numbers, their states, and what they cost."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ccm_portal.site.themes.catalogue import THEMES
from ccm_portal.site.themes.dashboard import Dashboard

from .conftest import counted, numbers

DAY = "2011-08-20"
THEME_QUERIES = 15


def dashboard(client: Client, code: str, as_of: str = DAY) -> Dashboard:
    shown: Dashboard = client.get(f"/themes/{code}/", {"as_of": as_of}).context["dashboard"]
    return shown


@pytest.mark.usefixtures("dataset")
def test_the_stages_of_destruction_are_those_of_the_printed_report(client: Client) -> None:
    """Draft Beirut Progress Report, paragraphs 29 and 30, notes 9 to 14."""
    stages = dashboard(client, "stockpile-destruction").stages

    assert [
        (stage.title, [standing.state.iso3 for standing in stage.standings]) for stage in stages
    ] == [
        ("Completed", ["AUT", "BEL", "ECU", "MNE", "NOR", "PRT", "MDA", "ESP"]),
        ("Begun", ["FRA", "DEU", "NLD", "GBR"]),
        ("Planned", ["HRV", "DNK", "SVN"]),
        ("Tender opened", ["JPN"]),
        ("Declared, no step reported", ["BIH", "CHL", "GNB"]),
    ]


@pytest.mark.usefixtures("dataset")
@pytest.mark.parametrize("code", THEMES)
def test_every_number_of_a_dashboard_leads_to_as_many_states(client: Client, code: str) -> None:
    page = client.get(f"/themes/{code}/", {"as_of": DAY}).content.decode()
    shown = dict(numbers(page))

    assert shown
    assert {url: counted(client, url) for url in shown} == shown


@pytest.mark.usefixtures("dataset")
@pytest.mark.parametrize("as_of", ["2008-12-03", "2010-11-12", DAY, "2025-06-01"])
def test_each_theme_answers_on_any_day(client: Client, as_of: str) -> None:
    assert {
        code: client.get(f"/themes/{code}/", {"as_of": as_of}).status_code for code in THEMES
    } == dict.fromkeys(THEMES, 200)
    assert client.get("/themes/", {"as_of": as_of}).status_code == 200


@pytest.mark.usefixtures("dataset")
def test_before_anything_was_reported_a_theme_says_so(client: Client) -> None:
    page = client.get("/themes/stockpile-destruction/", {"as_of": "2009-01-01"}).content.decode()

    assert "No published document says by this date" in page


@pytest.mark.usefixtures("dataset")
def test_a_state_in_the_table_has_its_deadline_and_its_marks(client: Client) -> None:
    groups = dashboard(client, "clearance").groups
    row = next(row for row in groups[0].rows if row.standing.state.iso3 == "LAO")

    assert row.deadline is not None
    assert (str(row.deadline.due_on), row.deadline.gone) == ("2020-08-01", 10.51)
    assert "Risk reduction" in [cell.title for cell in row.filled]
    assert row.filled[0].url.endswith("#LAO")


@pytest.mark.usefixtures("dataset")
def test_a_theme_names_its_actions(client: Client) -> None:
    actions = client.get("/themes/stockpile-destruction/").context["actions"]

    assert [action.number for action in actions] == [8, 9]


@pytest.mark.usefixtures("dataset")
def test_a_theme_puts_the_questions_of_the_progress_report(client: Client) -> None:
    asked = client.get("/themes/stockpile-destruction/", {"as_of": DAY}).context["discussion"]

    assert asked.questions[0] == "What keeps states from starting?"
    assert client.get(asked.url).status_code == 200
    assert not any("{{" in question for question in asked.questions)
    earlier = client.get("/themes/stockpile-destruction/", {"as_of": "2011-01-01"})
    assert earlier.context["discussion"] is None


@pytest.mark.usefixtures("dataset")
def test_a_theme_says_how_far_its_evidence_reaches(client: Client) -> None:
    page = client.get("/themes/clearance/", {"as_of": "2025-06-01"})

    assert (str(page.context["evidence"].latest), page.context["evidence"].is_open) == (
        "2011-08-20",
        True,
    )
    assert "Nobody vouches that all has been entered" in page.content.decode()


@pytest.mark.usefixtures("dataset")
def test_the_table_can_be_taken_along(client: Client) -> None:
    lines = client.get("/themes/stockpile-destruction.csv", {"as_of": DAY}).content.decode()

    assert lines.splitlines()[0] == "iso3,name,group,deadline,column,expression,answer,as_of"
    assert "JPN,Japan,To be destroyed,2018-08-01,Tender open,stockpile.tender,yes,2011-08-20" in (
        lines
    )


@pytest.mark.django_db
def test_an_empty_register_has_themes_too_and_an_unknown_theme_is_not_found(
    client: Client,
) -> None:
    assert client.get("/themes/").status_code == 200
    assert client.get("/themes/clearance/").status_code == 200
    assert client.get("/themes/nothing/").status_code == 404


@pytest.mark.usefixtures("dataset")
def test_a_dashboard_costs_few_queries_however_many_states_it_shows(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(THEME_QUERIES):
        client.get("/themes/stockpile-destruction/", {"as_of": DAY})
