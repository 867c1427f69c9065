"""The data entry in a real browser: nothing is blocked by the strict Content-Security-Policy, the
choices and the rows work, and everything can be typed without a mouse.
"""

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from states.models import Document, Organization, State, TreatyAction
from tests.admin import records
from tests.admin.conftest import Desk, address
from tests.admin.records import Kind

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]


@pytest.fixture(autouse=True)
def roles(transactional_db: None) -> None:
    """The roles come from a migration, and other tests with a live server empty the tables."""
    records.make_roles()


@pytest.fixture
def opened(page: Page, live_server: LiveServer, page_errors: list[str]) -> Open:
    """Opens an address of the admin as somebody in a role (without one: a superuser)."""
    signed_in: list[Desk] = []

    def open_page(path: str, role: str = "") -> Page:
        if not signed_in:
            desk = Desk(role)
            signed_in.append(desk)
            page.context.add_cookies(
                [
                    {
                        "name": settings.SESSION_COOKIE_NAME,
                        "value": desk.client.cookies[settings.SESSION_COOKIE_NAME].value,
                        "url": live_server.url,
                    }
                ]
            )
        page.goto(live_server.url + path)
        page.wait_for_load_state("networkidle")
        return page

    return open_page


@pytest.fixture
def norway() -> State:
    return records.party()


def test_core_pages_break_no_policy(opened: Open, norway: State, page_errors: list[str]) -> None:
    latest = norway.history.latest().pk
    paths = [
        "/admin/",
        "/admin/states/",
        "/admin/password_change/",
        "/admin/auth/user/add/",
        "/admin/auth/group/add/",
        address(State, "changelist"),
        address(State, "change", norway.pk),
        address(State, "history", norway.pk),
        address(State, "simple_history", norway.pk, latest),
        *(
            address(model, page)
            for model in (TreatyAction, Document)
            for page in ("changelist", "add", "import", "export")
        ),
    ]
    broken = {}
    for path in paths:
        opened(path)
        if page_errors:
            broken[path] = list(page_errors)
        page_errors.clear()

    assert broken == {}


def test_page_of_a_deletion_breaks_no_policy(opened: Open, page_errors: list[str]) -> None:
    body = Organization.objects.create(code="un", name="United Nations", kind="un")

    opened(address(Organization, "delete", body.pk))

    assert page_errors == []


def test_sign_in_breaks_no_policy(
    page: Page, live_server: LiveServer, page_errors: list[str]
) -> None:
    person = records.user()
    person.set_password("a long enough sentence")
    person.save()

    page.goto(live_server.url + "/admin/login/")
    page.fill("#id_login", person.get_username())
    page.fill("#id_password", "a long enough sentence")
    page.keyboard.press("Enter")

    expect(page.locator("#user-tools")).to_contain_text("chief")
    assert page_errors == []


def test_state_is_chosen_by_typing_and_saved_without_a_mouse(
    opened: Open, norway: State, page_errors: list[str]
) -> None:
    records.state("FRA", "France")
    page = opened(address(TreatyAction, "add"), "Data entry")
    keyboard = page.keyboard

    keyboard.type("f")
    expect(page.locator(".select2-results__option")).to_have_text(["France"])
    keyboard.type("ran")
    expect(page.locator(".select2-results__option")).to_have_text(["France"])
    keyboard.press("Enter")
    keyboard.press("Tab")
    page.locator("#id_kind").focus()
    keyboard.type("Sig")
    page.locator("#id_date").focus()
    keyboard.type("3.12.2008")
    keyboard.press("Control+s")

    expect(page.locator(".messagelist .success")).to_be_visible()
    signature = TreatyAction.objects.get(state__iso3="FRA")
    assert (signature.kind, str(signature.date)) == (Kind.SIGNATURE, "2008-12-03")
    assert page_errors == []


def test_row_is_added_to_a_state_with_its_source(
    opened: Open, norway: State, page_errors: list[str]
) -> None:
    records.document("untc", title="Status of the Convention")
    page = opened(address(State, "change", norway.pk), "Data entry")

    page.get_by_text("Add another Treaty action").click()
    row = page.locator("#treaty_actions-3")
    row.locator("select[name$=kind]").select_option("withdrawal")
    row.locator("input[name$=date]").fill("2020-01-10")
    row.locator(".field-document .select2-selection").click()
    page.keyboard.type("status of")
    page.locator(".select2-results__option", has_text="Status of the Convention").click()
    page.locator("input[name=_save]").click()

    expect(page.locator(".messagelist .success")).to_be_visible()
    withdrawal = TreatyAction.objects.get(kind=Kind.WITHDRAWAL)
    assert (str(withdrawal.date), withdrawal.document) == (
        "2020-01-10",
        Document.objects.get(),
    )
    assert page_errors == []


def test_refused_row_shows_its_sentence_and_keeps_what_was_typed(
    opened: Open, norway: State, page_errors: list[str]
) -> None:
    page = opened(address(State, "change", norway.pk), "Data entry")
    row = page.locator("#treaty_actions-2")
    row.locator("select[name$=kind]").select_option("accession")
    row.locator("input[name$=date]").fill("1/2/2012")
    page.keyboard.press("Control+s")

    expect(page.locator("#treaty_actions-group .row-form-errors")).to_contain_text(
        "A state deposits one instrument, and this one did on 3 December 2008 (Article 16)"
    )
    assert row.locator("input[name$=date]").input_value() == "1/2/2012"
    assert page_errors == []


def test_document_is_added_in_a_window_of_its_own(
    opened: Open, page: Page, page_errors: list[str]
) -> None:
    in_any_window: list[str] = []
    page.context.on(
        "console",
        lambda message: in_any_window.append(message.text) if message.type == "error" else None,
    )
    opened(address(TreatyAction, "add"), "Data entry")

    with page.expect_popup() as opening:
        page.locator("#add_id_document").click()
    popup = opening.value
    popup.locator("#id_title").press_sequentially("Depositary notification")
    popup.locator("#id_kind").select_option("depositary_record")
    expect(popup.locator("#id_code")).to_have_value("depositary-notification")
    popup.locator("input[name=_save]").click()

    expect(page.locator("#id_document option:checked")).to_have_text("Depositary notification")
    assert (page_errors, in_any_window) == ([], [])


def test_chosen_drafts_are_published_from_the_list(opened: Open, page_errors: list[str]) -> None:
    records.action(records.state(), Kind.SIGNATURE, "2008-12-03")
    page = opened(address(TreatyAction, "changelist"), "Editor")

    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option("publish_selected")
    page.get_by_role("button", name="Go").click()

    expect(page.locator(".messagelist .success")).to_have_text("1 record was published.")
    assert TreatyAction.objects.published().count() == 1
    assert page_errors == []


def test_file_is_previewed_and_imported(opened: Open, page_errors: list[str]) -> None:
    records.state()
    page = opened(address(TreatyAction, "import"), "Data entry")
    text = "iso3,kind,date\nNOR,signature,2008-12-03\n"

    page.locator("input[type=file]").set_input_files(
        {"name": "entries.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    page.locator(".submit-row input").click()
    expect(page.locator(".import-preview tbody tr, .import-preview tr.new")).to_have_count(1)
    page.locator("input[name=confirm]").click()

    expect(page.locator(".messagelist .success")).to_contain_text("1 new")
    assert TreatyAction.objects.get().is_published is False
    assert page_errors == []
