"""Recording a report in a real browser: by keyboard alone, and nothing breaks the strict
Content-Security-Policy.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from reports.models import FormEntry, TransparencyReport
from states.models import DocumentFile, State
from tests.admin import records
from tests.admin.conftest import Desk
from tests.files import good
from tests.reports import given

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[[str], Page]
RECORD = "/admin/reports/transparencyreport/record/"
LIST = "/admin/reports/transparencyreport/"


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture
def opened(
    page: Page, live_server: LiveServer, transactional_db: None, page_errors: list[str]
) -> Open:
    """Opens an address of the admin as a superuser."""
    desk = Desk()
    cookie = desk.client.cookies[django_settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [
            {
                "name": django_settings.SESSION_COOKIE_NAME,
                "value": cookie,
                "url": live_server.url,
            }
        ]
    )

    def open_page(path: str) -> Page:
        page.goto(live_server.url + path)
        page.wait_for_load_state("networkidle")
        return page

    return open_page


@pytest.fixture
def norway(transactional_db: None) -> State:
    return records.party()


def test_report_is_recorded_by_keyboard(
    opened: Open, norway: State, page_errors: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(good.pdf())
    page = opened(RECORD)

    expect(page.locator("input[name=state]").first).to_be_focused()
    page.keyboard.type("norw")
    page.keyboard.press("Enter")
    expect(page.get_by_text("the initial report is due on 28 January 2011")).to_be_visible()
    # The next page stands ready for the date: only then does a person type on.
    expect(page.locator("#id_received_on")).to_be_focused()
    page.keyboard.type("27.1.2011")
    page.get_by_label("Files").set_input_files(file)
    page.keyboard.press("Control+s")

    expect(page.get_by_text("Recorded: Norway, Initial report")).to_be_visible()
    report = TransparencyReport.objects.get(state=norway)
    assert report.received_on == date(2011, 1, 27)
    assert DocumentFile.objects.get().document.reports.get() == report
    assert page_errors == []


def test_second_date_opens_for_a_day_that_is_not_known(opened: Open, norway: State) -> None:
    page = opened(RECORD + "?state=NOR")

    expect(page.get_by_label("or until")).to_be_hidden()
    page.get_by_text("The day is not known exactly").click()
    expect(page.get_by_label("or until")).to_be_visible()


def test_pages_of_reports_break_no_policy(
    opened: Open, norway: State, page_errors: list[str]
) -> None:
    report = given.report(norway, received="2011-01-27")
    FormEntry.objects.create(report=report, form="A", answer="not_applicable")
    paths = [
        "/admin/reports/",
        LIST,
        RECORD,
        RECORD + "?state=NOR",
        RECORD + "?other=1",
        f"{LIST}{report.pk}/change/",
        f"{LIST}{report.pk}/history/",
        f"{LIST}import/",
        "/admin/reports/formentry/",
        "/admin/reports/declaredquantity/",
        "/admin/reports/coverage/add/",
    ]
    broken = {}
    for path in paths:
        opened(path)
        if page_errors:
            broken[path] = list(page_errors)
            page_errors.clear()

    assert broken == {}
