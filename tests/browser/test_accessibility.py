"""Every public template, held against axe's rules: light, dark, right to left, and 320 px wide.

The modes share one browser, one load of the data and, where the server answers them alike, one load
of each page. Half of axe's work are contrasts, which neither a width nor a direction changes: they
are measured in light and in dark, and on a narrow screen for what shows there alone. Where the
variable ARTEFACTS names a folder, the main pages leave pictures there.
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
RULES_OF_SHAPE = {
    "rules": {"target-size": {"enabled": True}}
    | {rule: {"enabled": False} for rule in RULES_OF_COLOUR["runOnly"]}
}
RULES_OF_PLACE = {
    "runOnly": [
        "target-size",
        "html-has-lang",
        "html-lang-valid",
        "valid-lang",
        "scrollable-region-focusable",
    ]
}

ALL = "options => axe.run(document, options)"
NOTE_WHAT_SHOWS = """
window.shown = new Set([...document.body.querySelectorAll("*")].filter(e => e.checkVisibility()))
"""
WHAT_SHOWS_NOW_ALONE = """options => {
    const isNew = element => element.checkVisibility() && !window.shown.has(element);
    const include = [...document.body.querySelectorAll("*")].filter(isNew);
    return include.length ? axe.run({include}, options) : {violations: []};
}"""


@dataclass(frozen=True)
class Looking:
    """A page of the browser, and where pictures of what it shows are kept."""

    page: Page
    site: str
    pictures: Path | None

    def found(self, mode: str, rules: dict[str, Any], *, where: str = ALL) -> list[str]:
        """What axe finds on the page that is open."""
        answer = self.page.evaluate(where, {"resultTypes": ["violations"]} | rules)
        return [
            f"{mode}: {problem['id']}: {node['html'][:120]}"
            for problem in answer["violations"]
            for node in problem["nodes"]
        ]

    def too_wide(self, mode: str) -> list[str]:
        """Whether the page is wider than the screen."""
        assert self.page.viewport_size is not None
        width = self.page.evaluate("document.documentElement.scrollWidth")
        fits = width <= self.page.viewport_size["width"]
        return [] if fits else [f"{mode}: scrolls sideways: {width} px"]

    def seen(self, path: str, mode: str, rules: dict[str, Any]) -> list[str]:
        """All that is wrong with the page that is open, which leaves a picture behind."""
        self.page.evaluate(COLOURS_HAVE_CHANGED)
        found = self.found(mode, rules) + self.too_wide(mode)
        if self.pictures and path in PICTURED:
            picture = self.pictures / f"{mode}-{name_of(path)}.png"
            self.page.screenshot(path=picture, full_page=True)
        return found

    def open(self, path: str, *, direction: str) -> None:
        self.page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        self.page.goto(self.site + path)
        assert self.page.locator("html").get_attribute("dir") == direction

    def light_dark_and_narrow(self, path: str) -> list[str]:
        """One load serves three modes: neither colours nor widths need the server."""
        self.page.emulate_media(color_scheme="light")
        self.open(path, direction="ltr")
        found = self.seen(path, "light", EVERY_RULE)
        self.page.emulate_media(color_scheme="dark")
        found += self.seen(path, "dark", RULES_OF_COLOUR)
        self.page.emulate_media(color_scheme="light")
        self.page.evaluate(NOTE_WHAT_SHOWS)
        self.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        found += self.seen(path, "narrow", RULES_OF_SHAPE)
        return found + self.found("narrow", RULES_OF_COLOUR, where=WHAT_SHOWS_NOW_ALONE)

    def right_to_left(self, path: str) -> list[str]:
        """The server mirrors charts, so that this is a page of its own, of the same elements."""
        self.open(path, direction="rtl")
        return self.seen(path, "rtl", RULES_OF_PLACE)


def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Browser,
    live_server: LiveServer,
    dataset: None,
    pictures: Path | None,
    settings: Settings,
) -> None:
    # Arabic has no texts of its own yet: what is looked at is how pages mirror.
    settings.PUBLIC_LANGUAGES = ["en", "ar"]
    english, arabic = browser.new_context(locale="en-GB"), browser.new_context(locale="ar")
    for context in (english, arabic):
        context.add_init_script(AXE_SCRIPT)
    ltr, rtl = (
        Looking(context.new_page(), live_server.url, pictures) for context in (english, arabic)
    )

    found = {path: ltr.light_dark_and_narrow(path) + rtl.right_to_left(path) for path in PAGES}
    english.close()
    arabic.close()

    assert {path: seen for path, seen in found.items() if seen} == {}


def name_of(path: str) -> str:
    return re.sub(r"\W+", "-", path).strip("-") or "home"
