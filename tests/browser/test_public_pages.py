"""The public pages as their readers meet them, in a browser."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.admin import records

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/",
    "/?as_of=2008-12-03",
    "/states/",
    "/states/?q=swazi",
    "/states/lithuania/?as_of=2025-06-01",
    "/meetings/",
    "/figures/?expression=in_force",
    "/progress-reports/beirut-2011/reconciliation/",
    "/data/",
    "/about/",
    "/about/accessibility/",
]


def test_a_number_leads_to_its_states_and_a_state_to_its_evidence(
    page: Page, live_server: LiveServer, page_errors: list[str]
) -> None:
    records.party("NOR", "Norway")
    records.party("SEN", "Senegal", deposited="2011-08-03")

    page.goto(f"{live_server.url}/?as_of=2011-08-20")
    page.locator(".display").first.get_by_role("link", name="2", exact=True).click()
    expect(page.get_by_role("row")).to_have_count(3)
    page.get_by_role("table").get_by_role("link", name="Senegal").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Senegal")
    expect(page.locator(".page-head .lead")).to_have_text(
        "A State Party since it ratified on 3 August 2011, to be bound from 1 February 2012."
    )
    expect(page.locator(".date-now time")).to_have_text("20 August 2011")
    assert page_errors == []


def test_the_date_can_be_changed_and_the_filter_stays(page: Page, live_server: LiveServer) -> None:
    records.party("NOR", "Norway")
    records.party("SEN", "Senegal", deposited="2011-08-03")

    page.goto(f"{live_server.url}/states/?status=party&as_of=2011-08-20")
    page.get_by_text("Change date").click()
    page.get_by_label("As at", exact=True).fill("2011-08-02")
    page.get_by_role("button", name="Show").first.click()

    expect(page).to_have_url(re.compile(r"\?as_of=2011-08-02&status=party$"))
    expect(page.locator(".date-now time")).to_have_text("2 August 2011")
    expect(page.get_by_role("row")).to_have_count(2)


def test_pages_load_cleanly_and_nothing_scrolls_sideways(
    page: Page, live_server: LiveServer, dataset: None, page_errors: list[str]
) -> None:
    too_wide = []
    for width in (320, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        for path in PAGES:
            page.goto(live_server.url + path)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                too_wide.append((width, path))

    assert too_wide == []
    assert page_errors == []


@pytest.mark.parametrize(
    ("system", "other"),
    [("light", ("Light", "rgb(16, 24, 29)")), ("dark", ("Dark", "rgb(255, 255, 255)"))],
)
def test_the_other_colours_can_be_chosen_and_stay(
    browser: Browser,
    live_server: LiveServer,
    system: Literal["light", "dark"],
    other: tuple[str, str],
) -> None:
    page = browser.new_context(locale="en-GB", color_scheme=system).new_page()
    shown = "[getComputedStyle(document.body).backgroundColor, localStorage.length]"

    page.goto(f"{live_server.url}/about/")
    before = page.evaluate(shown)
    page.locator(".colours").click()
    page.goto(f"{live_server.url}/nowhere/")
    expect(page.locator(".colours")).to_contain_text(other[0])
    assert page.evaluate(shown) == [other[1], 1]

    page.locator(".colours").click()
    assert page.evaluate(shown) == before
    page.context.close()


def test_the_keyboard_reaches_the_content_first(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/about/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/about/#main$"))
    expect(page.locator("main")).to_be_focused()
