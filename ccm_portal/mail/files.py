"""Messages as files, where no mail server is named: one `.eml` a message, whole or not at all."""

import contextlib
import os
import re
import tempfile
from collections.abc import Collection, Sequence
from email.parser import BytesHeaderParser
from email.policy import SMTP
from pathlib import Path

from .outcome import Outcome, Phase, RecipientReply, Result
from .transport import Transport

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
ACCEPTED_CODE = 250


class FileTransport(Transport):
    """A folder that stands in for a mail server.

    A file is named after its Message-ID, so that the same message can never stand there twice.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder)
        self._recipients: tuple[RecipientReply, ...] = ()

    def open(self) -> Outcome | None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            return Outcome(Result.DEFERRED, Phase.CONNECTION, None, _words(error))
        return None

    def offer(
        self, sender: str, recipients: Sequence[str], principals: Collection[str]
    ) -> Outcome | None:
        self._recipients = tuple(
            RecipientReply(address, ACCEPTED_CODE, "written to a file") for address in recipients
        )
        return self.open()

    def hand_over(self, content: bytes) -> Outcome:
        try:
            path = self._write(content)
        except OSError as error:
            # A file appears whole or not at all, so that nothing is unknown here.
            return Outcome(Result.DEFERRED, Phase.CONTENT, None, _words(error), self._recipients)
        return Outcome(Result.ACCEPTED, Phase.CONTENT, ACCEPTED_CODE, path.name, self._recipients)

    def _write(self, content: bytes) -> Path:
        path = self.folder / file_name(content)
        handle, temporary = tempfile.mkstemp(dir=self.folder, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
            self._keep_names()
        except OSError:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
            raise
        return path

    def _keep_names(self) -> None:
        """Wait until the disk has the file's name too, where the file system can say so."""
        folder = os.open(self.folder, os.O_RDONLY)
        with contextlib.suppress(OSError):
            os.fsync(folder)
        os.close(folder)

    def withdraw(self) -> None:
        self._recipients = ()

    def close(self) -> None:
        self._recipients = ()


def file_name(content: bytes) -> str:
    """The name of the file of a message, after its Message-ID."""
    headers = BytesHeaderParser(policy=SMTP).parsebytes(content)
    return _UNSAFE.sub("_", str(headers["Message-ID"] or "message")).strip("_.")[:180] + ".eml"


def _words(error: OSError) -> str:
    return f"{type(error).__name__}: {error.strerror}"
