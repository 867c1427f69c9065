"""Uploads as browsers and others send them, byte by byte."""

import io
from collections.abc import Iterable, Iterator

from django.core.files.uploadedfile import UploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest
from django.test import RequestFactory

BOUNDARY = "a-boundary-that-stands-nowhere-else"


class Stream(io.RawIOBase):
    """A request's body that is made while it is read."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.pieces: Iterator[bytes] = iter(pieces)
        self.rest = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while size < 0 or len(self.rest) < size:
            piece = next(self.pieces, None)
            if piece is None:
                break
            self.rest += piece
        given, self.rest = (self.rest, b"") if size < 0 else (self.rest[:size], self.rest[size:])
        return given


def head(name: str, field: str = "upload") -> bytes:
    """What stands before a file's content."""
    return (
        f"--{BOUNDARY}\r\n"
        f'Content-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    ).encode()


END = f"\r\n--{BOUNDARY}--\r\n".encode()


def received(request: HttpRequest) -> "UploadedFile[bytes]":
    """The file that a request brought in the field `upload`."""
    file = request.FILES["upload"]
    assert isinstance(file, UploadedFile)
    return file


def post(pieces: Iterable[bytes], length: int) -> WSGIRequest:
    """A request with a body of so many bytes."""
    environ = RequestFactory()._base_environ(  # type: ignore[attr-defined]
        REQUEST_METHOD="POST",
        CONTENT_TYPE=f"multipart/form-data; boundary={BOUNDARY}",
        CONTENT_LENGTH=str(length),
    )
    environ["wsgi.input"] = Stream(pieces)
    return WSGIRequest(environ)


def upload(name: str, content: bytes) -> WSGIRequest:
    """A request with one file."""
    return uploads((name, content))


def uploads(*files: tuple[str, bytes]) -> WSGIRequest:
    """A request with several files in the field `upload`."""
    body = b"\r\n".join(head(name) + content for name, content in files) + END
    return post([body], len(body))


def large_upload(name: str, size: int) -> WSGIRequest:
    """A request with a file of so many bytes, which lie nowhere."""
    piece = b"%PDF-1.7\n".ljust(2**16, b"x")
    pieces, rest = divmod(size, len(piece))

    def body() -> Iterator[bytes]:
        yield head(name)
        for _ in range(pieces):
            yield piece
        yield piece[:rest]
        yield END

    return post(body(), len(head(name)) + size + len(END))
