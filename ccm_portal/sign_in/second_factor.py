"""Before anything of the data entry opens, staff prove themselves twice."""

from collections.abc import Callable
from enum import StrEnum

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from .adapters import has_second_factor

ADMIN = "/admin/"
SIGNING_IN_AND_OUT = (
    *("/admin/login/", "/admin/logout/", "/admin/jsi18n/"),
    *("/admin/account/login/", "/admin/account/logout/", "/admin/account/inactive/"),
)
PROVING = (
    "/admin/account/second-factor/authenticate/",
    "/admin/account/second-factor/reauthenticate/",
    "/admin/account/second-factor/webauthn/reauthenticate/",
    "/admin/account/second-factor/webauthn/login/",
)
ADDING = ("/admin/account/",)

ADDED = "second_factor_added"
"""In the session: the second factor that was added in it, and thereby proved."""


class SecondFactor(StrEnum):
    """Whether staff must have a second factor (the setting SECOND_FACTOR)."""

    REQUIRED = "required"
    OPTIONAL = "optional"


def is_proved(request: HttpRequest) -> bool:
    """Whether a second factor was used, or added, in this session.

    A session that began before its owner had one is not proved by having one now.
    """
    if ADDED in request.session:
        return True
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)


class SecondFactorMiddleware:
    """Leads whoever signed in with a password alone to their second factor.

    Who has one is asked for it; who has none is led to the page on which it is added. With
    SECOND_FACTOR=optional the latter may go on without, for a trial on a machine of one's own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(ADMIN) or request.path.startswith(SIGNING_IN_AND_OUT):
            return self.get_response(request)
        if not request.user.is_authenticated or is_proved(request):
            return self.get_response(request)
        if has_second_factor(request.user):
            return self._unless(request, PROVING, "mfa_reauthenticate")
        if settings.SECOND_FACTOR == SecondFactor.REQUIRED:
            return self._unless(request, ADDING, "mfa_index")
        return self.get_response(request)

    def _unless(self, request: HttpRequest, pages: tuple[str, ...], view: str) -> HttpResponse:
        """Lead to a view whoever asks for anything but some pages."""
        if request.path.startswith(pages):
            return self.get_response(request)
        return _led_to(view, request)


def _led_to(view: str, request: HttpRequest) -> HttpResponse:
    query = {"next": request.get_full_path()} if request.method == "GET" else None
    return HttpResponseRedirect(reverse(view, query=query))
