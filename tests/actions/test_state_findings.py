"""What documents say of a state, on its page."""

from datetime import date

import pytest
from django.test import Client

from actions.models import Theme
from states.models import State
from tests.admin import records

from . import recorded

pytestmark = pytest.mark.django_db
DAY = {"as_of": "2011-08-20"}


@pytest.fixture
def albania() -> State:
    records.party("BEL", "Belgium")
    return records.party("ALB", "Albania")


@pytest.fixture
def theme() -> Theme:
    return recorded.theme(recorded.plan(), "stockpiles", complete_through=date(2011, 8, 20))


def test_findings_stand_by_theme_with_their_documents(
    client: Client, albania: State, theme: Theme
) -> None:
    action = recorded.action(theme, 8)
    done = recorded.indicator(theme, "thing.done", "yes_no", action, sentence_yes="Has done it.")
    recorded.finding(albania, done, place="page 1")
    recorded.finding(albania, done, cites="other", place="page 2")
    recorded.finding(State.objects.get(iso3="BEL"), done)

    section = client.get("/states/albania/", DAY).context["findings"]

    assert [group.title for group in section.themes] == ["Stockpiles"]
    (said,) = section.themes[0].said
    assert said.sentences == ("Has done it.",)
    assert [(item.document, item.place) for item in said.evidence] == [
        ("Document statement", "page 1"),
        ("Document other", "page 2"),
    ]
    assert said.others.count == 2
    assert [action.number for action in said.actions] == [8]


def test_a_dispute_is_said_to_be_one(client: Client, albania: State, theme: Theme) -> None:
    done = recorded.indicator(theme, "thing.done", sentence_no="Has not done it.")
    recorded.finding(albania, done)
    recorded.finding(albania, done, "no", cites="other")

    (said,) = client.get("/states/albania/", DAY).context["findings"].themes[0].said

    assert said.is_disputed
    assert said.sentences == ("Thing done", "Has not done it.")


@pytest.mark.parametrize(
    ("as_of", "not_reported", "silent"),
    [("2011-08-20", ["stockpiles"], []), ("2011-08-21", [], ["stockpiles"])],
)
def test_a_silent_theme_is_not_reported_only_as_far_as_it_is_vouched_for(
    client: Client,
    albania: State,
    theme: Theme,
    as_of: str,
    not_reported: list[str],
    silent: list[str],
) -> None:
    recorded.indicator(theme, "thing.done")

    section = client.get("/states/albania/", {"as_of": as_of}).context["findings"]

    assert [it.code for it in section.not_reported] == not_reported
    assert [it.code for it in section.silent] == silent


def test_the_download_of_a_state_has_its_findings(
    client: Client, albania: State, theme: Theme
) -> None:
    done = recorded.indicator(theme, "thing.done", article="3")
    recorded.finding(albania, done, occurred="2011-03-01", place="page 1")

    rows = client.get("/states/albania.csv", DAY).content.decode().splitlines()

    assert rows[-1] == (
        "ALB,Albania,thing.done,2011-03-01,3,yes,Document statement,page 1,Thing done"
    )
