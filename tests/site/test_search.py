"""One search over everything public, and what it says where nothing is found."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ccm_portal.site.search import Found

pytestmark = pytest.mark.usefixtures("dataset")

SEARCH_QUERIES = 13


def found(client: Client, text: str, as_of: str = "2011-08-20") -> Found:
    shown: Found = client.get("/search/", {"q": text, "as_of": as_of}).context["found"]
    return shown


def titles(client: Client, text: str, group: str, as_of: str = "2011-08-20") -> list[str]:
    return [
        hit.title
        for every in found(client, text, as_of).groups
        if every.title == group
        for hit in every.hits
    ]


@pytest.mark.parametrize(
    ("text", "as_of", "states"),
    [
        ("Laos", "2011-08-20", ["Lao People's Democratic Republic"]),
        ("lao pdr", "2011-08-20", ["Lao People's Democratic Republic"]),
        ("Swazi", "2025-06-01", ["Eswatini"]),
        ("Eswatini", "2011-08-20", ["Swaziland"]),
        ("côte d’ivoire", "2011-08-20", ["Côte d'Ivoire"]),
        ("cote divoire", "2011-08-20", ["Côte d'Ivoire"]),
        ("Allemagne", "2011-08-20", ["Germany"]),
        ("GB", "2011-08-20", ["United Kingdom of Great Britain and Northern Ireland"]),
        ("nor", "2011-08-20", ["Norway"]),
    ],
)
def test_a_state_is_found_by_any_spelling(
    client: Client, text: str, as_of: str, states: list[str]
) -> None:
    assert states[0] in titles(client, text, "States", as_of)


def test_the_state_that_a_text_means_exactly_comes_first(client: Client) -> None:
    assert titles(client, "Niger", "States")[:2] == ["Niger", "Nigeria"]
    assert titles(client, "Guinea", "States")[0] == "Guinea"


def test_a_misspelt_state_is_found_by_likeness(client: Client) -> None:
    shown = found(client, "Germny")

    assert shown.groups == ()
    assert shown.nearest[0].title == "Germany"


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ("21", ["Vientiane: Action 21"]),
        ("action 21", ["Vientiane: Action 21"]),
        ("Actions 21 victim", ["Vientiane: Action 21"]),
        ("action", []),
        ("9999999999999999999", []),
    ],
)
def test_an_action_is_found_by_its_number(client: Client, text: str, actions: list[str]) -> None:
    assert titles(client, text, "Actions") == actions


def test_actions_are_found_by_words_in_any_order(client: Client) -> None:
    assert "Vientiane: Action 2" in titles(client, "ratify signatories", "Actions")


def test_meetings_and_documents_are_found(client: Client) -> None:
    assert titles(client, "1msp", "Meetings") == ["First Meeting of States Parties"]
    assert titles(client, "vientiane", "Meetings") == ["First Meeting of States Parties"]
    assert titles(client, "status chapter", "Documents") != []


def test_what_cannot_be_found_is_explained(client: Client) -> None:
    page = client.get("/search/", {"q": "zzzzqq"}).content.decode()

    assert "Nothing here is called “zzzzqq”." in page
    assert "Each word has to begin a word of a name or a title." in page


@pytest.mark.parametrize("text", ["", "   ", "—", "'"])
def test_without_a_word_the_page_says_what_can_be_searched_for(client: Client, text: str) -> None:
    answer = client.get("/search/", {"q": text})

    assert answer.status_code == 200
    assert answer.context["found"] is None


@pytest.mark.parametrize("text", ["zzz", "xyz", "report", "a"])
def test_states_that_are_not_like_a_text_are_not_proposed(client: Client, text: str) -> None:
    assert found(client, text).nearest == ()


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Kongo", "Congo"),
        ("hertzegovina", "Bosnia and Herzegovina"),
        ("Untied Kingdom", "United Kingdom of Great Britain and Northern Ireland"),
        ("Chzech", "Czech Republic"),
        ("burkinafaso", "Burkina Faso"),
    ],
)
def test_states_that_are_like_a_text_are_proposed(client: Client, text: str, state: str) -> None:
    assert state in [hit.title for hit in found(client, text).nearest]


def test_a_text_that_is_too_long_is_refused_with_a_sentence(client: Client) -> None:
    answer = client.get("/search/", {"q": "<b>" + "x" * 4997})
    page = answer.content.decode()

    assert answer.status_code == 400
    assert "A search may have 100 characters; this one has 5000." in page
    assert "<b>x" not in page
    assert len(page) < 40_000


def test_markup_is_shown_as_text(client: Client) -> None:
    assert "<b>x" not in client.get("/search/", {"q": "<b>x"}).content.decode()


def test_results_keep_the_date(client: Client) -> None:
    hit = found(client, "Norway", "2010-01-01").groups[0].hits[0]

    assert hit.url == "/states/norway/?as_of=2010-01-01"


def test_a_search_costs_a_fixed_number_of_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/search/", {"q": "Fiji"})
    for text in ("Norway", "report"):
        with django_assert_num_queries(SEARCH_QUERIES):
            client.get("/search/", {"q": text, "as_of": "2011-08-20"})
