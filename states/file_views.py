"""Downloads of the files of documents: the public ones, and all of them under the admin."""

import uuid

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from .files import serving


@require_safe
def download(
    request: HttpRequest, public_id: uuid.UUID, name: str, may_be_shown: serving.MayBeShown
) -> HttpResponseBase:
    """A current file of a public document, the same for everybody; nobody's cookies are read.

    The name in the address is there for people to read. Everything that is not public is not found.
    """
    file = serving.public_file(public_id, may_be_shown=may_be_shown)
    return serving.download(request, file, cache=serving.PUBLIC_CACHE)


@require_safe
def download_in_admin(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """Any file, also a replaced one, for staff who may view documents."""
    if not admin.site.has_permission(request):
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    if not request.user.has_perm("states.view_document"):
        raise Http404
    file = serving.any_file(public_id)
    return serving.download(request, file, cache=serving.ADMIN_CACHE)
