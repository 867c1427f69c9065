"""Each request has an id: in its answer (X-Request-ID), on its error page and in every log line."""

import structlog
from django.http import HttpRequest, HttpResponse
from django_structlog.middlewares import RequestMiddleware

HEADER = "X-Request-ID"


class RequestIdMiddleware(RequestMiddleware):
    """Logs the end of each request. Of the address only the path is kept: what stands behind the
    question mark may name a person.
    """

    def prepare(self, request: HttpRequest) -> None:
        super().prepare(request)
        request.request_id = structlog.contextvars.get_contextvars()["request_id"]  # type: ignore[attr-defined]

    def handle_response(self, request: HttpRequest, response: HttpResponse) -> None:
        response.headers[HEADER] = request.request_id  # type: ignore[attr-defined]
        super().handle_response(request, response)

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return f"{request.method} {request.path}"

    @staticmethod
    def bind_user_id(request: HttpRequest) -> None:
        """Who is signed in is asked in the admin alone: public pages do not read the session."""
        if request.path.startswith("/admin/"):
            RequestMiddleware.bind_user_id(request)
