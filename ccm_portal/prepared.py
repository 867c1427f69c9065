"""Questions to the database whose SQL is written once in a process.

Django writes the SQL of a queryset anew each time that it is asked, which takes ten times as long
as asking does. That matters where the same question is asked again and again, and each answer
counts: `reports.letters.sending.last_look`.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Expression, QuerySet
from django.db.models.sql.compiler import SQLCompiler


class Parameter(Expression):
    """Stands in a queryset for a value that is named when the question is asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


class Prepared:
    """A question, as the queryset of `values_list` that `make` gives, with `Parameter` in it.

    A value is a number, a text or a day, as the column holds it.
    """

    def __init__(self, make: Callable[[], QuerySet[Any, tuple[Any, ...]]]) -> None:
        self._make = make

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """The rows as they are now, for these values of the parameters. Costs one query."""
        compiler, sql, parameters = self._written
        named = [values[one.name] if isinstance(one, Parameter) else one for one in parameters]
        with connection.cursor() as cursor:
            cursor.execute(sql, named)
            found = cursor.fetchall()
        return [tuple(row) for row in compiler.results_iter([found])]

    @cached_property
    def _written(self) -> tuple[SQLCompiler, str, tuple[Any, ...]]:
        compiler = self._make().query.get_compiler(connection=connection)
        return compiler, *compiler.as_sql()
