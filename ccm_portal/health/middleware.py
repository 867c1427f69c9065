"""/healthz and /readyz, answered before anything else: whatever name or port they are asked by."""

import threading
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.utils import timezone

from . import parts
from .jobs import last_success

ALIVE, READY = "/healthz", "/readyz"
KEPT_SECONDS = 2.0
"""How long an answer serves again, so that asking often costs nothing."""


class HealthMiddleware:
    """Says whether this process is alive (200), and whether its parts are there (200 or 503).

    A load balancer asks /healthz: without Redis pages still answer, so no machine should be taken
    out for it. Whoever watches over the portal asks /readyz.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._lock = threading.Lock()
        self._asked_at = -KEPT_SECONDS
        self._found: dict[str, str] = {}
        self._succeeded: dict[str, str | None] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path not in (ALIVE, READY):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(("GET", "HEAD"))
        response = self._alive() if request.path == ALIVE else self._ready()
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    def _alive(self) -> HttpResponse:
        return HttpResponse("alive\n", content_type="text/plain; charset=utf-8")

    def _ready(self) -> HttpResponse:
        with self._lock:
            if time.monotonic() - self._asked_at >= KEPT_SECONDS:
                now = timezone.now()
                self._found = parts.look(now=now)
                there = self._found["database"] == parts.FINE
                self._succeeded = last_success(now) if there else {}
                self._asked_at = time.monotonic()
            found, succeeded = dict(self._found), dict(self._succeeded)
        is_ready = set(found.values()) == {parts.FINE}
        answer = {"ready": is_ready, **found, "last_success": succeeded}
        return JsonResponse(answer, status=200 if is_ready else 503)
