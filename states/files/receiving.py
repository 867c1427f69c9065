"""Taking uploads in: straight to a temporary file, and only as much as a file may have.

The setting FILE_UPLOAD_HANDLERS names `BoundedUploadHandler` alone, so that this holds for every
form of the portal.
"""

import html
import logging
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http.multipartparser import MultiPartParser

from . import limits, names
from .refusal import Code, Refused

logger = logging.getLogger(__name__)


class RefusedUpload(UploadedFile):  # type: ignore[type-arg]
    """Stands where an upload would, without its content.

    Whoever asks for its size or its content gets the refusal, so that every form field for files
    shows the sentence.
    """

    def __init__(self, refused: Refused, name: str) -> None:
        self.refused = refused
        super().__init__(file=None, name=names.plain(name).strip(". ") or "upload")

    @property
    def size(self) -> int:
        """Raises the refusal: Django's form fields ask for it first."""
        raise self.refused

    @size.setter
    def size(self, _value: object) -> None:
        """There is none."""

    def open(self, *_arguments: Any, **_options: Any) -> "RefusedUpload":
        """Raises the refusal."""
        raise self.refused

    def read(self, *_arguments: Any) -> bytes:
        """Raises the refusal."""
        raise self.refused

    def seek(self, *_arguments: Any) -> int:
        """Raises the refusal."""
        raise self.refused

    def close(self) -> None:
        """There is nothing to close."""


class BoundedUploadHandler(FileUploadHandler):
    """Writes uploads to temporary files, and drops one that is refused as soon as this is known.

    The rest of a refused file is read and thrown away: a browser shows no answer before it has sent
    everything.
    """

    file: TemporaryUploadedFile | None = None
    refused: Refused | None = None
    is_request_too_large = False
    _is_parsing = False

    def handle_raw_input(  # type: ignore[override]
        self,
        input_data: Any,
        META: dict[str, str],
        content_length: int,
        boundary: bytes,
        encoding: str | None = None,
    ) -> tuple[Any, Any] | None:
        """Parse the request with names as they were sent, not yet made harmless."""
        if self._is_parsing:
            return None
        self._is_parsing = True
        self.is_request_too_large = content_length > limits.FILES_A_REQUEST * limits.max_bytes()
        return _ParserOfNames(META, input_data, [self], encoding).parse()

    def new_file(self, field_name: str, file_name: str, *arguments: Any, **options: Any) -> None:
        """Open a temporary file, unless it is known already that none is wanted."""
        super().new_file(field_name, file_name, *arguments, **options)
        self.file = self.refused = None
        if names.has_path(file_name):
            self.refused = Refused(Code.PATH_IN_NAME)
        elif self.is_request_too_large:
            self.refused = limits.too_large()
        else:
            self._open(file_name)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece, or drop it."""
        if self.file is None:
            return
        if start + len(raw_data) > limits.max_bytes():
            self._drop(limits.too_large())
            return
        try:
            self.file.write(raw_data)
        except OSError:
            logger.exception("An upload could not be written to a temporary file")
            self._drop(Refused(Code.NOT_STORED))

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        """The upload, or what stands for it if it was refused."""
        try:
            if self.file is not None:
                self.file.seek(0)
        except OSError:
            # What was still to be written did not fit.
            logger.exception("An upload could not be written to a temporary file")
            self._drop(Refused(Code.NOT_STORED))
        if self.file is None:
            return RefusedUpload(self.refused or Refused(Code.NOT_STORED), self.file_name or "")
        self.file.size = file_size
        return self.file

    def upload_interrupted(self) -> None:
        """The sender is gone: so is the temporary file."""
        self._drop(Refused(Code.NOT_STORED))

    def _open(self, file_name: str) -> None:
        try:
            # The name comes afterwards: it would become a part of the temporary file's name.
            upload = TemporaryUploadedFile("upload", self.content_type, 0, self.charset)
        except OSError:
            logger.exception("No temporary file could be made for an upload")
            self.refused = Refused(Code.NOT_STORED)
            return
        upload.name = file_name
        self.file = upload

    def _drop(self, refused: Refused) -> None:
        self.refused = refused
        upload, self.file = self.file, None
        if upload is not None:
            try:
                upload.close()
            except OSError:
                # Closing writes what is left, which may not fit; the file goes all the same.
                logger.exception("A temporary file could not be closed in order")


class _ParserOfNames(MultiPartParser):
    """Leaves a path in an upload's name where it is: refused, not silently taken away."""

    def sanitize_file_name(self, file_name: str) -> str | None:
        name = html.unescape(file_name)
        return name if names.has_path(name) else super().sanitize_file_name(file_name)
