"""Whoever asks too much is told to wait, and cannot choose the address it is counted under."""

from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from ccm_portal.guard.throttling import limit_of

pytestmark = pytest.mark.django_db

NOON = "2026-03-02T12:00:20+00:00"


@pytest.fixture(autouse=True)
def small(settings: Settings) -> Any:
    settings.THROTTLED = dict.fromkeys(settings.THROTTLED, 3)
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK
    cache.clear()
    with time_machine.travel(NOON, tick=False):
        yield
    cache.clear()


@pytest.mark.parametrize(
    "address", ["/search/?q=nor", "/figures/?expression=parties", "/data/states.xlsx"]
)
def test_a_costly_page_answers_so_often_and_then_says_how_long_to_wait(
    client: Client, address: str
) -> None:
    answers = [client.get(address) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[3]["Retry-After"] == "40"
    assert "That was too much at once" in answers[3].content.decode()
    with time_machine.travel("2026-03-02T12:01:00+00:00", tick=False):
        assert client.get(address).status_code == 200


def test_other_pages_are_not_counted(client: Client) -> None:
    assert {client.get("/about/").status_code for _ in range(10)} == {200}
    found = [limit_of(path) for path in ("/", "/states/", "/figures.csv")]
    assert found == [("", None), ("", None), ("/figures", 3)]


def test_what_is_asked_of_one_kind_of_page_counts_for_no_other(client: Client) -> None:
    for _ in range(4):
        last = client.get("/search/?q=nor")

    assert last.status_code == 429
    assert client.get("/data/states.xlsx").status_code == 200


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "last"),
    [
        # Without a proxy what the caller says counts for nothing.
        (False, "192.0.2.{0}", 429),
        # With one, the entry that the proxy wrote counts, and not those before it.
        (True, "192.0.2.{0}, 198.51.100.7", 429),
        (True, "198.51.100.7, 192.0.2.{0}", 200),
    ],
)
def test_only_the_trusted_proxy_says_who_asks(
    client: Client, settings: Settings, behind_proxy: bool, forwarded: str, last: int
) -> None:
    settings.BEHIND_PROXY = behind_proxy

    for number in range(4):
        answer = client.get("/search/?q=nor", headers={"X-Forwarded-For": forwarded.format(number)})

    assert answer.status_code == last


def test_the_api_has_a_limit_of_its_own(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from rest_framework.throttling import AnonRateThrottle

    monkeypatch.setattr(AnonRateThrottle, "THROTTLE_RATES", {"anon": "2/minute"})

    answers = [client.get("/api/v1/status/") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].json()["code"] == "throttled"
    assert int(answers[2]["Retry-After"]) == 60
