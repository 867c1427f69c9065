"""How long a sign-in lasts: so many hours at most, and less when nobody works."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

BEGAN = "session_began"
SEEN = "session_seen"
STEP = timedelta(minutes=1)
"""How exactly idle time is measured: a session is written no more often than this."""


class SessionLimitsMiddleware:
    """Signs out whose sign-in is too old, or who has done nothing in the data entry for too long.

    The limits are SESSION_COOKIE_AGE (from the sign-in) and SESSION_IDLE (from the last page).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/admin/") and request.user.is_authenticated:
            now = timezone.now()
            if is_over(request, now):
                logout(request)
            else:
                note(request, now)
        return self.get_response(request)


def is_over(request: HttpRequest, now: datetime) -> bool:
    """Whether a session has reached one of its limits."""
    began, seen = _moment(request, BEGAN), _moment(request, SEEN)
    age = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return (began is not None and now - began >= age) or (
        seen is not None and now - seen >= settings.SESSION_IDLE
    )


def note(request: HttpRequest, now: datetime) -> None:
    """Write down when the session began and that its owner is at work."""
    if BEGAN not in request.session:
        request.session[BEGAN] = now.isoformat()
    seen = _moment(request, SEEN)
    if seen is None or now - seen >= STEP:
        request.session[SEEN] = now.isoformat()


def _moment(request: HttpRequest, key: str) -> datetime | None:
    written = request.session.get(key)
    return datetime.fromisoformat(written) if written else None
