"""The mail that became files, where no mail server is named: to be read in the admin."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.utils.http import content_disposition_header

from ccm_portal.mail.transport import FILE_BACKEND

SHOWN = 500
"""How many messages a list holds, the latest first."""


@dataclass(frozen=True)
class File:
    """A file that goes with a message."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Message:
    """A message as a standard library reads it. `name` is that of its file."""

    name: str
    written_at: datetime
    sender: str
    to: str
    copies: str
    subject: str
    date: str
    message_id: str
    text: str
    files: tuple[File, ...]


def folder() -> Path | None:
    """Where messages become files; None where a mail server is named."""
    if settings.EMAIL_BACKEND != FILE_BACKEND:
        return None
    return Path(cast(Any, settings).EMAIL_FILE_PATH)


def latest() -> list[Message]:
    """The latest messages, the newest first."""
    files = sorted(_files(), key=lambda path: path.stat().st_mtime, reverse=True)
    return [_message(path) for path in files[:SHOWN]]


def read(name: str) -> Message | None:
    """One message by the name of its file; None where there is none of that name."""
    return next((_message(path) for path in _files() if path.name == name), None)


def disposition(name: str) -> str:
    """The header with which a browser saves a file under its name."""
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"


def _files() -> list[Path]:
    place = folder()
    return list(place.glob("*.eml")) if place is not None and place.is_dir() else []


def _message(path: Path) -> Message:
    parsed = message_from_bytes(path.read_bytes(), policy=default)
    body = parsed.get_body(("plain",))
    return Message(
        name=path.name,
        written_at=datetime.fromtimestamp(path.stat().st_mtime, tz=UTC),
        sender=str(parsed["From"] or ""),
        to=str(parsed["To"] or ""),
        copies=str(parsed["Cc"] or ""),
        subject=str(parsed["Subject"] or ""),
        date=str(parsed["Date"] or ""),
        message_id=str(parsed["Message-ID"] or ""),
        text=str(body.get_content()) if body is not None else "",
        files=tuple(
            File(part.get_filename() or "file", cast(bytes, part.get_payload(decode=True) or b""))
            for part in parsed.iter_attachments()
        ),
    )
