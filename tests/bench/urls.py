"""The portal's addresses, and an empty view beside them to measure against."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from ccm_portal.urls import urlpatterns as portal_urls

EMPTY = "bench/empty/"


def empty(request: HttpRequest) -> HttpResponse:
    """As little as a view can do, behind the same middleware as all others."""
    return HttpResponse(b"")


urlpatterns = [path(EMPTY, empty), *portal_urls]
