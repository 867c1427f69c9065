"""What an uploaded file really is: by its content, never by its name or by what the sender says."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.files.base import File

from states.models import DocumentFile

from . import archive, limits, names, office, pdf, recognition
from .receiving import RefusedUpload
from .refusal import Code, Refused

ContentType = DocumentFile.ContentType

# Among the names inside a Word or Excel file that is protected by a password.
PROTECTED_CONTENT = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Inspected:
    """A file that may be stored, and what was found out about it; `size` is in bytes."""

    upload: "File[bytes]"
    content_type: ContentType
    original_name: str
    size: int
    sha256: str


def inspect(upload: "File[bytes]") -> Inspected:
    """Find out whether a file may be stored. Raises `Refused` with a sentence if not.

    The file must be able to seek; `upload.name` is the bare name that it was uploaded under. A file
    above the limit is refused before any of it is read.
    """
    if isinstance(upload, RefusedUpload):
        raise upload.refused
    name = upload.name or ""
    if names.has_path(name):
        raise Refused(Code.PATH_IN_NAME)
    limits.check_size(upload.size)
    size, sha256 = _measure(upload)
    content_type = _content_type(upload)
    if names.extension(name) != content_type.extension:
        raise Refused(
            Code.WRONG_EXTENSION,
            name=names.plain(name),
            kind=str(content_type.label),
            extension=content_type.extension,
        )
    upload.seek(0)
    return Inspected(
        upload=upload,
        content_type=content_type,
        original_name=names.download_name(name, content_type),
        size=size,
        sha256=sha256,
    )


def _measure(upload: "File[bytes]") -> tuple[int, str]:
    """The size and the SHA-256 of what is really there."""
    size, digest = 0, hashlib.sha256()
    for piece in upload.chunks():
        size += len(piece)
        digest.update(piece)
        limits.check_size(size)
    limits.check_size(size)
    return size, digest.hexdigest()


def _content_type(stream: Any) -> ContentType:
    """Which accepted type a file is. Raises `Refused` if it is none, or not a harmless one."""
    stream.seek(0)
    beginning = stream.read(recognition.BEGINNING_BYTES)
    if beginning.startswith(pdf.MAGIC):
        pdf.examine(stream)
        return ContentType.PDF
    if beginning.startswith((archive.MAGIC, archive.END_MAGIC)):
        if pdf.MAGIC in beginning:
            raise Refused(Code.TWO_TYPES)
        return office.examine(stream)
    raise _unaccepted(stream, beginning)


def _unaccepted(stream: Any, beginning: bytes) -> Refused:
    """The refusal of a file that begins like none of the accepted types."""
    stream.seek(0)
    content = stream.read()
    if beginning.startswith(recognition.COMPOUND_FILE) and PROTECTED_CONTENT in content:
        return Refused(Code.PROTECTED)
    if pdf.MAGIC in beginning or archive.END_MAGIC in content[-pdf.ARCHIVE_END_WITHIN_BYTES :]:
        return Refused(Code.TWO_TYPES)
    return Refused(Code.NOT_ACCEPTED, looks_like=recognition.looks_like(beginning))
