"""Public pages are read: nothing outside the data entry takes anything but GET and HEAD."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

READING = ("GET", "HEAD")
NOT_PUBLIC = ("/admin/", "/api/", "/mail-events/")


class ReadOnlyMiddleware:
    """Answers 405 to whatever would write, outside the admin; the API gives its own 405.

    A mail provider writes too, and signs what it tells."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_public = not request.path.startswith(NOT_PUBLIC)
        if is_public and request.method not in READING:
            return HttpResponseNotAllowed(READING)
        return self.get_response(request)
