"""The page on which people read the API's description."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from .conftest import API, ROOT


@pytest.mark.django_db
def test_the_page_has_no_script_or_style_of_its_own(api: API) -> None:
    response = api.get("docs/", as_of="2011-08-20")

    text = response.content.decode()
    assert response.status_code == 200
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert text.count("<script") == text.count("<script src=")
    assert "<style" not in text
    assert " style=" not in text


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_shows_the_addresses_and_tries_them(
    live_server: LiveServer, page: Page, page_errors: list[str]
) -> None:
    page.goto(f"{live_server.url}{ROOT}docs/")

    operation = page.locator("#operations-status-status_retrieve")
    operation.get_by_role("button").first.click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()

    answer = operation.locator(".live-responses-table .response-col_description code")
    expect(answer.first).to_contain_text('"states_parties": 0')
    assert page_errors == []
