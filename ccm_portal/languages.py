"""Which language a page speaks: of those whose texts are complete, the one the reader prefers."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers


class LanguageMiddleware:
    """Chooses the language of each request.

    The data entry takes any of LANGUAGES, so that Django's own texts and date formats fit the
    clerk. Public pages take those of PUBLIC_LANGUAGES alone: half a translation would put a page
    under the wrong name of its language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if len(_offered(request)) > 1:
            patch_vary_headers(response, ["Accept-Language"])
        return response


def language_of(request: HttpRequest) -> str:
    """The language in which a request is answered."""
    offered = _offered(request)
    if len(offered) == 1:
        return offered[0]
    wanted = translation.get_language_from_request(request)
    return wanted if wanted in offered else settings.LANGUAGE_CODE


def _offered(request: HttpRequest) -> list[str]:
    if request.path.startswith("/admin/"):
        return [code for code, _name in settings.LANGUAGES]
    return list(settings.PUBLIC_LANGUAGES)
