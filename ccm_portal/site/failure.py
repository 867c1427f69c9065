"""The page for a mistake of the portal's own, and for a database that is away."""

import logging
import sys

from django.contrib.sessions.exceptions import SessionInterrupted
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template import loader
from django.views import defaults

from ccm_portal.database.answers import answer
from ccm_portal.database.away import is_away
from ccm_portal.database.breaker import note

logger = logging.getLogger(__name__)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for status 500: it asks nothing of the database, and tells the number under which
    the log says more. Status 503 where the database is away.

    Django calls this while it handles the error, whether a view raised it or a middleware.
    """
    error = sys.exception()
    if is_away(error):
        note(error)
        logger.error("The database is away: %s", error)
        return answer(request)
    number = getattr(request, "request_id", "")
    return HttpResponseServerError(loader.get_template("500.html").render({"number": number}))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for status 400, but where a session could not be kept because the database is away:
    Django takes any error of the database at that for the caller's.
    """
    cause: BaseException | None = exception
    while isinstance(exception, SessionInterrupted) and cause is not None:
        if is_away(cause):
            logger.error("The database is away: %s", cause)
            return answer(request)
        cause = cause.__context__
    return defaults.bad_request(request, exception)
