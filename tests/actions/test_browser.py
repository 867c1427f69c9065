"""Findings entered in a real browser: by keyboard, under the strict Content-Security-Policy."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from actions.models import Finding
from tests.admin.conftest import Desk

from . import evidence_rows as given

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[[str], Page]


@pytest.fixture
def opened(
    page: Page, live_server: LiveServer, transactional_db: None, page_errors: list[str]
) -> Open:
    """Opens an address of the admin as a superuser."""
    name = settings.SESSION_COOKIE_NAME
    value = Desk().client.cookies[name].value
    page.context.add_cookies([{"name": name, "value": value, "url": live_server.url}])

    def open_page(path: str) -> Page:
        page.goto(live_server.url + path)
        page.wait_for_load_state("networkidle")
        return page

    return open_page


def test_a_statement_is_read_by_keyboard(opened: Open, page_errors: list[str]) -> None:
    norway, document = given.norway(), given.source()
    given.indicator("stockpile.declared", title="Munitions held")
    given.indicator("clearance.declared", title="Contaminated areas")
    page = opened(
        reverse("admin:actions_finding_enter", query={"document": document.pk, "state": norway.pk})
    )

    # The search has the focus; Enter leads to the first row that fits.
    page.keyboard.type("conta")
    expect(page.get_by_role("row", name="Munitions held")).to_be_hidden()
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("page 3")
    expect(page.locator(".ticked")).to_have_text("1 tick")
    page.keyboard.press("Control+s")

    expect(page.locator(".messagelist")).to_contain_text("1 finding was recorded")
    finding = Finding.objects.get()
    assert (finding.indicator.code, finding.state, finding.answer, finding.place) == (
        "clearance.declared",
        norway,
        "yes",
        "page 3",
    )
    assert page_errors == []


def test_a_finding_is_published_and_retracted(opened: Open, page_errors: list[str]) -> None:
    finding = given.finding(given.norway(), given.indicator(), published=False)
    page = opened(reverse("admin:actions_finding_change", args=[finding.pk]))

    page.get_by_role("button", name="Save and publish").click()
    page.get_by_role("link", name="Norway").first.click()
    page.get_by_role("link", name="Retract").click()
    page.get_by_label("Why").fill("The source was misread.")
    page.get_by_role("button", name="Retract").click()

    expect(page.locator(".messagelist")).to_contain_text("1 finding was retracted")
    finding.refresh_from_db()
    assert (finding.is_published, finding.retraction_reason) == (True, "The source was misread.")
    assert page_errors == []
