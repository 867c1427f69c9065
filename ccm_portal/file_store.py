"""The store of files, a folder or a bucket, may be away: it refuses, does not answer, or is full.

Whoever takes a file out of it or puts one in does so by `opened` and `stored`. They write the
reason to the log and raise `FileStoreAway`. Where nobody tells it better, the answer is a page with
status 503: never "not found", which search engines and readers would believe.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import SEEK_END

from django.core.files.base import File
from django.core.files.storage import Storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

logger = logging.getLogger(__name__)

RETRY_SECONDS = 120


class FileStoreAway(Exception):
    """The store did not give or take a file. The log has the reason."""


class FileLost(FileStoreAway):
    """The store says that it has no such file; a disk that is not mounted says so too."""


class FileStoreMiddleware:
    """Answers 503 with a page where a view could not have a file."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page, which no cache may keep; nothing for any other exception."""
        if not isinstance(exception, FileStoreAway):
            return None
        response = render(request, "503.html", status=503)
        response.headers["Retry-After"] = str(RETRY_SECONDS)
        response.headers["Cache-Control"] = "no-store"
        return response


def opened(storage: Storage, name: str) -> "File[bytes]":
    """A stored file to read, already fetched from a bucket. Raises `FileStoreAway`."""
    with telling_of(f"The file {name} cannot be read"):
        file = storage.open(name)
        try:
            # A bucket gives the content only now, and a response under way cannot say 503 any more.
            file.read(1)
            # Web servers send from where the system's file stands: `seek(0)` alone, inside what
            # is buffered, does not move it.
            file.seek(0, SEEK_END)
            file.seek(0)
        except OSError:
            file.close()
            raise
    return file


def stored(storage: Storage, name: str, content: "File[bytes]") -> str:
    """Store a file, under a name which is the answer. Raises `FileStoreAway`."""
    with telling_of(f"The file {name} cannot be stored"):
        return storage.save(name, content)


@contextmanager
def telling_of(failure: str) -> Iterator[None]:
    """Log an `OSError` with what failed, and raise `FileStoreAway` in its place.

    Nothing but the reading and writing of files belongs inside.
    """
    try:
        yield
    except OSError as error:
        logger.error("%s: %s", failure, error)
        kind = FileLost if isinstance(error, FileNotFoundError) else FileStoreAway
        raise kind(failure) from error
