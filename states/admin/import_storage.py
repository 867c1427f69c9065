"""Where an uploaded spreadsheet waits between its preview and its confirmation.

A file lies in `settings.IMPORTS_DIR`, which all web processes share and nobody else may enter,
under a name that we choose. Who uploaded it has the name in the session, and for that kind of
record only: a name that a page merely sends opens nothing.
"""

import os
import re
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest
from import_export.tmp_storages import BaseStorage

from ccm_portal.file_store import telling_of

MAX_AGE = 24 * 60 * 60
"""In seconds: a preview that was not confirmed by then is given up."""

_NAME = re.compile(r"[0-9a-f]{32}")
_SESSION_KEY = "import_files"
_MAX_WAITING = 20


class ImportStorage(BaseStorage):  # type: ignore[misc]
    """One file; `name` is "" until it is saved. Any other name than ours is a file not found."""

    def save(self, data: bytes) -> None:
        """Keep a new file, and drop those that were abandoned. Raises `FileStoreAway`."""
        self.name = uuid4().hex
        with telling_of("A spreadsheet cannot be kept until its import is confirmed"):
            folder = _folder()
            _drop_abandoned(folder)
            descriptor = os.open(folder / self.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)

    def read(self) -> bytes:
        """Raises `OSError` where the file is not, or no longer, there."""
        return self._path().read_bytes()

    def remove(self) -> None:
        """Drop the file, if it is still there."""
        self._path().unlink(missing_ok=True)

    def _path(self) -> Path:
        if not _NAME.fullmatch(self.name or ""):
            raise FileNotFoundError(self.name)
        return _folder() / self.name


def remember(*, request: HttpRequest, name: str, kind: str) -> None:
    """Let whoever uploaded the file confirm its import as records of a kind."""
    waiting = request.session.get(_SESSION_KEY, {}) | {name: kind}
    request.session[_SESSION_KEY] = dict(list(waiting.items())[-_MAX_WAITING:])


def is_remembered(request: HttpRequest, *, name: str, kind: str) -> bool:
    """Whether this session uploaded the file, as records of this kind."""
    waiting: dict[str, Any] = request.session.get(_SESSION_KEY, {})
    return _NAME.fullmatch(name) is not None and waiting.get(name) == kind


def forget(*, request: HttpRequest, name: str) -> None:
    """Drop a file and its name, whatever became of it."""
    waiting = dict(request.session.get(_SESSION_KEY, {}))
    if waiting.pop(name, None):
        request.session[_SESSION_KEY] = waiting
    ImportStorage(name=name).remove()


def _folder() -> Path:
    folder = Path(settings.IMPORTS_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o777 != 0o700:
        folder.chmod(0o700)
    return folder


def _drop_abandoned(folder: Path) -> None:
    oldest = time.time() - MAX_AGE
    for file in folder.iterdir():
        try:
            if file.stat().st_mtime < oldest:
                file.unlink()
        except FileNotFoundError:
            # Another process dropped it in the meantime.
            continue
