"""Two days side by side: the change in every number, and the states behind it."""

import pytest
from django.test import Client

from ccm_portal.site.changes import Change

pytestmark = pytest.mark.usefixtures("dataset")


def changes(client: Client, **query: str) -> dict[str, Change]:
    groups = client.get("/compare/", query).context["groups"]
    return {line.title: line for group in groups for line in group.lines}


def test_without_a_day_the_latest_meeting_is_compared_with(client: Client) -> None:
    parties = changes(client, as_of="2011-08-20")["States Parties"]

    assert (parties.before.count, parties.now.count, parties.signed) == (46, 60, "+14")
    assert len(parties.gained) == 14
    assert parties.lost == ()


def test_each_number_leads_to_its_day(client: Client) -> None:
    parties = changes(client, **{"as_of": "2011-08-20", "with": "2010-08-01"})["States Parties"]

    assert parties.before.url == "/figures/?expression=parties&as_of=2010-08-01"
    assert parties.now.url == "/figures/?expression=parties&as_of=2011-08-20"


def test_the_order_of_the_two_days_does_not_matter(client: Client) -> None:
    one = changes(client, **{"as_of": "2011-08-20", "with": "2010-08-01"})
    other = changes(client, **{"as_of": "2010-08-01", "with": "2011-08-20"})

    assert {title: line.by for title, line in one.items()} == {
        title: line.by for title, line in other.items()
    }


def test_a_number_that_fell_says_who_left_it(client: Client) -> None:
    signatories = changes(client, as_of="2011-08-20")["Signatories"]

    assert (signatories.by, signatories.signed) == (-13, "−13")
    assert len(signatories.lost) == 13


@pytest.mark.parametrize("wrong", ["yesterday", "2007-01-01", "2999-01-01"])
def test_a_wrong_day_is_refused_in_a_sentence(client: Client, wrong: str) -> None:
    assert client.get("/compare/", {"with": wrong}).status_code == 400
