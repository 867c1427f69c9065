"""A delegate on a phone, a researcher after the data, a member of staff who records a finding."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from actions.models import Indicator
from states.models import Document, State
from tests.admin import records
from tests.sign_in.conftest import PASSWORD, code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY = "as_of=2011-08-20"


def test_a_delegate_reads_on_a_phone_without_scripts(
    browser: Browser, live_server: LiveServer, dataset: None
) -> None:
    context = browser.new_context(
        viewport={"width": 375, "height": 800}, java_script_enabled=False, locale="en-GB"
    )
    page = context.new_page()

    page.goto(f"{live_server.url}/?{DAY}")
    page.get_by_text("More", exact=True).click()
    page.locator(".navigation-more").get_by_role("link", name="Explore").click()
    expect(page.locator(".date-now time")).to_have_text("20 August 2011")
    page.locator("#find").fill("Laos")
    page.locator("#find").press("Enter")
    page.locator(".hit").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lao People's Democratic Republic")
    page.get_by_text("Change date").click()
    page.locator(".landmarks").get_by_role("link", name="First Meeting").click()
    expect(page.locator(".date-now time")).to_have_text("12 November 2010")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lao People's Democratic Republic")
    context.close()


def test_a_researcher_goes_from_a_number_to_its_file(
    page: Page, live_server: LiveServer, dataset: None, tmp_path: Path, page_errors: list[str]
) -> None:
    page.goto(f"{live_server.url}/themes/stockpile-destruction/?{DAY}")
    page.locator(".stage").first.get_by_role("link", name="8", exact=True).click()
    expect(page).to_have_url(re.compile(r"as_of=2011-08-20"))
    expect(page.locator("main")).to_contain_text("Republic of Moldova")

    page.goto(f"{live_server.url}/data/?{DAY}")
    row = page.get_by_role("row").filter(has_text="What public documents say of states")
    with page.expect_download() as downloading:
        row.get_by_role("link", name="CSV", exact=True).click()
    file = tmp_path / "findings.csv"
    downloading.value.save_as(file)

    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    completed = {row["iso3"] for row in rows if row["indicator"] == "stockpile.completed"}
    assert downloading.value.suggested_filename == "findings-2011-08-20.csv"
    assert {"AUT", "BEL", "MDA"} <= completed
    assert page_errors == []


def test_a_finding_of_the_staff_changes_the_public_number(
    page: Page,
    live_server: LiveServer,
    dataset: None,
    page_errors: list[str],
    settings: Settings,
) -> None:
    settings.SECOND_FACTOR = "required"
    records.make_roles()
    chief = records.user()
    chief.set_password(PASSWORD)
    chief.save()
    japan = State.objects.get(iso3="JPN")
    document = Document.objects.get(code="beirut-progress-report-draft")
    begun = Indicator.objects.get(code="stockpile.destruction_started")
    overview = f"{live_server.url}/themes/stockpile-destruction/?as_of=2011-09-01"
    page.goto(overview)
    stage = page.locator(".stage").filter(has_text="Begun")
    expect(stage.locator(".figure")).to_have_text("4")

    entering = f"/admin/actions/finding/enter/?document={document.pk}&state={japan.pk}"
    page.goto(live_server.url + entering)
    page.fill("#id_login", "chief")
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="Second factor").wait_for()
    page.get_by_role("link", name="Add an authenticator app").click()
    page.fill("#id_code", code(page.locator("#authenticator_secret").inner_text()))
    page.get_by_role("button", name="Add").click()
    page.goto(live_server.url + entering)
    page.locator(f"#id_i{begun.pk}-yes").check()
    page.locator(f"#id_i{begun.pk}-place").fill("paragraph 29")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.locator(".messagelist")).to_be_visible()

    page.goto(overview)
    expect(stage.locator(".figure")).to_have_text("5")
    expect(stage).to_contain_text("Japan")
    assert page_errors == []


def test_the_keyboard_alone_reaches_search_date_and_content(
    page: Page, live_server: LiveServer, dataset: None
) -> None:
    page.goto(f"{live_server.url}/?{DAY}")
    reached = []
    for _ in range(14):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "(document.activeElement.id || document.activeElement.textContent).trim()"
            )
        )
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert outline != "0px", reached[-1]

    assert reached[0] == "Skip to the content"
    assert {"Overview", "Themes", "find", "Change date"} <= set(reached)

    page.locator("#find").focus()
    page.keyboard.type("victim")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?.*q=victim"))
    expect(page.get_by_role("heading", name="Actions")).to_be_visible()


def test_at_four_times_the_size_nothing_is_lost(
    page: Page, live_server: LiveServer, dataset: None
) -> None:
    """1280 px at 400 % are 320 px: the words of the wide page are all there."""
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(f"{live_server.url}/themes/clearance/?{DAY}")

    row = page.get_by_role("row").filter(has_text="Lao People's Democratic Republic")
    expect(row.get_by_role("link", name="Risk reduction: reported")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_on_paper_the_date_stays_and_the_navigation_goes(
    page: Page, live_server: LiveServer, dataset: None
) -> None:
    page.goto(f"{live_server.url}/?{DAY}")
    page.emulate_media(media="print")

    expect(page.locator(".date-now time")).to_be_visible()
    expect(page.locator(".navigation")).to_be_hidden()
    expect(page.locator(".find")).to_be_hidden()
    expect(page.locator(".world")).to_be_visible()
