"""The version of the data: another one after every write, whoever wrote it and how.

Pages are kept and revalidated by this version (`ccm_portal.page_cache`). It must therefore change
with every write, bulk imports and `QuerySet.update` included, and in the same transaction. So it
is taken from the statements that reach the database: each transaction that writes adds one row
of `DataChange`.

A version is the newest row and the number of rows. The number counts too, because transactions
need not be committed in the order in which they began: an older row may appear after a newer one.
Writers only add rows, so that they neither wait for one another nor block one another.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from .models import DataChange

KEPT = timedelta(hours=1)
"""How long rows are kept: far longer than any transaction lasts."""

_WRITE = re.compile(
    r"""\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE(?:\s+ONLY)?|DELETE\s+FROM"""
    r"""|TRUNCATE(?:\s+TABLE)?|COPY)\s+["`]?(?P<table>\w+)""",
    re.IGNORECASE,
)
_FIRST_LETTERS = frozenset("IRUDTCirudtc \n\t")


@dataclass(frozen=True)
class DataVersion:
    """A state of the data: `number` grows with the writes, `changed_at` is when one was noted."""

    number: int
    key: str
    changed_at: datetime | None


NOTHING_WRITTEN = DataVersion(number=0, key="nothing", changed_at=None)


def current() -> DataVersion:
    """The version of the data as this connection sees them. Costs one query.

    Whoever keeps an answer reads the version *before* the data: a write in between then makes
    the answer newer than its version, never older.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    _forget(connection)
    table = connection.ops.quote_name(DataChange._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, token, made_at, (SELECT COUNT(*) FROM {table}) "  # noqa: S608
            f"FROM {table} ORDER BY id DESC LIMIT 1"
        )
        row = cursor.fetchone()
    if row is None:
        return NOTHING_WRITTEN
    number, token, made_at, count = row
    return DataVersion(number, f"{number}.{count}.{token}", _moment(made_at))


def forget_old_changes(*, now: datetime) -> None:
    """Remove the rows that no open transaction can precede any more; the version changes once."""
    with transaction.atomic():
        DataChange.objects.create(made_at=now)
        DataChange.objects.filter(made_at__lt=now - KEPT).delete()


def watch(*, connection: BaseDatabaseWrapper, **_arguments: Any) -> None:
    """Note the writes of a new connection to the portal's database."""
    if connection.alias == DEFAULT_DB_ALIAS and _note not in connection.execute_wrappers:
        connection.execute_wrappers.append(_note)


def _note(
    execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: dict[str, Any]
) -> Any:
    """Run a statement; where it writes what counts, add a row in the same transaction."""
    connection: BaseDatabaseWrapper = context["connection"]
    if sql[:1] not in _FIRST_LETTERS or not _counts(sql) or not _is_ready(connection):
        return execute(sql, parameters, many, context)
    if connection.in_atomic_block:
        result = execute(sql, parameters, many, context)
        if not any(entry[1] is _noted for entry in connection.run_on_commit):
            DataChange.objects.create()
            connection.on_commit(_noted)
        return result
    if " RETURNING " in sql:
        # Its rows are still to be fetched, so that no transaction around it could be closed here:
        # a row before it and one after it, for a reader may come in between.
        DataChange.objects.create()
        result = execute(sql, parameters, many, context)
        DataChange.objects.create()
        return result
    with transaction.atomic(using=connection.alias):
        DataChange.objects.create()
        return execute(sql, parameters, many, context)


def _noted() -> None:
    """Stands among the callbacks of a transaction that has its row.

    Django drops it together with what a savepoint or the transaction takes back, and so the row
    and the knowledge of it live and die together.
    """


def _forget(connection: BaseDatabaseWrapper) -> None:
    """Let the next write of an open transaction have a row of its own, since someone looked."""
    connection.run_on_commit = [
        entry for entry in connection.run_on_commit if entry[1] is not _noted
    ]


def _counts(sql: str) -> bool:
    found = _WRITE.match(sql)
    return found is not None and not found["table"].startswith(settings.UNSHOWN_TABLES)


def _is_ready(connection: BaseDatabaseWrapper) -> bool:
    """Whether the table is there: the first migrations write before it is."""
    if not getattr(connection, "notes_changes", False):
        connection.notes_changes = (  # type: ignore[attr-defined]
            DataChange._meta.db_table in connection.introspection.table_names()
        )
    return bool(connection.notes_changes)  # type: ignore[attr-defined]


def _moment(value: datetime | str) -> datetime:
    """SQLite gives a moment as text in UTC."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value if timezone.is_aware(value) else value.replace(tzinfo=UTC)
