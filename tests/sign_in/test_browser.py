"""Signing in as people do it: in a browser, with an app and with a passkey."""

import time
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.admin import records

from .conftest import PASSWORD, code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def chief(transactional_db: None) -> User:
    person = records.user()
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def address(live_server: LiveServer) -> str:
    """By name, because a passkey belongs to a name: a number is none."""
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def passkeys(page: Page) -> Iterator[None]:
    """The browser keeps passkeys behind a fingerprint that is always right."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield
    tools.detach()


def type_password(page: Page) -> None:
    page.fill("#id_login", "chief")
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_first_sign_in_adds_an_app_and_the_next_one_asks_for_it(
    page: Page, address: str, chief: User, page_errors: list[str]
) -> None:
    page.goto(f"{address}/admin/states/state/")
    type_password(page)
    page.get_by_role("link", name="Add an authenticator app").click()
    secret = page.locator("#authenticator_secret").inner_text()
    page.fill("#id_code", code(secret))
    page.get_by_role("button", name="Add").click()
    expect(page.locator("#recovery_codes li")).to_have_count(10)
    page.get_by_role("link", name="to the data entry").click()
    expect(page.locator("#user-tools")).to_contain_text("chief")

    page.locator("#logout-form button").click()
    type_password(page)
    page.fill("#id_code", code(secret, at=time.time() + 30))
    page.get_by_role("button", name="Sign in").click()

    expect(page.locator("#user-tools")).to_contain_text("chief")
    assert page_errors == []


def test_a_passkey_is_added_and_signs_in_without_a_password(
    page: Page, address: str, chief: User, passkeys: None, page_errors: list[str]
) -> None:
    page.goto(f"{address}/admin/")
    type_password(page)
    page.get_by_role("link", name="Add a key").click()
    page.locator("#id_passwordless").check()
    page.locator("#mfa_webauthn_add").click()
    expect(page.locator("#recovery_codes li")).to_have_count(10)

    page.goto(f"{address}/admin/")
    page.locator("#logout-form button").click()
    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.locator("#user-tools")).to_contain_text("chief")
    assert page_errors == []


@pytest.mark.parametrize("width", [1440, 375])
def test_pages_of_signing_in_fit_the_screen(
    page: Page, address: str, chief: User, width: int, page_errors: list[str]
) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{address}/admin/")
    type_password(page)
    page.get_by_role("heading", name="Second factor").wait_for()

    for path in ("", "totp/activate/", "webauthn/", "webauthn/add/"):
        page.goto(f"{address}/admin/account/second-factor/{path}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, path
    assert page_errors == []
