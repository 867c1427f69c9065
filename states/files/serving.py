"""Files as downloads: who may have which, and what the responses say."""

import uuid
from collections.abc import Callable

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from ccm_portal.file_store import opened
from states.models import Document, DocumentFile

MayBeShown = Callable[[Document], bool]
"""Whether a document's contents may be shown outside the admin, by rules that `states` does not
know, such as the publication of the report that it belongs to."""

# Short, because a document that is no longer public must be gone soon from every cache.
PUBLIC_CACHE = "public, max-age=60"
ADMIN_CACHE = "private, no-store"


def public_address(file: DocumentFile) -> str:
    """Where anybody finds a public file; the name at its end is there for people to read."""
    return reverse("document_file", args=[file.public_id, file.original_name])


def admin_address(file: DocumentFile) -> str:
    """Where the secretariat finds any file, also a replaced one."""
    return reverse("document_file_admin", args=[file.public_id])


def public_file(public_id: uuid.UUID, *, may_be_shown: MayBeShown) -> DocumentFile:
    """A current file of a public document. Raises `Http404`, always the same, for any other."""
    files = DocumentFile.objects.public().select_related("document")
    file = files.filter(public_id=public_id).first()
    if file is None or not may_be_shown(file.document):
        raise Http404
    return file


def any_file(public_id: uuid.UUID) -> DocumentFile:
    """A file of any document, current or replaced, for the admin. Raises `Http404`."""
    file = DocumentFile.objects.filter(public_id=public_id).first()
    if file is None:
        raise Http404
    return file


def download(request: HttpRequest, file: DocumentFile, *, cache: str) -> HttpResponseBase:
    """A file as an attachment that no browser opens as a part of the portal.

    The answer to GET and HEAD; not modified (304) for who has this version already. Raises
    `FileStoreAway` if the file cannot be had, a missing one too: its row says that it is there.
    """
    headers = {
        "Cache-Control": cache,
        "Content-Disposition": content_disposition_header(True, file.original_name) or "",
        "Content-Length": str(file.size),
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Content-Type": file.content_type,
        "ETag": f'"{file.sha256}"',
        "X-Content-Type-Options": "nosniff",
    }
    # Without the content: what HEAD gets, and who has it already.
    bare = HttpResponse(headers=headers)
    answer = get_conditional_response(request, etag=headers["ETag"], response=bare) or bare
    if answer is not bare:
        return answer
    content = opened(file.file.storage, str(file.file.name))
    if request.method == "HEAD":
        content.close()
        return bare
    return FileResponse(content, headers=headers, as_attachment=True, filename=file.original_name)
