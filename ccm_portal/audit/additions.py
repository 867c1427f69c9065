"""The entries of many new records in their history, copied from the records by the database."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import connections, router
from django.db.models import Model, Value
from django.utils import timezone

BATCH = 5000
"""How many entries one statement copies; a statement of SQLite takes 32,766 parameters."""


def note_added(
    model: type[Model], keys: Sequence[Any], *, by: AbstractBaseUser | None, reason: str
) -> None:
    """Enter into a model's history that records, named by their keys, were added just now.

    For records that were inserted without `save`, in the same transaction, and for models whose
    history holds no lists of other records.
    """
    history: Any = model.history.model  # type: ignore[attr-defined]
    said = {
        "history_date": timezone.now(),
        "history_type": "+",
        "history_change_reason": reason,
        "history_user_id": by and by.pk,
    }
    copied = [field.attname for field in history.tracked_fields]
    values = [
        Value(value, output_field=history._meta.get_field(name)) for name, value in said.items()
    ]
    columns = [history._meta.get_field(name).column for name in [*copied, *said]]
    for start in range(0, len(keys), BATCH):
        records = model._base_manager.filter(pk__in=keys[start : start + BATCH]).order_by("pk")
        _copy(records.values_list(*copied, *values), into=history, columns=columns)


def _copy(rows: Any, *, into: type[Model], columns: Sequence[str]) -> None:
    """Insert what a query gives into columns of a model's table."""
    connection = connections[router.db_for_write(into)]
    select, parameters = rows.query.get_compiler(connection=connection).as_sql()
    name = connection.ops.quote_name
    target = f"{name(into._meta.db_table)} ({', '.join(map(name, columns))})"
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {target} {select}", parameters)
