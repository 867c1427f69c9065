"""The frame of every page: the date it speaks of, and what happens when something is wrong."""

import re
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from django.template import loader
from django.test import Client
from pytest_django import Settings as SettingsFixture

from ccm_portal.site import date_band
from ccm_portal.site.date_band import ANY_OTHERS

PAGES = [
    "/",
    "/states/",
    "/reports/",
    "/reports/overdue/",
    "/meetings/",
    "/figures/",
    "/data/",
    "/about/",
    "/about/accessibility/",
]
PORTAL_NOTE = "the day for which its dataset was prepared"
END_NOTE = "The latest treaty action on record is of"


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.mark.usefixtures("dataset")
@pytest.mark.parametrize("page", [*PAGES, "/states/norway/"])
def test_every_page_says_its_date_and_keeps_it(client: Client, page: str) -> None:
    shown = text(client.get(page, {"as_of": "2010-11-12"}))
    links = re.findall(r'<a[^>]* href="(/[^"]*)"', shown)
    # A calendar or a feed is subscribed to and follows the day; the dictionary is of every day.
    free = ("/admin/", "/api/", "/deadlines.ics", "/reports/feed.atom", "/data/dictionary.csv")
    forgetful = [link for link in links if "as_of=" not in link and not link.startswith(free)]

    assert '<time datetime="2010-11-12">12 November 2010</time>' in shown
    assert forgetful == []


@pytest.mark.usefixtures("dataset")
def test_a_page_says_when_the_portal_chose_the_date(
    client: Client, settings: SettingsFixture
) -> None:
    settings.PORTAL_DATE = date(2011, 8, 20)

    by_portal, by_reader = client.get("/"), client.get("/", {"as_of": "2011-08-19"})

    assert (PORTAL_NOTE in text(by_portal), PORTAL_NOTE in text(by_reader)) == (True, False)


@pytest.mark.usefixtures("dataset")
def test_a_page_says_where_the_evidence_ends(client: Client) -> None:
    within, beyond = (client.get("/", {"as_of": day}) for day in ("2025-09-05", "2025-09-06"))

    assert (END_NOTE in text(within), END_NOTE in text(beyond)) == (False, True)


@pytest.mark.django_db
def test_changing_the_date_keeps_the_other_parameters(client: Client) -> None:
    shown = text(client.get("/states/", {"q": "land", "status": "party", "as_of": "2011-08-20"}))

    assert '<input type="hidden" name="q" value="land">' in shown
    assert '<input type="hidden" name="status" value="party">' in shown


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("as_of", "reason"),
    [
        ("yesterday", "“yesterday” is not a date"),
        ("2008-12-02", "The Convention was opened for signature on 3 December 2008"),
        ("9999-01-01", "This day lies in the future"),
    ],
)
def test_a_wrong_date_gets_a_friendly_answer(client: Client, as_of: str, reason: str) -> None:
    response = client.get("/states/", {"as_of": as_of})

    assert response.status_code == 400
    assert reason in text(response)


@pytest.mark.django_db
def test_a_wrong_address_gets_a_page_with_a_way_out(client: Client) -> None:
    response = client.get("/nowhere/", {"as_of": "2011-08-20"})

    assert response.status_code == 404
    assert 'href="/states/?as_of=2011-08-20"' in text(response)


@pytest.mark.django_db
def test_a_form_without_its_cookie_is_refused_by_a_page_of_the_portal() -> None:
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "somebody"})

    assert response.status_code == 403
    assert "The form could not be taken" in text(response)
    assert 'class="masthead"' in text(response)


ERROR_PAGES = [f"{name}.html" for name in ("400", "403", "403_csrf", "404", "429", "500", "503")]


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_a_page_of_an_error_needs_nothing(name: str) -> None:
    page = loader.render_to_string(name)

    assert page.count("<h1>") == 1
    assert 'href="/"' in page


@pytest.mark.usefixtures("dataset")
@pytest.mark.parametrize("page", [*PAGES, "/states/norway/", "/states/?q=zzz", "/nowhere/"])
def test_no_page_has_inline_styles_or_scripts(client: Client, page: str) -> None:
    shown = text(client.get(page))
    # A block of data is not run: no policy is about it.
    shown = shown.replace('<script type="application/ld+json">', "")

    scripts = re.findall(
        r'(<script(?! src="/static/js/colours[.\w]*\.js"></script>)|<style|\sstyle="|\son\w+=")',
        shown,
    )
    assert scripts == []


@pytest.mark.usefixtures("dataset")
@pytest.mark.parametrize("page", [*PAGES, "/states/norway/"])
def test_headings_follow_in_order_and_ids_stand_once(client: Client, page: str) -> None:
    shown = text(client.get(page))
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", shown)]
    ids = re.findall(r'\sid="([^"]+)"', shown)

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.usefixtures("dataset")
def test_a_language_without_complete_texts_is_not_offered(client: Client) -> None:
    response = client.get("/", headers={"Accept-Language": "ar"})

    assert '<html lang="en" dir="ltr">' in text(response)
    assert response["Content-Language"] == "en"


@pytest.mark.usefixtures("dataset")
def test_arabic_runs_from_the_right(client: Client, settings: SettingsFixture) -> None:
    settings.PUBLIC_LANGUAGES = ["en", "ar"]
    shown = text(client.get("/", headers={"Accept-Language": "ar"}))
    needle = re.search(r'class="needle-foot" cx="([\d.]+)%"', shown)

    assert '<html lang="ar" dir="rtl">' in shown
    assert needle is not None
    assert float(needle.group(1)) < 50


@pytest.mark.usefixtures("dataset")
@pytest.mark.parametrize(
    ("page", "current"),
    [
        ("/", ["Overview"]),
        ("/compare/", []),
        ("/search/?q=laos", []),
        ("/states/norway/", ["States"]),
        ("/deadlines/", ["Reports"]),
        ("/themes/compliance/", ["Themes"]),
        ("/progress-reports/beirut-2011/reconciliation/", ["Progress reports"]),
        ("/api/v1/docs/", ["Data"]),
    ],
)
def test_the_navigation_marks_where_the_page_belongs(
    client: Client, page: str, current: list[str]
) -> None:
    items = client.get(page).context["frame"].navigation

    assert [item.title for item in items if item.is_current] == current


@pytest.mark.django_db
def test_the_days_to_jump_to_lead_to_each_page_with_its_own_parameters(client: Client) -> None:
    own = {"q=%3Cb%3E%26%22": {"q": '<b>&"'}, "q=a&amp;sort=status": {"q": "a", "sort": "status"}}
    for others, asked in own.items():
        page = client.get("/states/", {**asked, "as_of": "2011-08-20"}).text
        found = re.findall(r'href="(\?[^"]*as_of=2010-08-01)"', page)
        assert set(found) == {f"?{others}&amp;as_of=2010-08-01"}
        assert ANY_OTHERS not in page
    assert 'href="?as_of=2010-08-01"' in client.get("/states/", {"as_of": "2011-08-20"}).text


@pytest.mark.django_db
def test_pages_of_a_day_share_its_dates_whatever_their_parameters(client: Client) -> None:
    client.get("/states/", {"q": "a", "as_of": "2011-08-13"})
    sizes = [memo.cache_info().currsize for memo in (date_band._rules, date_band._days)]

    for number in range(5):
        client.get("/states/", {"q": f"norway {number}", "as_of": "2011-08-13"})

    assert [memo.cache_info().currsize for memo in (date_band._rules, date_band._days)] == sizes
