"""The database as one file and back, by the database's own means.

Both ways are whole: a copy is of one moment, and what is put back is put back in one transaction.
"""

import ctypes
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections
from django.utils.translation import gettext as _

from .refusal import BackupError

POSTGRES_TOOLS = _("Install the PostgreSQL client of the server's version (postgresql-client).")


def name() -> str:
    """What the copy of the present database is called in a backup."""
    return "database.sqlite3" if connection.vendor == "sqlite" else "database.dump"


def save(path: Path) -> None:
    """Write a copy of the database as it is at one moment. Raises `BackupError`."""
    if connection.vendor == "sqlite":
        with _refusing(), closing(sqlite3.connect(path)) as copy:
            _sqlite().backup(copy)
        return
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}")


def put_back(path: Path) -> None:
    """Replace all that the database holds by a copy. Raises `BackupError`; then it is as before."""
    if connection.vendor == "sqlite":
        with _refusing(), closing(sqlite3.connect(path)) as copy:
            copy.backup(_sqlite())
        connections.close_all()
        return
    connections.close_all()
    script = path.with_suffix(".sql")
    _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(path))
    _run(
        "psql",
        *("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"),
        # Also what only a later release has: its migrations make that anew.
        "--command=DROP SCHEMA public CASCADE; CREATE SCHEMA public",
        f"--file={script}",
    )


@contextmanager
def _refusing() -> Iterator[None]:
    """Say what SQLite cannot do, on a full disk for one, as the tools of PostgreSQL say it."""
    try:
        yield
    except sqlite3.Error as error:
        raise BackupError(f"SQLite: {error}") from error


def _sqlite() -> sqlite3.Connection:
    connection.ensure_connection()
    found: sqlite3.Connection = connection.connection
    return found


def _run(tool: str, *arguments: str) -> None:
    program = shutil.which(tool)
    if program is None:
        raise BackupError(f"{tool}: {_('the program was not found.')} {POSTGRES_TOOLS}")
    settings: dict[str, Any] = connection.settings_dict
    environment = {
        "PGHOST": settings["HOST"],
        "PGPORT": settings["PORT"],
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGDATABASE": settings["NAME"],
        "PATH": str(Path(program).parent),
    }
    answer = subprocess.run(  # noqa: S603
        [program, *arguments],
        env={key: str(value) for key, value in environment.items() if value},
        preexec_fn=_end_with_the_portal,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode != 0:
        reason = " ".join(answer.stderr.split())[:300] or str(answer.returncode)
        raise BackupError(f"{tool}: {reason}")


def _end_with_the_portal() -> None:
    """Let Linux kill this process when its parent is killed: nobody would expect it to go on and
    to replace the database some time later. Half of its transaction is nothing.
    """
    if sys.platform == "linux":
        set_parent_death_signal = 1  # PR_SET_PDEATHSIG of prctl(2)
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)
