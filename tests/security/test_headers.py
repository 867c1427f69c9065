"""Headers of answers: strict ones on errors and in the data entry too.

tests/site/test_canary.py, which asks for every public address, looks at the headers of them all.
"""

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.admin import records
from tests.security.strict_headers import EVERYWHERE, POLICY, policy

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/nowhere/", "/?as_of=yesterday", "/api/v1/nowhere/"])
def test_error_pages_have_them_too(client: Client, address: str) -> None:
    headers = client.get(address).headers

    assert policy(headers["Content-Security-Policy"]) == POLICY
    assert {name: headers.get(name) for name in EVERYWHERE} == EVERYWHERE


def test_styles_and_pictures_have_them_too(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "mark.svg").write_text("<svg/>")
    settings.STATIC_ROOT = str(tmp_path)
    settings.WHITENOISE_AUTOREFRESH = False
    settings.WHITENOISE_USE_FINDERS = False

    answer = Client().get("/static/mark.svg")

    assert answer.getvalue() == b"<svg/>"
    assert policy(answer.headers["Content-Security-Policy"]) == POLICY
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE


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
