"""Answers as tables: what the API gives where CSV is asked for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rest_framework.renderers import BaseRenderer

from ccm_portal.exports import Cell, to_csv


@dataclass(frozen=True)
class Table:
    """Columns and all rows of an answer; a row is a mapping from columns to cells."""

    columns: Sequence[str]
    rows: Iterable[Mapping[str, Any]]


class CSVRenderer(BaseRenderer):
    """Writes a `Table` as CSV with formulas neutralised; yes and no as `true` and `false`."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(
        self,
        data: Table | None,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        if data is None:
            return b""
        return write_csv(data).encode()


def write_csv(table: Table) -> str:
    """A table as CSV text, CRLF line ends."""
    rows = ([_cell(row.get(column)) for column in table.columns] for row in table.rows)
    return to_csv(rows, table.columns)


def _cell(value: Cell) -> Cell:
    return str(value).lower() if isinstance(value, bool) else value
