"""The backup file: a tar archive of a manifest, the database and the uploaded files.

The database is copied first. Uploaded files are never changed or removed, so that each one that
the copy names is among the files that are copied after it.
"""

import hashlib
import json
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO

from django.core.files.base import File
from django.core.files.storage import Storage, default_storage
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from ccm_portal.release import release

from . import database, files
from .refusal import BackupError

MANIFEST = "manifest.json"
FILES = "files"
FORMAT = 1


@dataclass(frozen=True)
class Contents:
    """What a backup holds: when it was made, of what, and a SHA-256 for each part by its name."""

    made_at: str
    vendor: str
    release: str
    migrations: tuple[str, ...]
    digests: dict[str, str]

    @property
    def file_count(self) -> int:
        """How many uploaded files it holds."""
        return sum(name.startswith(f"{FILES}/") for name in self.digests)


def write(*, path: Path, now: datetime, storage: Storage = default_storage) -> Contents:
    """Make a backup. The file appears whole, or not at all. Raises `BackupError`."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        if path.exists():
            raise BackupError(
                _("%(file)s is there already: name another file.") % {"file": path.name}
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        contents = _write(unfinished, now, storage)
        unfinished.chmod(0o600)
        unfinished.rename(path)
    except OSError as error:
        raise BackupError(
            _("The backup cannot be written: %(reason)s.") % {"reason": error.strerror or error}
        ) from error
    finally:
        with suppress(OSError):
            unfinished.unlink()
    return contents


def read(*, path: Path, storage: Storage = default_storage) -> Contents:
    """Put a backup back in place of all that is here.

    It is checked whole before anything is changed. Files that the backup does not know stay: the
    database no longer names them. Raises `BackupError`; then the database is as it was.
    """
    with tempfile.TemporaryDirectory(prefix="ccm-restore-") as folder:
        parts = Path(folder)
        contents = _unpack(path, parts)
        _refuse_another(contents)
        try:
            _put_files(contents, parts, storage)
        except OSError as error:
            raise BackupError(
                _("The files cannot be put back: %(reason)s. The database is as it was.")
                % {"reason": error.strerror or error}
            ) from error
        database.put_back(parts / database.name())
    return contents


def _write(path: Path, now: datetime, storage: Storage) -> Contents:
    digests: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="ccm-backup-") as folder:
        copy = Path(folder, database.name())
        database.save(copy)
        with tarfile.open(path, "w") as archive:
            with copy.open("rb") as content:
                digests[copy.name] = _add(archive, copy.name, content, copy.stat().st_size)
            for name in files.names(storage):
                member = f"{FILES}/{name}"
                with storage.open(name) as content:
                    digests[member] = _add(archive, member, content, content.size)
            contents = Contents(
                made_at=now.isoformat(),
                vendor=connection.vendor,
                release=release(),
                migrations=_applied(),
                digests=digests,
            )
            _add_manifest(archive, contents)
    return contents


def _add(archive: tarfile.TarFile, name: str, content: IO[bytes], size: int) -> str:
    digest = _sha256(content)
    content.seek(0)
    entry = tarfile.TarInfo(name)
    entry.size = size
    entry.mode = 0o600
    archive.addfile(entry, content)
    return digest


def _add_manifest(archive: tarfile.TarFile, contents: Contents) -> None:
    with tempfile.TemporaryFile() as file:
        file.write(json.dumps({"format": FORMAT, **vars(contents)}, indent=1).encode())
        size = file.tell()
        file.seek(0)
        _add(archive, MANIFEST, file, size)


def _unpack(path: Path, folder: Path) -> Contents:
    try:
        with tarfile.open(path) as archive:
            _extract(archive, folder)
        said = json.loads((folder / MANIFEST).read_bytes())
        contents = Contents(
            made_at=said["made_at"],
            vendor=said["vendor"],
            release=said["release"],
            migrations=tuple(said["migrations"]),
            digests=dict(said["digests"]),
        )
    except OSError as error:
        raise BackupError(
            _("%(file)s cannot be read: %(reason)s.")
            % {"file": path.name, "reason": error.strerror or error}
        ) from error
    except (tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise BackupError(
            _("%(file)s cannot be read as a backup of the portal.") % {"file": path.name}
        ) from error
    for name, digest in contents.digests.items():
        if _digest(folder / PurePosixPath(name)) != digest:
            raise BackupError(_("“%(part)s” in the backup is damaged or missing.") % {"part": name})
    return contents


def _extract(archive: tarfile.TarFile, folder: Path) -> None:
    """Unpack plain files alone, below the folder.

    Not `extractall` with a filter: Python 3.11 has that only from 3.11.4, and Debian 12 has 3.11.2.
    """
    for entry in archive:
        name = PurePosixPath(entry.name)
        content = archive.extractfile(entry) if entry.isreg() else None
        if content is None or name.is_absolute() or ".." in name.parts:
            raise ValueError(entry.name)
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with content, target.open("xb") as copy:
            shutil.copyfileobj(content, copy)


def _digest(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return _sha256(file)


def _sha256(content: IO[bytes]) -> str:
    return hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]


def _refuse_another(contents: Contents) -> None:
    if contents.vendor != connection.vendor:
        raise BackupError(
            _("The backup is of a %(theirs)s database, and DATABASE_URL names a %(ours)s one.")
            % {"theirs": contents.vendor, "ours": connection.vendor}
        )
    known = set(_known())
    unknown = [name for name in contents.migrations if name not in known]
    if unknown:
        raise BackupError(
            _(
                "The backup was made by a newer release (it knows %(migration)s): install that "
                "release first."
            )
            % {"migration": unknown[0]}
        )


def _applied() -> tuple[str, ...]:
    applied = MigrationRecorder(connection).applied_migrations()
    return tuple(sorted(".".join(name) for name in applied))


def _known() -> Iterator[str]:
    for name in MigrationLoader(None).disk_migrations:
        yield ".".join(name)


def _put_files(contents: Contents, folder: Path, storage: Storage) -> None:
    for member, digest in contents.digests.items():
        if not member.startswith(f"{FILES}/"):
            continue
        name = member.removeprefix(f"{FILES}/")
        if storage.exists(name):
            # Nearly every file, because stored files are never changed.
            with storage.open(name) as present:
                if _sha256(present) == digest:
                    continue
            storage.delete(name)
        with (folder / PurePosixPath(member)).open("rb") as content:
            storage.save(name, File(content))
