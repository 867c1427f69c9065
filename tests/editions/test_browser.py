"""Editions in a real browser: numbers open on evidence, chapters are previewed while typed."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.admin.conftest import Desk
from tests.admin.records import make_roles

from . import given

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TINT = "rgb(220, 235, 239)"


def background(page: Page, selector: str) -> str:
    colour: str = page.locator(selector).first.evaluate(
        "element => getComputedStyle(element).backgroundColor"
    )
    return colour


@pytest.mark.parametrize("width", [1440, 375])
def test_a_chosen_number_its_note_and_its_evidence_share_a_tint(
    page: Page, live_server: LiveServer, page_errors: list[str], width: int
) -> None:
    norway, *_others = given.three_parties()
    given.finding(given.indicator(), norway, given.document())
    report = given.report(published_at=given.NOW)
    given.chapter(report, "{{parties; parties}} and {{stockpile.declared; parties}} here.")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/progress-reports/demo/")
    expect(page.locator("#evidence-2")).to_be_hidden()

    page.get_by_role("link", name="one State Party").click()

    expect(page.locator("#evidence-2")).to_be_visible()
    assert background(page, "a.f2") == TINT
    assert background(page, ".side-note.f2") == TINT
    assert background(page, "#evidence-2") == TINT
    assert background(page, "a.f1") != TINT
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.get_by_role("link", name="Close").click()
    expect(page.locator("#evidence-2")).to_be_hidden()
    assert page_errors == []


def test_a_chapter_is_previewed_while_it_is_typed(
    page: Page, live_server: LiveServer, page_errors: list[str]
) -> None:
    make_roles()
    given.three_parties()
    section = given.chapter(given.report(), "Nothing yet.")
    session = Desk("Data entry").client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    page.goto(live_server.url + reverse("admin:actions_progresssection_change", args=(section.pk,)))
    prose = page.locator("textarea.prose-source")

    prose.fill("{{parties; parties}} and {{partis}}.")

    expect(page.get_by_role("link", name="Three States Parties")).to_be_visible()
    expect(page.get_by_text("no set is called “partis”. Did you mean “parties”?")).to_be_visible()
    page.get_by_role("button", name="Line 1, character 28").click()
    chosen = prose.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)")
    assert chosen == "{{partis}}"
    assert page_errors == []
