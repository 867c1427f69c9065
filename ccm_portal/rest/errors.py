"""How the API refuses: one body for every error, with a sentence that says what to do."""

import logging
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.signals import got_request_exception
from django.db import Error
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions, serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from ccm_portal.database import away
from ccm_portal.database.breaker import note

logger = logging.getLogger(__name__)

ERROR_STATUSES = {
    400: gettext_lazy("A parameter is wrong: `fields` says which one and why."),
    404: gettext_lazy("There is nothing at this address or on this page of a list."),
    405: gettext_lazy("The API is read-only: only GET is possible."),
    406: gettext_lazy("The Accept header asks for a format that is not offered."),
    429: gettext_lazy("Too many requests: `Retry-After` says how many seconds to wait."),
    500: gettext_lazy("A mistake of the portal; it was logged."),
    503: gettext_lazy("The database is away: `Retry-After` says how many seconds to wait."),
}


class ErrorSerializer(serializers.Serializer[dict[str, Any]]):
    """Why a request was refused. All keys are always there."""

    status = serializers.IntegerField(help_text=gettext_lazy("The HTTP status."))
    code = serializers.CharField(help_text=gettext_lazy("A short name for the kind of error."))
    message = serializers.CharField(
        help_text=gettext_lazy("What is wrong and what to do, in a sentence or more.")
    )
    fields = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()),
        help_text=gettext_lazy("The sentences by parameter; empty if no parameter is to blame."),
    )
    position = serializers.IntegerField(
        allow_null=True,
        help_text=gettext_lazy("Where an expression is wrong: the index of the character, from 0."),
    )
    suggestion = serializers.CharField(
        allow_blank=True, help_text=gettext_lazy("The nearest known name; empty if there is none.")
    )


class WrongParameter(exceptions.APIException):
    """A parameter cannot be answered; the message is a sentence for the caller.

    `position` (0-based) and `suggestion` tell where an expression is wrong and what is near.
    """

    status_code = 400
    default_code = "invalid"

    def __init__(
        self, parameter: str, message: str, *, position: int | None = None, suggestion: str = ""
    ) -> None:
        super().__init__(message)
        self.parameter = parameter
        self.message = message
        self.position = position
        self.suggestion = suggestion


class DatabaseAway(exceptions.APIException):
    """The database is gone, silent, or busy for too long."""

    status_code = 503
    default_code = "database_away"
    default_detail = gettext_lazy(
        "The portal's database does not answer at the moment: try again in half a minute."
    )
    wait = float(away.RETRY_SECONDS)


def answer_error(error: Exception, context: dict[str, Any]) -> Response:
    """The response to any exception of a view, always as JSON whatever format was asked for."""
    request: Request = context["request"]
    request.accepted_renderer = JSONRenderer()
    request.accepted_media_type = JSONRenderer.media_type
    known = _known(error)
    if known is None:
        logger.error("%s %s failed", request.method, request.path, exc_info=error)
        got_request_exception.send(sender=None, request=request._request)
        known = exceptions.APIException(_("Something went wrong here and was logged: try later."))
    wait = getattr(known, "wait", None)
    return Response(
        error_body(known, request),
        status=known.status_code,
        headers={"Retry-After": f"{wait:.0f}"} if wait is not None else {},
    )


def error_body(error: exceptions.APIException, request: Request | HttpRequest) -> dict[str, Any]:
    """The body that `ErrorSerializer` describes."""
    fields = _fields(error)
    return {
        "status": error.status_code,
        "code": error.default_code,
        "message": _message(error, request, fields),
        "fields": fields,
        "position": getattr(error, "position", None),
        "suggestion": getattr(error, "suggestion", ""),
    }


def _known(error: Exception) -> exceptions.APIException | None:
    match error:
        case exceptions.APIException():
            return error
        case Http404():
            return exceptions.NotFound()
        case PermissionDenied():
            return exceptions.PermissionDenied()
        case Error() if away.is_away(error):
            note(error)
            logger.error("The database is away: %s", error)
            return DatabaseAway()
        case _:
            return None


def _fields(error: exceptions.APIException) -> dict[str, list[str]]:
    if isinstance(error, WrongParameter):
        return {error.parameter: [error.message]}
    if isinstance(error, exceptions.ValidationError) and isinstance(error.detail, dict):
        return {
            str(name): [str(sentence) for sentence in sentences]
            for name, sentences in error.detail.items()
        }
    return {}


def _message(
    error: exceptions.APIException, request: Request | HttpRequest, fields: dict[str, list[str]]
) -> str:
    if isinstance(error, exceptions.ValidationError) and fields:
        return " ".join(f"{name}: {' '.join(sentences)}" for name, sentences in fields.items())
    return _sentence(error, request)


def _sentence(error: exceptions.APIException, request: Request | HttpRequest) -> str:
    match error:
        case exceptions.MethodNotAllowed():
            return _("%(method)s is not possible here: the API is read-only, use GET.") % {
                "method": request.method
            }
        case exceptions.NotAcceptable():
            formats = [renderer.media_type for renderer in error.available_renderers or ()]
            return _("The Accept header asks for what is not offered here: use %(formats)s.") % {
                "formats": _(" or ").join(formats)
            }
        case exceptions.Throttled():
            return _("Too many requests: try again in %(seconds)d seconds.") % {
                "seconds": getattr(error, "wait", None) or 1
            }
        case exceptions.NotFound() if str(error.detail) == str(exceptions.NotFound.default_detail):
            return _("There is nothing at this address: see /api/v1/ for what there is.")
        case _:
            return str(error.detail)
