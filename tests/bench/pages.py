"""Requests a second of the main pages, against an empty view on the same server."""

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from .server import Client
from .table import Row, ratios
from .urls import EMPTY

PAGES = {
    "overview": "/",
    "states": "/states/",
    "one state": "/states/norway/",
    "reports": "/reports/",
    "overdue": "/reports/overdue/",
    "a theme": "/themes/stockpile-destruction/",
    "progress report": "/progress-reports/beirut-2011/",
    "figures": "/figures/",
    "API: states": "/api/v1/states/",
    "API: deadlines": "/api/v1/deadlines/",
}
ROUNDS = 5
FIRST_AIM, REPEATED_AIM, UNCHANGED_AIM = 15.0, 0.6, 0.8


def rows(client: Client) -> Iterator[Row]:
    """Three rows a page: made anew, sent again, and a 304."""
    days = _days()
    for title, path in PAGES.items():
        status, headers = client.get(path)
        if status != 200:
            raise RuntimeError(f"{path} answered {status}")
        tag = headers["etag"]
        empty, first, again, unchanged = [], [], [], []
        for _round in range(ROUNDS):
            empty.append(rate(client, lambda: f"/{EMPTY}", 100))
            first.append(rate(client, lambda path=path: f"{path}?as_of={next(days)}", 8))  # type: ignore[misc]
            again.append(rate(client, lambda path=path: path, 100))  # type: ignore[misc]
            unchanged.append(rate(client, lambda path=path: path, 100, If_None_Match=tag))  # type: ignore[misc]
        yield Row(
            "pages: first hit, time against the empty view",
            title,
            ratios(empty, first),
            f"{max(first):.0f}/s",
            FIRST_AIM,
        )
        yield Row(
            "pages: repeated, requests a second against the empty view",
            title,
            ratios(again, empty),
            f"{max(again):.0f}/s",
            REPEATED_AIM,
            at_most=False,
        )
        yield Row(
            "pages: 304, requests a second against the empty view",
            title,
            ratios(unchanged, empty),
            f"{max(unchanged):.0f}/s",
            UNCHANGED_AIM,
            at_most=False,
        )


def rate(client: Client, path: Callable[[], str], count: int, **headers: str) -> float:
    """Requests a second of one client, one after the other."""
    start = time.perf_counter()
    for _number in range(count):
        client.get(path(), **headers)
    return count / (time.perf_counter() - start)


def _days() -> Iterator[date]:
    """Days that no page was asked for before."""
    day = date(2011, 1, 1)
    while True:
        day += timedelta(days=1)
        yield day
