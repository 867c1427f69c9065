"""The parts that the portal needs, each with the question whether it is there."""

import logging
import os
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import redis
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection

from ccm_portal.models.job import work_storage

from .jobs import jobs

logger = logging.getLogger(__name__)

WAIT_SECONDS = 2
FINE = "ok"
MISSING = "missing"


class Missing(Exception):
    """A part is not there; the message says why, for the log alone."""


def look(*, now: datetime) -> dict[str, str]:
    """Each part by name, `ok` or `missing`. Why one is missing is logged, not told."""
    found = {name: _asked(name, check, now) for name, check in PARTS.items()}
    # What the database keeps is not asked for where it is missing: each try may wait for long.
    there = found["database"] == FINE
    return found | {"jobs": _asked("jobs", jobs, now) if there else MISSING}


def database(now: datetime) -> None:
    """The database answers, has the tables that this release needs, and takes changes."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW transaction_read_only")
            if cursor.fetchone() == ("on",):
                raise Missing("it takes no changes: it is read-only, or another's standby")
        cursor.execute("SELECT COUNT(*) FROM django_migrations")
        cursor.fetchone()


def broker(now: datetime) -> None:
    """Jobs can be handed over: Redis answers, or the folder of messages can be written."""
    if settings.REDIS_URL:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=WAIT_SECONDS, socket_connect_timeout=WAIT_SECONDS
        ) as client:
            client.ping()
        return
    _writable(Path(settings.BROKER_DIR))


def storage(now: datetime) -> None:
    """Files can be kept: the folder can be written, or a file goes to the bucket and away again.

    In the bucket that file lies beside those that wait for workers, where no backup meets it.
    """
    if isinstance(default_storage, FileSystemStorage):
        folder = Path(settings.MEDIA_ROOT)
        _writable(next(path for path in (folder, *folder.parents) if path.exists()))
        return
    name = work_storage().save(f"readiness/{uuid.uuid4()}", ContentFile(b"ready"))
    work_storage().delete(name)


PARTS: Mapping[str, Callable[[datetime], None]] = {
    "database": database,
    "broker": broker,
    "storage": storage,
}
"""Those that stand by themselves."""


def _asked(name: str, check: Callable[[datetime], None], now: datetime) -> str:
    try:
        check(now)
    except Exception as error:
        logger.warning("Not ready: %s (%s: %s)", name, type(error).__name__, error)
        return MISSING
    return FINE


def _writable(folder: Path) -> None:
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Missing(f"{folder} cannot be written")
