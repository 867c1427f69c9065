"""Pages of plans and actions: whom they address, by when, and what is reported or is not."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actions.models import Action, Theme
from actions.plans import limits
from states.models import State
from states.register import Register
from tests.admin import records

from . import recorded

pytestmark = pytest.mark.django_db
DAY = {"as_of": "2011-08-20"}


@pytest.fixture
def register() -> dict[str, State]:
    """Parties in force from 1 August 2010, 1 April 2011 and 1 November 2011; one that is none."""
    return {
        "ALB": records.party("ALB", "Albania"),
        "BEL": records.party("BEL", "Belgium", deposited="2010-10-15"),
        "CHL": records.party("CHL", "Chile", deposited="2011-05-02"),
        "DNK": records.state("DNK", "Denmark"),
    }


@pytest.fixture
def theme() -> Theme:
    return recorded.theme(recorded.plan(), complete_through=date(2011, 8, 20))


@pytest.fixture
def action(theme: Theme) -> Action:
    return recorded.action(theme, 8, months_from_entry_into_force=12)


def lines(client: Client, where: str, **query: str) -> list[tuple[str, str]]:
    page = client.get("/actions/vap/8/", DAY | query).context["page"]
    return [(line.key, line.answer) for line in getattr(page, where)]


@pytest.mark.parametrize(
    ("limit", "due"),
    [
        ({"months_from_entry_into_force": 12}, ["2011-08-01", "2012-04-01", "2012-11-01", None]),
        ({"months_from_entry_into_force": 6}, ["2011-02-01", "2011-10-01", "2012-05-01", None]),
        (
            {"window_from": date(2011, 1, 1), "window_until": date(2011, 12, 31)},
            ["2011-12-31"] * 4,
        ),
        ({}, [None] * 4),
    ],
)
def test_a_time_limit_runs_from_each_states_own_entry_into_force(
    register: dict[str, State], theme: Theme, limit: dict[str, object], due: list[str | None]
) -> None:
    made = recorded.action(theme, 8, **limit)

    found = [limits.due_on(made, standing) for standing in Register.load(date(2011, 8, 20))]

    assert found == [date.fromisoformat(day) if day else None for day in due]


@pytest.mark.parametrize(("published", "due"), [(True, date(2011, 9, 16)), (False, None)])
def test_a_meeting_sets_a_limit_once_it_is_published(
    register: dict[str, State], theme: Theme, published: bool, due: date | None
) -> None:
    meeting = records.meeting("2MSP", "2011-09-16", published=published)
    made = recorded.action(theme, 8, by_meeting=meeting)
    standing = next(iter(Register.load(date(2011, 8, 20))))

    assert limits.due_on(made, standing) == due
    assert bool(limits.in_words(made)) is published


def test_an_action_shows_what_is_reported_of_whom(
    client: Client, register: dict[str, State], theme: Theme, action: Action
) -> None:
    plan = recorded.indicator(theme, "thing.plan", "yes_no", action)
    begun = recorded.indicator(theme, "thing.begun", "yes_no", action)
    recorded.finding(register["ALB"], plan)
    recorded.finding(register["ALB"], begun, "no")
    recorded.finding(register["BEL"], plan, "no")
    recorded.finding(register["DNK"], plan)

    assert lines(client, "told") == [("ALB", "yes"), ("BEL", "no")]
    assert lines(client, "silent") == [("CHL", "")]
    assert lines(client, "others") == [("DNK", "yes")]
    page = client.get("/actions/vap/8/", DAY).context["page"]
    assert (page.addressed.figure.count, page.reported.figure.count) == (3, 1)
    assert [line.due_on.isoformat() for line in page.told] == ["2011-08-01", "2012-04-01"]
    assert [item.document for item in page.told[1].evidence] == ["Document statement"]


def test_a_yes_and_a_no_are_a_dispute(
    client: Client, register: dict[str, State], theme: Theme, action: Action
) -> None:
    plan = recorded.indicator(theme, "thing.plan", "yes_no", action)
    recorded.finding(register["ALB"], plan)
    recorded.finding(register["ALB"], plan, "no", cites="other")

    assert lines(client, "told") == [("ALB", "disputed")]


def test_that_there_is_a_duty_is_nothing_done_about_it(
    client: Client, register: dict[str, State], theme: Theme, action: Action
) -> None:
    owed = recorded.indicator(
        theme, "thing.declared", "yes_no", action, role="obligation", article="3"
    )
    recorded.finding(register["ALB"], owed)

    assert lines(client, "told") == []
    assert client.get("/actions/vap/8/", DAY).context["page"].reported is None


@pytest.mark.parametrize(
    ("as_of", "title"), [("2011-08-20", "Not reported"), ("2011-08-21", "Nothing recorded")]
)
def test_nobody_is_called_not_reported_beyond_what_is_vouched_for(
    client: Client, register: dict[str, State], theme: Theme, action: Action, as_of: str, title: str
) -> None:
    page = client.get("/actions/vap/8/", {"as_of": as_of}).content.decode()

    assert f'<h2 id="silent">{title}</h2>' in page
    assert "not done" not in page


def test_a_plan_counts_of_those_concerned_and_others_apart(
    client: Client, register: dict[str, State], theme: Theme, action: Action
) -> None:
    plan = recorded.indicator(theme, "thing.plan", "yes_no", action)
    papers = recorded.indicator(theme, "thing.paper", "occurrence", unit="papers")
    for iso3 in ("ALB", "DNK"):
        recorded.finding(register[iso3], plan)
    recorded.finding(register["BEL"], plan, "no")
    recorded.finding(recorded.organization("icrc"), papers, label="one")
    context = client.get("/actions/vap/", DAY).context

    (lines_of_theme,) = context["page"].themes
    second, first = lines_of_theme.indicators
    assert first.of is not None
    assert first.others is not None
    assert first.said_no is not None
    assert (first.reported.figure.count, first.of.figure.count) == (1, 3)
    assert (first.others.figure.count, first.said_no.figure.count) == (1, 1)
    assert second.reported.words == "1 paper"
    assert [line.action.number for line in lines_of_theme.actions] == [8]


def test_an_expression_that_cannot_be_read_leaves_the_page_standing(
    client: Client, register: dict[str, State], theme: Theme
) -> None:
    recorded.action(theme, 8, addressees="nobody_knows &")

    assert client.get("/actions/vap/", DAY).status_code == 200
    assert client.get("/actions/vap/8/", DAY).context["page"].addressed is None


@pytest.mark.parametrize("path", ["", "8/"])
@pytest.mark.parametrize("how_many", [1, 4])
def test_pages_cost_a_fixed_number_of_queries(
    client: Client,
    register: dict[str, State],
    theme: Theme,
    action: Action,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    path: str,
    how_many: int,
) -> None:
    for number in range(how_many):
        made = recorded.indicator(theme, f"thing.n{number}", "yes_no", action)
        recorded.action(theme, 20 + number)
        for state in register.values():
            recorded.finding(state, made)

    # Frame and data version, history, the plan's records, one evaluation and its evidence.
    with django_assert_max_num_queries(20):
        client.get(f"/actions/vap/{path}", DAY)


def test_downloads_have_the_rows_of_their_pages(
    client: Client, register: dict[str, State], theme: Theme, action: Action
) -> None:
    plan = recorded.indicator(theme, "thing.plan", "yes_no", action)
    recorded.finding(register["ALB"], plan, place="page 4")

    of_action = client.get("/actions/vap/8.csv", DAY).content.decode().splitlines()
    of_plan = client.get("/actions/vap.csv", DAY).content.decode().splitlines()

    assert [row.split(",")[:6] for row in of_action[1:]] == [
        ["ALB", "Albania", "yes", "2011-08-01", "yes", "Thing plan"],
        ["BEL", "Belgium", "yes", "2012-04-01", "", ""],
        ["CHL", "Chile", "yes", "2012-11-01", "", ""],
    ]
    assert [row.split(",")[2:8] for row in of_plan[1:]] == [
        ["8", "", "Do thing 8.", "3", "1", "0"],
        ["8", "thing.plan", "Thing plan", "3", "1", "0"],
    ]


@pytest.mark.parametrize("path", ["/actions/nothing/", "/actions/vap/99/", "/actions/vap/99.csv"])
def test_what_does_not_exist_is_not_found(client: Client, theme: Theme, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_plan_that_is_a_draft_has_no_page(client: Client) -> None:
    recorded.action(recorded.theme(recorded.plan("later", published=False)), 1)

    assert client.get("/actions/later/").status_code == 404
    assert client.get("/actions/later/1/").status_code == 404
    assert list(client.get("/actions/").context["plans"]) == []
