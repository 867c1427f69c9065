"""Plans, actions, indicators and findings in the API."""

from typing import Any

import pytest

from actions.models import Theme
from states.models import State
from tests.actions import recorded

from .conftest import API

pytestmark = pytest.mark.django_db
DAY = {"as_of": "2011-08-20"}


@pytest.fixture
def theme(register: dict[str, State]) -> Theme:
    """A plan with an action for parties, an indicator of it, and two findings."""
    made = recorded.theme(recorded.plan())
    action = recorded.action(made, 8, months_from_entry_into_force=12)
    done = recorded.indicator(made, "thing.done", "yes_no", action)
    recorded.finding(register["NOR"], done, place="page 1", note="For staff.")
    recorded.finding(recorded.organization("icrc", "Red Cross"), done, "no")
    return made


def test_plans_come_with_their_themes(api: API, theme: Theme) -> None:
    (row,) = api.json("action-plans/")["results"]

    assert (row["code"], row["url"]) == ("vap", "http://testserver/api/v1/action-plans/vap/")
    assert [it["code"] for it in api.json("action-plans/vap/")["themes"]] == ["stockpiles"]


def test_an_action_says_whom_it_addresses_and_what_is_reported(api: API, theme: Theme) -> None:
    answer = api.json("actions/vap/8/", **DAY)

    assert (answer["checked"], answer["addressees"]) == ("no", "parties")
    assert answer["indicators"] == ["thing.done"]
    assert [
        (row["iso3"], row["addressed"], row["due_on"], row["reported"]) for row in answer["states"]
    ] == [
        ("NOR", True, "2011-08-01", "yes"),
        ("LTU", True, "2012-09-01", ""),
    ]


def test_findings_are_those_of_the_date(api: API, theme: Theme) -> None:
    rows = api.json("findings/", **DAY)["results"]

    assert [(row["iso3"], row["organisation"], row["name"], row["answer"]) for row in rows] == [
        ("NOR", "", "Norway", "yes"),
        ("", "icrc", "Red Cross", "no"),
    ]
    assert (rows[0]["place"], rows[0]["document"]) == ("page 1", "statement")
    assert "note" not in rows[0]
    assert api.json("findings/", as_of="2011-05-31")["count"] == 0


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"state": "NOR"}, 1),
        ({"organisation": "icrc"}, 1),
        ({"answer": "no"}, 1),
        ({"indicator": "thing.done"}, 2),
        ({"document": "statement"}, 2),
        ({"reported_from": "2011-06-02"}, 0),
    ],
)
def test_findings_are_asked_for_by_what_they_say(
    api: API, theme: Theme, asked: dict[str, str], count: int
) -> None:
    assert api.json("findings/", **DAY, **asked)["count"] == count


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"indicator": "thing.hidden"}, "“thing.hidden” is not a code that is known here."),
        ({"document": "secret"}, "“secret” is not a code that is known here."),
    ],
)
def test_what_is_not_shown_cannot_be_asked_for(
    api: API, theme: Theme, asked: dict[str, Any], message: str
) -> None:
    recorded.indicator(theme, "thing.hidden", published=False)
    recorded.document("secret", public=False)

    assert message in api.error("findings/", **asked)["message"]


def test_indicators_name_their_actions(api: API, theme: Theme) -> None:
    (row,) = api.json("indicators/", plan="vap", kind="yes_no")["results"]

    assert (row["code"], row["actions"]) == ("thing.done", ["vap:8"])
    assert api.csv("indicators/").splitlines()[1] == (
        "thing.done,Thing done,,yes_no,,vap,stockpiles,,vap:8"
    )


@pytest.mark.parametrize("path", ["action-plans/nothing/", "actions/vap/99/"])
def test_what_does_not_exist_is_not_found(api: API, theme: Theme, path: str) -> None:
    assert api.error(path, expected=404)["status"] == 404
