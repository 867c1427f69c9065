"""Ten questions that a delegate asks, each answered in at most two clicks from the overview."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_CLICKS = 2
Click = Callable[[Page], None]


def link(name: str, *, within: str = "main") -> Click:
    """Follow the first link of a name."""
    return lambda page: (
        page.locator(within).get_by_role("link", name=name, exact=True).first.click()
    )


def find(text: str) -> Click:
    """Type into the search box and press Enter."""

    def type_it(page: Page) -> None:
        page.locator("#find").fill(text)
        page.locator("#find").press("Enter")

    return type_it


def says(*texts: str) -> Click:
    """The page says all of this, where it can be seen."""

    def look(page: Page) -> None:
        for text in texts:
            expect(page.locator("main")).to_contain_text(text)

    return look


QUESTIONS: dict[str, tuple[list[Click], Click]] = {
    "How many are in?": ([], says("60", "States Parties", "49", "signatories")),
    "Is Niger late?": ([], says("Overdue", "Niger", "204")),
    "Who joined since the last meeting?": (
        [link("14", within=".bracket")],
        says("Botswana", "Bulgaria", "Senegal"),
    ),
    "Who needs help with clearance?": (
        [
            link("Cooperation and assistance", within=".glance"),
            link("3", within=".bar-table tr:has-text('clearance or risk reduction')"),
        ],
        says("Croatia", "Lao People's Democratic Republic", "Lebanon"),
    ),
    "Who still has stockpiles?": (
        [link("11", within=".glance")],
        says("Japan", "Germany", "Chile"),
    ),
    "What falls due next, and for whom?": ([], says("28 Aug", "Monaco", "Tunisia")),
    "What must Laos do, and by when?": (
        [find("Laos"), link("Lao People's Democratic Republic")],
        says("Clearance of contaminated areas", "1 August 2020"),
    ),
    "Which signatories are about to ratify?": (
        [link("Themes", within="header"), link("Universalization")],
        says("Signatories about to ratify"),
    ),
    "Who gives assistance?": (
        [link("Cooperation and assistance", within=".glance")],
        says("Those that give", "Norway"),
    ),
    "How did things stand at the First Meeting?": (
        [link("1MSP Nov 2010", within=".date-band")],
        says("46", "States Parties"),
    ),
    "What changed since the last meeting?": (
        [link("What changed since, number by number")],
        says("From 12 November 2010 to 20 August 2011", "+14"),
    ),
    "Who has a law on cluster munitions?": (
        [link("11", within=".glance-item:has-text('National laws')")],
        says("Austria", "Luxembourg"),
    ),
}


def test_ten_questions_take_two_clicks_at_most(
    page: Page, live_server: LiveServer, dataset: None, page_errors: list[str]
) -> None:
    for clicks, answer in QUESTIONS.values():
        assert len(clicks) <= MOST_CLICKS
        page.goto(f"{live_server.url}/?as_of=2011-08-20")
        for click in clicks:
            click(page)
        answer(page)

    assert len(QUESTIONS) >= 10
    assert page_errors == []
