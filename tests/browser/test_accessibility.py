"""Every public template, held against axe's rules: light, dark, right to left, and 320 px wide.

The modes share one browser and one load of the data. Each page leaves a picture behind.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY = "as_of=2011-08-20"
PAGES = [
    f"/?{DAY}",
    "/?as_of=2008-12-03",
    f"/states/?{DAY}",
    "/states/?q=zzzz",
    f"/states/lao-peoples-democratic-republic/?{DAY}",
    f"/states/haiti/?{DAY}",
    f"/reports/?{DAY}",
    f"/reports/overdue/?{DAY}",
    f"/reports/norway/initial/?{DAY}",
    f"/deadlines/?{DAY}",
    f"/themes/?{DAY}",
    f"/themes/universalization/?{DAY}",
    f"/themes/stockpile-destruction/?{DAY}",
    f"/themes/victim-assistance/?{DAY}",
    f"/themes/transparency/?{DAY}",
    f"/progress-reports/?{DAY}",
    f"/progress-reports/beirut-2011/chapters/i/?{DAY}",
    f"/progress-reports/beirut-2011/reconciliation/?{DAY}",
    f"/actions/?{DAY}",
    f"/actions/vientiane/?{DAY}",
    f"/actions/vientiane/5/?{DAY}",
    f"/compare/?{DAY}",
    f"/search/?q=laos&{DAY}",
    "/search/?q=zzzz",
    f"/figures/?{DAY}",
    f"/figures/?expression=stockpile.declared&{DAY}",
    "/figures/?expression=nonsense",
    f"/meetings/?{DAY}",
    f"/data/?{DAY}",
    f"/about/?{DAY}",
    "/about/accessibility/",
    "/nowhere/",
    "/?as_of=yesterday",
    "/admin/account/login/",
]
MODES: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
    "rtl": {"viewport": {"width": 1440, "height": 900}, "locale": "ar"},
    "narrow": {"viewport": {"width": 320, "height": 800}, "color_scheme": "light"},
}


@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    mode: str,
    browser: Browser,
    live_server: LiveServer,
    dataset: None,
    pictures: Path,
    settings: Settings,
) -> None:
    # Arabic has no texts of its own yet: what is looked at is how pages mirror.
    settings.PUBLIC_LANGUAGES = ["en", "ar"]
    wanted = MODES[mode]
    context = browser.new_context(**{"locale": "en-GB"} | wanted)
    page = context.new_page()

    found = {}
    for path in PAGES:
        found[path] = problems(page, live_server.url + path, mode)
        page.screenshot(path=pictures / f"{mode}-{name_of(path)}.png", full_page=True)
    context.close()

    assert {path: seen for path, seen in found.items() if seen} == {}


def problems(page: Page, address: str, mode: str) -> list[str]:
    """What axe finds on a page, and whether it is wider than the screen."""
    page.goto(address)
    assert page.locator("html").get_attribute("dir") == ("rtl" if mode == "rtl" else "ltr")
    found = [
        f"{problem['id']}: {node['html'][:120]}"
        for problem in Axe().run(page).response["violations"]
        for node in problem["nodes"]
    ]
    assert page.viewport_size is not None
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > page.viewport_size["width"]:
        found.append(f"scrolls sideways: {width} px")
    return found


def name_of(path: str) -> str:
    return re.sub(r"\W+", "-", path).strip("-") or "home"
