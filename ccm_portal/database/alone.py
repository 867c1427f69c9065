"""Work that two processes must not do at once: the second waits for the first."""

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.utils.translation import gettext as _


@contextmanager
def alone(
    work: str, *, say: Callable[[str], object], alias: str = DEFAULT_DB_ALIAS
) -> Iterator[None]:
    """Hold an advisory lock of PostgreSQL that is named after the work, until the block ends.

    `say` is told in a sentence if somebody else holds it. A process that is killed loses it.
    SQLite, which is for one machine and one administrator, has none.
    """
    if connections[alias].vendor != "postgresql":
        yield
        return
    key = [zlib.crc32(f"ccm_portal {work}".encode())]
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", key)
        if cursor.fetchone() != (True,):
            say(_("Another process does the same at this moment: waiting for its end."))
            cursor.execute("SELECT pg_advisory_lock(%s)", key)
    try:
        yield
    finally:
        with suppress(Error), connections[alias].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", key)
