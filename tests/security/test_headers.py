"""Headers of answers: the same strict ones on every public address, without exceptions."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from tests.admin import records
from tests.site.test_canary import Canaries, crawl

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "manifest-src": "'self'",
}
EVERYWHERE = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
NEVER = {"Set-Cookie", "Server", "X-Powered-By", "Access-Control-Allow-Origin"}


def policy(header: str) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in header.split(";"))
    return {name: value for name, _, value in parts}


def test_every_public_answer_has_the_strict_headers_and_gives_no_cookie(
    client: Client, canaries: Canaries
) -> None:
    for address, answer in crawl(client).items():
        headers = dict(answer.headers)
        # Files that were uploaded run nothing at all: their policy is stricter still.
        if not address.startswith("/files/"):
            assert policy(headers["Content-Security-Policy"]) == POLICY, address
        assert {name: headers.get(name) for name in EVERYWHERE} == EVERYWHERE, address
        assert set(headers) & NEVER == set(), address
        assert "cookie" not in headers.get("Vary", "").lower(), address
        assert "geolocation=()" in headers["Permissions-Policy"], address


@pytest.mark.parametrize("address", ["/", "/nowhere/", "/?as_of=yesterday", "/api/v1/nowhere/"])
def test_error_pages_have_them_too(client: Client, address: str) -> None:
    headers = client.get(address).headers

    assert policy(headers["Content-Security-Policy"]) == POLICY
    assert {name: headers.get(name) for name in EVERYWHERE} == EVERYWHERE


@pytest.mark.parametrize("address", ["/admin/account/login/", "/admin/", "/admin/states/state/"])
def test_the_admin_allows_a_picture_made_on_the_spot_and_nothing_else_more(address: str) -> None:
    client = Client()
    client.force_login(records.user())

    headers = client.get(address, follow=True).headers

    assert policy(headers["Content-Security-Policy"]) == POLICY | {"img-src": "'self' data:"}
    assert {"no-store", "private"} <= set(re.split(r",\s*", headers["Cache-Control"]))
    assert headers["X-Robots-Tag"] == "noindex, nofollow"


def test_an_installation_insists_on_https(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.SECURE_HSTS_PRELOAD = True

    plain = client.get("/about/")
    secure = client.get("/about/", secure=True)

    assert (plain.status_code, plain["Location"]) == (301, "https://testserver/about/")
    assert secure["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"


def test_a_wrong_host_is_refused_without_a_trace(
    client: Client, capfd: pytest.CaptureFixture[str]
) -> None:
    """Anybody can send one: a line for each would fill the disk."""
    refused = client.get("/", headers={"host": "elsewhere.example"})

    assert refused.status_code == 400
    assert "elsewhere.example" not in capfd.readouterr().err
