"""What whoever asks is told while the database is away: status 503, and when to try again."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader

from ccm_portal.rest.errors import DatabaseAway, error_body

from .away import RETRY_SECONDS
from .breaker import breaker

READING = ("GET", "HEAD")


class BreakerMiddleware:
    """Answers at once while somebody else already waits for a database that is silent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if breaker.refuses():
            return answer(request)
        try:
            return self.get_response(request)
        finally:
            breaker.tried()


def answer(request: HttpRequest) -> HttpResponse:
    """A page, or the API's own body. Asks nothing of the database; no cache may keep it."""
    response: HttpResponse
    if request.path.startswith("/api/"):
        response = JsonResponse(error_body(DatabaseAway(), request))
    else:
        page = loader.get_template("503_database.html")
        response = HttpResponse(page.render({"reads": request.method in READING}))
    response.status_code = 503
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response
