"""Who asks: the address that a request is counted under."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The caller's network address, as the server saw it or as the one trusted proxy says.

    A caller cannot choose it: of X-Forwarded-For only the last entry counts, which the proxy
    itself wrote, and only where BEHIND_PROXY is on.
    """
    if settings.BEHIND_PROXY:
        forwarded = request.headers.get("X-Forwarded-For", "")
        last = forwarded.rpartition(",")[2].strip()
        if last:
            return last
    return str(request.META.get("REMOTE_ADDR", ""))
