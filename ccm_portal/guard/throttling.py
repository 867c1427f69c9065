"""Limits for pages that cost much: a script that runs away waits, a conference does not.

Counted for each address and each minute, in the cache that all web processes share (Redis); in
the embedded default each process counts by itself. Pages that were kept are not counted, since
they cost nothing.
"""

import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .callers import address_of

MINUTE = 60


class ThrottleMiddleware:
    """Answers 429 with the seconds to wait where an address asks for too many costly pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        start, limit = limit_of(request.path)
        if limit is None or _count(request, start) <= limit:
            return self.get_response(request)
        response = render(request, "429.html", status=429)
        response.headers["Retry-After"] = str(MINUTE - int(time.time()) % MINUTE)
        response.headers["Cache-Control"] = "no-store"
        return response


def limit_of(path: str) -> tuple[str, int | None]:
    """How a path begins, and how many requests a minute an address may make for such paths.

    None for as many as it likes.
    """
    for start, limit in settings.THROTTLED.items():
        if path.startswith(start):
            return start, int(limit)
    return "", None


def _count(request: HttpRequest, start: str) -> int:
    """How often an address has asked for such paths in this minute, this time included."""
    key = f"throttle:{start}:{address_of(request)}:{int(time.time()) // MINUTE}"
    if cache.add(key, 1, MINUTE * 2):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # it expired between the two
        return 1
