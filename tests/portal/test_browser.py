"""The tools of the browser tests themselves: a page in Chromium, and the errors it shows."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import path
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.urls(__name__)]

# With the portal's own icon: without one, Chromium asks for /favicon.ico, which is not here.
PAGE = (
    '<!doctype html><html lang="en"><title>A page</title>'
    f'<link rel="icon" href="{static("images/mark.svg")}">'
)


def harmless(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f'{PAGE}<link rel="stylesheet" href="{static("admin/css/base.css")}"><p>A')


def with_inline_style(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{PAGE}<style>p {{ color: red }}</style><p>A")


def with_missing_file(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f'{PAGE}<script src="{static("missing.js")}"></script><p>A')


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """In place of the portal's own page, whose links lead to addresses that are not here."""
    return HttpResponse("Not found", status=404)


urlpatterns = [
    path("harmless/", harmless),
    path("style/", with_inline_style),
    path("missing/", with_missing_file),
]


def test_a_page_loads_with_its_static_files_and_without_errors(
    page: Page, page_errors: list[str], live_server: LiveServer
) -> None:
    page.goto(f"{live_server.url}/harmless/")

    assert page.title() == "A page"
    assert page.evaluate("document.styleSheets[0].cssRules.length > 0") is True
    assert page_errors == []


def test_what_the_content_security_policy_blocks_is_an_error(
    page: Page, page_errors: list[str], live_server: LiveServer
) -> None:
    page.goto(f"{live_server.url}/style/")

    assert ["Content Security Policy" in error for error in page_errors] == [True]


def test_a_file_that_cannot_be_loaded_is_an_error(
    page: Page, page_errors: list[str], live_server: LiveServer
) -> None:
    page.goto(f"{live_server.url}/missing/")

    assert page_errors == [
        "Failed to load resource: the server responded with a status of 404 (Not Found) "
        f"({live_server.url}/static/missing.js)"
    ]
