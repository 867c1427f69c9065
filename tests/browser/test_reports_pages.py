"""The pages on reports as their readers meet them: in a browser, without a script of ours."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/?as_of=2011-08-20",
    "/?as_of=2022-08-31",
    "/reports/?as_of=2010-12-01",
    "/reports/?as_of=2011-08-20",
    "/reports/?as_of=2022-08-31",
    "/reports/?as_of=2023-06-01&kind=annual",
    "/reports/?as_of=2011-08-20&state=nowhere",
    "/reports/overdue/?as_of=2011-08-20",
    "/reports/overdue/?as_of=2023-06-01",
    "/reports/mali/initial/?as_of=2017-01-01",
    "/reports/canada/voluntary-2011/",
    "/states/niger/?as_of=2011-08-20",
    "/states/canada/?as_of=2023-06-01",
]


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


def test_the_matrix_is_a_table_whose_marks_have_words_and_lead_on(
    page: Page, live_server: LiveServer, dataset: None, page_errors: list[str]
) -> None:
    page.goto(f"{live_server.url}/reports/?as_of=2011-08-20")
    table = page.get_by_role("table", name="Reports of Albania to Lebanon, on 20 August 2011")
    row = table.get_by_role("row", name="Albania")
    expect(row.get_by_role("link")).to_have_text(
        [
            "Albania",
            "Initial report: in, day not known, Jan 2011",
            "Annual report for 2011: not yet due, 30 Apr 2012",
            "Annual report for 2012: not yet due, 30 Apr 2013",
        ]
    )
    row.get_by_role("link", name="Initial report").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Albania: initial report")
    expect(page.locator(".date-now time")).to_have_text("20 August 2011")
    assert page_errors == []


def test_a_number_of_the_counts_filters_the_matrix_and_the_date_stays(
    page: Page, live_server: LiveServer, dataset: None
) -> None:
    page.goto(f"{live_server.url}/reports/?as_of=2011-08-20")
    page.get_by_label("Initial reports", exact=True).get_by_role(
        "link", name="9", exact=True
    ).click()

    expect(page.locator(".matrix-table tbody tr")).to_have_count(9)
    expect(page.get_by_label("State of play")).to_have_value("overdue")
    expect(page.locator(".date-now time")).to_have_text("20 August 2011")


def test_on_a_phone_the_matrix_keeps_the_initial_report(
    page: Page, live_server: LiveServer, dataset: None
) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(f"{live_server.url}/reports/?as_of=2011-08-20&state=Norway")

    expect(page.locator(".matrix-table td.year").first).to_be_hidden()
    expect(page.get_by_role("link", name="Initial report: in time")).to_be_visible()
