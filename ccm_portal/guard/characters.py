"""Addresses that no database can look up are refused before anything reads them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

NUL = "\x00"


class NulMiddleware:
    """Answers 400 to an address with a NUL character in it: PostgreSQL would refuse it with an
    error, and nobody types one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" not in request.META.get("QUERY_STRING", "") and NUL not in request.path_info:
            return self.get_response(request)
        reason = _("The address holds a character (NUL) that cannot stand in it: leave it out.")
        if request.path.startswith("/api/"):
            body = {"status": 400, "code": "invalid", "message": reason, "fields": {}}
            return JsonResponse(body | {"position": None, "suggestion": ""}, status=400)
        return render(request, "400.html", {"reason": reason}, status=400)
