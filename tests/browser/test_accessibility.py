"""Every public template, held against axe's rules: light, dark, right to left, and 320 px wide.

The modes share one browser, one load of the data and, where the server answers them alike, one load
of each page. The main pages leave pictures behind.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY = "as_of=2011-08-20"
# Every template, with as many rows as it takes to see each of its elements.
PAGES = [
    f"/?{DAY}",
    "/?as_of=2008-12-03",
    f"/states/?region=americas&{DAY}",
    "/states/?q=zzzz",
    f"/states/lao-peoples-democratic-republic/?{DAY}",
    f"/states/haiti/?{DAY}",
    f"/reports/?region=americas&{DAY}",
    f"/reports/overdue/?{DAY}",
    f"/reports/norway/initial/?{DAY}",
    f"/deadlines/?{DAY}",
    f"/themes/?{DAY}",
    f"/themes/universalization/?{DAY}",
    f"/themes/stockpile-destruction/?{DAY}",
    f"/themes/victim-assistance/?{DAY}",
    f"/themes/transparency/?{DAY}",
    f"/progress-reports/?{DAY}",
    f"/progress-reports/beirut-2011/chapters/iii/?{DAY}",
    f"/progress-reports/beirut-2011/reconciliation/?{DAY}",
    "/progress-reports/beirut-2011/changes/?edition=working&with=2010-11-12",
    "/api/v1/docs/",
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
PICTURED = (
    f"/?{DAY}",
    f"/states/lao-peoples-democratic-republic/?{DAY}",
    f"/reports/?region=americas&{DAY}",
    f"/themes/stockpile-destruction/?{DAY}",
    f"/progress-reports/beirut-2011/chapters/iii/?{DAY}",
    f"/search/?q=laos&{DAY}",
    f"/figures/?expression=stockpile.declared&{DAY}",
    f"/compare/?{DAY}",
    "/nowhere/",
    "/admin/account/login/",
)
COLOURS_HAVE_CHANGED = "Promise.all(document.getAnimations().map(change => change.finished))"
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 320, "height": 800}

# The best practices of axe and all of WCAG 2.2 AA; the size of targets is off unless asked for.
EVERY_RULE = {"rules": {"target-size": {"enabled": True}}}
RULES_OF_COLOUR = {"runOnly": ["color-contrast", "link-in-text-block"]}
RULES_OF_PLACE = {
    "runOnly": [
        "color-contrast",
        "target-size",
        "html-has-lang",
        "html-lang-valid",
        "valid-lang",
        "scrollable-region-focusable",
    ]
}


@dataclass(frozen=True)
class Looking:
    """A page of the browser, and where pictures of what it shows are kept."""

    page: Page
    site: str
    pictures: Path

    def found(self, path: str, mode: str, rules: dict[str, Any]) -> list[str]:
        """What axe finds on the page that is open, and whether it is wider than the screen."""
        self.page.evaluate(COLOURS_HAVE_CHANGED)
        answer = self.page.evaluate(
            "options => axe.run(options)", {"resultTypes": ["violations"]} | rules
        )
        found = [
            f"{mode}: {problem['id']}: {node['html'][:120]}"
            for problem in answer["violations"]
            for node in problem["nodes"]
        ]
        assert self.page.viewport_size is not None
        width = self.page.evaluate("document.documentElement.scrollWidth")
        if width > self.page.viewport_size["width"]:
            found.append(f"{mode}: scrolls sideways: {width} px")
        if path in PICTURED:
            picture = self.pictures / f"{mode}-{name_of(path)}.png"
            self.page.screenshot(path=picture, full_page=True)
        return found

    def open(self, path: str, *, direction: str) -> None:
        self.page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        self.page.goto(self.site + path)
        assert self.page.locator("html").get_attribute("dir") == direction
        self.page.evaluate(AXE_SCRIPT)

    def light_dark_and_narrow(self, path: str) -> list[str]:
        """One load serves three modes: neither colours nor widths need the server."""
        self.page.emulate_media(color_scheme="light")
        self.open(path, direction="ltr")
        found = self.found(path, "light", EVERY_RULE)
        self.page.emulate_media(color_scheme="dark")
        found += self.found(path, "dark", RULES_OF_COLOUR)
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        return found + self.found(path, "narrow", EVERY_RULE)

    def right_to_left(self, path: str) -> list[str]:
        """The server mirrors charts, so that this is a page of its own, of the same elements."""
        self.open(path, direction="rtl")
        return self.found(path, "rtl", RULES_OF_PLACE)


def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser, live_server: LiveServer, dataset: None, pictures: Path, settings: Settings
) -> None:
    # Arabic has no texts of its own yet: what is looked at is how pages mirror.
    settings.PUBLIC_LANGUAGES = ["en", "ar"]
    english, arabic = browser.new_context(locale="en-GB"), browser.new_context(locale="ar")
    ltr, rtl = (
        Looking(context.new_page(), live_server.url, pictures) for context in (english, arabic)
    )

    found = {path: ltr.light_dark_and_narrow(path) + rtl.right_to_left(path) for path in PAGES}
    english.close()
    arabic.close()

    assert {path: seen for path, seen in found.items() if seen} == {}


def name_of(path: str) -> str:
    return re.sub(r"\W+", "-", path).strip("-") or "home"
