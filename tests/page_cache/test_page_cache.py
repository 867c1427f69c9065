"""Pages are kept while they hold, and never after."""

import gzip
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client, override_settings
from django.utils import timezone
from django.utils.http import http_date
from pytest_django import DjangoAssertNumQueries

from ccm_portal.models import DataChange
from states.models import Meeting

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/states/",
    "/states.csv",
    "/meetings/",
    "/reports/",
    "/figures/",
    "/deadlines.ics",
    "/api/v1/meetings/",
    "/api/v1/meetings/?format=csv",
]


@pytest.fixture(autouse=True)
def kept() -> Iterator[None]:
    """Pages are kept, in a cache that is empty at first."""
    caches["pages"].clear()
    with override_settings(PAGE_CACHE=True):
        yield
    caches["pages"].clear()


@pytest.fixture
def reader() -> Client:
    """A reader whose requests pass the page cache."""
    return Client(HTTP_HOST="localhost")


def meeting(code: str, name: str) -> Meeting:
    return Meeting.objects.create(
        code=code,
        name=name,
        kind=Meeting.Kind.MSP,
        starts_on=date(2010, 11, 9),
        ends_on=date(2010, 11, 12),
        published_at=timezone.now(),
    )


@pytest.mark.parametrize("url", PAGES)
def test_a_page_that_was_made_is_sent_again_for_one_query(
    url: str, reader: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = reader.get(url)

    with django_assert_num_queries(1):
        second = reader.get(url)

    assert (first.status_code, second.status_code) == (200, 200)
    assert second.content == first.content
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["Content-Type"] == first.headers["Content-Type"]
    assert second.headers["Cache-Control"] == "public, no-cache"
    assert "default-src 'none'" in second.headers["Content-Security-Policy"]


@pytest.mark.parametrize("url", PAGES)
def test_who_has_the_page_is_told_so_for_one_query(
    url: str, reader: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    tag = reader.get(url).headers["ETag"]

    with django_assert_num_queries(1):
        answer = reader.get(url, HTTP_IF_NONE_MATCH=tag)

    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["ETag"] == tag


def test_a_write_shows_on_the_next_request(reader: Client) -> None:
    meeting("1MSP", "First Meeting")
    tag = reader.get("/meetings/").headers["ETag"]

    Meeting.objects.update(name="Opening Meeting")
    answer = reader.get("/meetings/", HTTP_IF_NONE_MATCH=tag)

    assert answer.status_code == 200
    assert b"Opening Meeting" in answer.content
    assert b"First Meeting" not in answer.content


def test_a_bulk_write_shows_on_the_next_request(reader: Client) -> None:
    reader.get("/meetings/")

    Meeting.objects.bulk_create(
        [
            Meeting(
                code="2MSP",
                name="Second Meeting",
                kind=Meeting.Kind.MSP,
                starts_on=date(2011, 9, 12),
                ends_on=date(2011, 9, 16),
                published_at=timezone.now(),
            )
        ]
    )

    assert b"Second Meeting" in reader.get("/meetings/").content


def test_a_page_about_today_is_another_one_after_midnight(reader: Client) -> None:
    meeting("1MSP", "First Meeting")
    with time_machine.travel("2024-02-28 23:59:59Z", tick=False):
        before = reader.get("/")
    with time_machine.travel("2024-02-29 00:00:00Z", tick=False):
        after = reader.get("/", HTTP_IF_NONE_MATCH=before.headers["ETag"])

    assert after.status_code == 200
    assert b"29 February 2024" in after.content
    assert b"28 February 2024" not in after.content


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"path": "/states/"}, {"path": "/states/", "data": {"as_of": "2011-08-20"}}),
        ({"path": "/states/"}, {"path": "/states/", "headers": {"host": "127.0.0.1"}}),
        ({"path": "/api/v1/"}, {"path": "/api/v1/", "headers": {"accept": "text/csv"}}),
    ],
    ids=["date", "host", "format"],
)
def test_what_a_page_depends_on_is_part_of_its_tag(
    one: dict[str, object], other: dict[str, object], reader: Client
) -> None:
    first = reader.get(**one)  # type: ignore[arg-type]
    second = reader.get(**other)  # type: ignore[arg-type]

    assert first.headers.get("ETag") != second.headers.get("ETag")


def test_pages_travel_compressed_to_whoever_accepts_that(reader: Client) -> None:
    plain = reader.get("/states/")
    packed = reader.get("/states/", HTTP_ACCEPT_ENCODING="br, gzip")

    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) < int(plain.headers["Content-Length"]) / 2
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_the_admin_and_refusals_are_never_kept(reader: Client) -> None:
    for url in ("/admin/login/", "/states/?as_of=tomorrow", "/nowhere/"):
        answer = reader.get(url)

        assert "ETag" not in answer.headers, url
        assert "public" not in answer.headers.get("Cache-Control", ""), url


@pytest.mark.parametrize("accepted", ["gzip;q=0", "gzip; q=0.000, br", "x-gzip-other", "identity"])
def test_who_refuses_gzip_gets_none(reader: Client, accepted: str) -> None:
    answer = reader.get("/about/", HTTP_ACCEPT_ENCODING=accepted)

    assert "Content-Encoding" not in answer.headers
    assert answer.content.startswith(b"<!doctype html>")


def test_the_time_alone_counts_once_no_write_can_still_be_under_way(reader: Client) -> None:
    meeting("1MSP", "First Meeting")
    now = timezone.now()
    DataChange.objects.update(made_at=now)
    later = now + timedelta(minutes=11)
    with time_machine.travel(now, tick=False):
        at_once = reader.get("/meetings/", HTTP_IF_MODIFIED_SINCE=http_date(now.timestamp()))
    with time_machine.travel(later, tick=False):
        same_day = later.date() == now.date()
        settled = reader.get("/meetings/", HTTP_IF_MODIFIED_SINCE=http_date(now.timestamp()))

    assert at_once.status_code == 200
    assert settled.status_code == (304 if same_day else 200)


@pytest.mark.parametrize(
    ("address", "status"),
    [("/nowhere/", 404), ("/states/atlantis/", 404), ("/?as_of=yesterday", 400), ("/states", 301)],
)
def test_what_is_no_page_is_never_called_unchanged(
    reader: Client, address: str, status: int
) -> None:
    meeting("1MSP", "First Meeting")
    DataChange.objects.update(made_at=timezone.now() - timedelta(days=2))
    with time_machine.travel("2027-01-01T12:00:00+00:00", tick=False):
        answer = reader.get(address, HTTP_IF_MODIFIED_SINCE="Fri, 01 Jan 2027 11:00:00 GMT")

    assert answer.status_code == status
    assert "ETag" not in answer.headers


def test_pages_are_answered_while_the_cache_is_away() -> None:
    away = {
        "BACKEND": "ccm_portal.cache.LenientRedisCache",
        "LOCATION": "redis://127.0.0.1:1/0",
        "OPTIONS": {"socket_connect_timeout": 1},
    }
    with override_settings(CACHES={"default": away, "pages": away}):
        answers = [Client(HTTP_HOST="localhost").get(url) for url in ("/meetings/", "/api/v1/")]

    assert [answer.status_code for answer in answers] == [200, 200]
