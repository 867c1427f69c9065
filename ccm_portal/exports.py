"""Tables as CSV and XLSX, safe to open: no cell of ours runs as a formula in a spreadsheet program.

Spreadsheet programs run a text that begins with =, +, -, @ or a control character. Such a text is
written with an apostrophe before it (`neutralise`), and `restore` takes the apostrophe away again
when the file comes back: each text survives the way out and back. Numbers and dates pass as they
are.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal

import tablib
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

Cell = str | Promise | int | float | Decimal | date | datetime | time | bool | None
Row = Sequence[Cell] | Mapping[str, Cell]

CSV_CONTENT_TYPE = "text/csv; charset=utf-8"
XLSX_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# The wide forms of the signs run as formulas in East Asian editions; blanks and invisible
# characters (byte order mark, zero widths, directions) before a sign are skipped by some programs.
# Apostrophes that stand before count as well, or else a text that begins with an apostrophe of its
# own could not be told from a neutralised one.
_RUNS_AS_FORMULA = re.compile(r"'*(?:[\s\ufeff\u200b-\u200f\u2060]*[=+\-@＝＋－＠]|[\t\r\n])")


def neutralise(cell: Cell) -> Cell:
    """A cell that no spreadsheet program runs: text that would run gets an apostrophe before it."""
    if isinstance(cell, Promise):
        cell = str(cell)
    if isinstance(cell, str) and _RUNS_AS_FORMULA.match(cell):
        return f"'{cell}"
    return cell


def restore(text: str) -> str:
    """The text that `neutralise` was given; any other text as it is."""
    if text.startswith("'") and _RUNS_AS_FORMULA.match(text):
        return text[1:]
    return text


def to_csv(rows: Iterable[Row], columns: Sequence[str]) -> str:
    """A table as CSV text with a header row.

    Each row is a sequence of cells in the order of the columns, or a mapping from columns to cells
    (a column that it lacks stays empty). Commas, CRLF line ends; dates as YYYY-MM-DD.
    """
    return str(_dataset(rows, columns).export("csv"))


def to_xlsx(rows: Iterable[Row], columns: Sequence[str], *, title: str = "") -> bytes:
    """A table as a workbook with one sheet. Rows as in `to_csv`; dates and numbers keep their type.

    A workbook cannot hold control characters and no text beyond 32,767 characters: the former
    become the replacement character, the latter is cut off.
    """
    printable = ([_fit_for_xlsx(cell) for cell in row] for row in _dataset(rows, columns))
    dataset = tablib.Dataset(*printable, headers=list(columns), title=title or None)
    return bytes(dataset.export("xlsx", column_width=_COLUMN_WIDTH))


def csv_response(rows: Iterable[Row], columns: Sequence[str], *, filename: str) -> HttpResponse:
    """A table as a CSV download; `filename` with its ending, such as "states-2011-08-20.csv"."""
    return _download(to_csv(rows, columns), CSV_CONTENT_TYPE, filename)


def xlsx_response(
    rows: Iterable[Row], columns: Sequence[str], *, filename: str, title: str = ""
) -> HttpResponse:
    """A table as an XLSX download; `filename` with its ending, such as "states-2011-08-20.xlsx"."""
    return _download(to_xlsx(rows, columns, title=title), XLSX_CONTENT_TYPE, filename)


_COLUMN_WIDTH = 20
"""In characters: long notes would otherwise make columns wider than spreadsheet programs allow."""


def _dataset(rows: Iterable[Row], columns: Sequence[str]) -> tablib.Dataset:
    dataset = tablib.Dataset(headers=list(columns))
    for row in rows:
        cells = [row.get(column) for column in columns] if isinstance(row, Mapping) else row
        dataset.append([_plain(neutralise(cell)) for cell in cells])
    return dataset


def _plain(cell: Cell) -> Cell:
    """A cell of a type that both formats know: no time zones, no empty cells that say None."""
    if cell is None:
        return ""
    if isinstance(cell, datetime) and cell.tzinfo is not None:
        return cell.isoformat(timespec="seconds")
    return cell


def _fit_for_xlsx(cell: Cell) -> Cell:
    return ILLEGAL_CHARACTERS_RE.sub("�", cell) if isinstance(cell, str) else cell


def _download(content: str | bytes, content_type: str, filename: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": content_disposition_header(True, filename) or "attachment"},
    )
