"""What documents say of a state, on its page."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client, override_settings
from pytest_django import DjangoAssertNumQueries

from actions.models import Finding, Theme
from actions.state_record import StateRecord
from states.models import Document, State
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

    recorded.finding(State.objects.get(iso3="BEL"), done)

    answer = client.get("/states/albania/", DAY)
    (said,) = answer.context["findings"].themes[0].said

    assert said.is_disputed
    assert said.sentences == ("Thing done", "Has not done it.")
    # Belgium alone certainly has done it.
    assert "The only one" not in answer.content.decode()
    listed = client.get("/states/albania/findings/", DAY).content.decode()
    assert listed.count("This finding says no.") == 1


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


def test_much_that_is_said_is_shown_by_its_newest_and_leads_to_all(
    client: Client, albania: State, theme: Theme
) -> None:
    done = recorded.indicator(theme, "thing.done")
    other = recorded.indicator(theme, "thing.else")
    for month in range(1, 8):
        recorded.finding(albania, done, reported=f"2011-0{month}-01", place=f"page {month}")
    recorded.finding(albania, other)

    answer = client.get("/states/albania/", DAY)
    (said, _of_other) = answer.context["findings"].themes[0].said

    assert [item.place for item in said.evidence] == ["page 5", "page 6", "page 7"]
    assert said.more == 4
    address = "/states/albania/findings/?indicator=thing.done&amp;as_of=2011-08-20"
    assert f'<a href="{address}">4 more findings</a>' in answer.content.decode()
    listed = client.get(address.replace("&amp;", "&")).context["findings"]
    assert [evidence.place for _subject, evidence in listed] == [
        f"page {n}" for n in range(7, 0, -1)
    ]


@override_settings(PAGE_CACHE=True)
def test_what_is_kept_of_a_state_shows_each_day_as_it_was_and_each_change_at_once(
    client: Client, albania: State, theme: Theme
) -> None:
    done = recorded.indicator(theme, "thing.done")
    draft = recorded.finding(albania, done, place="page 9", published=False)
    recorded.finding(albania, done, reported="2011-06-01", ended="2011-08-01", place="page 1")
    wrong = recorded.finding(albania, done, "no", reported="2011-07-01", place="page 2")

    def places(on: str) -> list[str]:
        section = client.get("/states/albania/", {"as_of": on}).context["findings"]
        said = [said for group in section.themes for said in group.said]
        return [item.place for it in said for item in it.evidence]

    days = {
        "2011-05-31": [],
        "2011-06-01": ["page 1"],
        "2011-07-31": ["page 1", "page 2"],
        "2011-08-01": ["page 2"],
    }
    assert {on: places(on) for on in days} == days

    wrong.place = "page 3"
    wrong.save()
    assert places("2011-08-02") == ["page 3"]
    Finding.objects.filter(pk=wrong.pk).update(published_at=None)
    assert places("2011-08-02") == []
    Finding.objects.filter(pk=draft.pk).update(published_at=records.NOW)
    assert places("2011-08-02") == ["page 9"]
    Document.objects.update(is_public=False)
    assert places("2011-08-02") == []


WHAT_TAKES_A_FINDING_AWAY: dict[str, Callable[[], object]] = {
    "not published": lambda: Finding.objects.update(published_at=None),
    "retracted": lambda: Finding.objects.update(
        retracted_at=records.NOW, retraction_reason="Read wrongly."
    ),
    "document not public": lambda: Document.objects.update(is_public=False),
    "of another state": lambda: Finding.objects.update(state=State.objects.get(iso3="BEL")),
}


@pytest.mark.parametrize("write", WHAT_TAKES_A_FINDING_AWAY.values(), ids=WHAT_TAKES_A_FINDING_AWAY)
def test_a_finding_that_goes_while_a_page_is_made_is_not_on_it(
    write: Callable[[], object], albania: State, theme: Theme
) -> None:
    done = recorded.indicator(theme, "thing.done")
    recorded.finding(albania, done)
    record = StateRecord.load(albania.pk)
    standing = record.standing(date(2011, 8, 20), done.pk, "yes")
    assert len(standing) == 1

    write()

    assert record.evidence(standing) == {}


@override_settings(PAGE_CACHE=True)
def test_another_day_of_a_state_asks_the_database_for_nothing_but_the_version(
    client: Client,
    albania: State,
    theme: Theme,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    done = recorded.indicator(theme, "thing.done")
    for number in range(9):
        recorded.finding(albania, done, place=f"page {number}")
    for day in ("2011-08-01", "2011-08-02"):
        client.get("/states/albania/", {"as_of": day})

    with django_assert_num_queries(1):
        client.get("/states/albania/", {"as_of": "2011-08-03"})


@override_settings(PAGE_CACHE=True)
def test_what_was_set_for_one_day_leads_to_each_day_and_counts_anew(
    client: Client, albania: State, theme: Theme
) -> None:
    action = recorded.action(theme, 8)
    done = recorded.indicator(theme, "thing.done", "yes_no", action)
    for number in range(4):
        recorded.finding(albania, done, place=f"page {number}")
    recorded.finding(State.objects.get(iso3="BEL"), done, reported="2011-08-02")
    recorded.finding(albania, done, reported="2011-08-04", place="page 5")

    def said(query: dict[str, str]) -> tuple[list[str], list[str]]:
        """What the page says beside the sentence and the documents, and where that leads."""
        page = client.get("/states/albania/", query).content.decode()
        (block,) = re.findall(r'<div class="said">.*?</ul>', page, re.DOTALL)
        links = re.findall(r'<a[^>]* href="([^"]*)">(.*?)</a>', block)
        return [text for _url, text in links], [url.partition("as_of=")[2] for url, _text in links]

    others, more = "The only one of the States Parties", "1 more finding"
    day = "2011-08-01"
    assert said({"as_of": day}) == ([others, "8", more], [day] * 3)
    for day in ("2011-08-02", "2011-08-03"):
        assert said({"as_of": day}) == (["2", "8", more], [day] * 3)
    day = "2011-08-04"
    assert said({"as_of": day}) == (["2", "8", "2 more findings"], [day] * 3)
    assert said({}) == (["2", "8", "2 more findings"], [""] * 3)


def test_the_list_of_all_findings_has_pages_and_bears_wrong_ones(
    client: Client, albania: State, theme: Theme
) -> None:
    done = recorded.indicator(theme, "thing.done")
    for number in range(103):
        recorded.finding(albania, done, place=f"page {number}")

    first, second, wrong = (
        client.get("/states/albania/findings/", DAY | {"page": page}).context["page"]
        for page in ("1", "2", "x")
    )

    assert [len(page) for page in (first, second, wrong)] == [100, 3, 100]
    none = client.get("/states/albania/findings/", DAY | {"indicator": "no.such"})
    assert "No published document says anything on this subject" in none.content.decode()
    assert client.get("/states/atlantis/findings/").status_code == 404
    moved = client.get("/states/ALB/findings/", {"indicator": "thing.done"})
    assert moved.headers["Location"] == "/states/albania/findings/?indicator=thing.done"


def test_of_things_that_are_counted_nobody_is_called_one_of_so_many_states(
    client: Client, albania: State, theme: Theme
) -> None:
    """Two papers of one State are not two States."""
    paper = recorded.indicator(theme, "thing.paper", "occurrence", unit="papers")
    recorded.finding(albania, paper, label="first")
    recorded.finding(albania, paper, label="second", place="page 2")

    answer = client.get("/states/albania/", DAY)

    assert answer.context["findings"].themes[0].said[0].others is None
    assert "One of <a" not in answer.content.decode()
