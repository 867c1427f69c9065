"""Headers that tell browsers what an answer may do. Public pages have no exception from any."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

IN_THE_ADMIN = {"img-src": ["data:"]}
"""The picture that an authenticator app scans is made on the spot, and kept nowhere."""


class HeadersMiddleware:
    """Lets no other site embed what comes from here, and keeps the admin out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response: Any = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path.startswith("/admin/"):
            response.headers.setdefault("Cache-Control", "no-store, private")
            response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        return response  # type: ignore[no-any-return]


class AdminPolicyMiddleware:
    """Adds to the Content-Security-Policy of the admin, inside django-csp's own middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response: Any = self.get_response(request)
        if request.path.startswith("/admin/"):
            # A page may have asked for more of its own, such as a frame.
            response._csp_update = IN_THE_ADMIN | getattr(response, "_csp_update", {})
        return response  # type: ignore[no-any-return]
