"""A transaction that is committed without waiting for the disk.

For what may be lost in a power cut, together with what follows from it. It is whole or not there
at all, others see it at once, and it survives a crash of the process; the next commit that waits
for the disk makes it last as well.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def asynchronous_commit() -> Iterator[None]:
    """A transaction of its own; within another one it is part of that, and lasts as that does.

    PostgreSQL: `synchronous_commit`; SQLite with its write-ahead log: `PRAGMA synchronous`.
    """
    if connection.in_atomic_block:
        with transaction.atomic():
            yield
    elif connection.vendor == "sqlite":
        _execute("PRAGMA synchronous=NORMAL")
        try:
            with transaction.atomic():
                yield
        finally:
            _execute("PRAGMA synchronous=FULL")
    else:
        with transaction.atomic():
            _execute("SET LOCAL synchronous_commit = off")
            yield


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
