"""The page for a mistake of the portal's own."""

from django.http import HttpRequest, HttpResponseServerError
from django.template import loader


def server_error(request: HttpRequest) -> HttpResponseServerError:
    """The page for status 500: it asks nothing of the database, which may be what failed, and
    tells the number under which the log says more.
    """
    number = getattr(request, "request_id", "")
    return HttpResponseServerError(loader.get_template("500.html").render({"number": number}))
