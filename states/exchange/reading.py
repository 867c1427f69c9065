"""From the bytes of a spreadsheet file to a table: CSV and XLSX, whatever the file calls itself.

CSV may be separated by commas, semicolons (as European editions of Excel write it) or tabs, with or
without a byte order mark. Row numbers are those that a spreadsheet program shows: the header is
row 1.
"""

import csv
import io
import itertools
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

import openpyxl
import tablib
from django.utils.translation import gettext as _

from .workbook_size import MAX_ROWS, TooLarge, check_size, too_many_rows

MAX_BYTES = 10 * 1024 * 1024
MAX_COLUMNS = 100
MAX_CHARACTERS = 32_766
"""A text of 32,767 characters is as long as a workbook can hold and may have been cut off."""

Value = str | int | float | bool | date
Problem = tuple[str, str]
"""The column and what is wrong there, in a sentence."""


class Unreadable(ValueError):
    """The file is not a table that can be imported; the message says why in a sentence."""


class FormulaCell(str):
    """A cell that holds a formula instead of a value."""

    __slots__ = ()


class ErrorCell(str):
    """A cell in which the spreadsheet program shows an error, such as #REF!."""

    __slots__ = ()


class Sheet(tablib.Dataset):  # type: ignore[misc]
    """A table with, for each of its rows, its number in the spreadsheet and what is wrong in it.

    Cells are text, numbers, booleans or dates; an empty cell is "". `title` is set only where a
    workbook has more sheets than the one that was read.
    """

    def __init__(self, columns: Sequence[str], *, title: str = "") -> None:
        super().__init__(headers=list(columns), title=title or None)
        self.numbers: list[int] = []
        self.problems: list[list[Problem]] = []

    def add(self, number: int, cells: Sequence[Value], problems: Iterable[Problem] = ()) -> None:
        self.append(list(cells))
        self.numbers.append(number)
        self.problems.append(list(problems))

    def record(self, index: int) -> dict[str, Value]:
        """A row, by its position from 0, as a mapping from columns to cells."""
        return dict(zip(self.headers, self[index], strict=True))

    def records(self) -> Iterator[dict[str, Value]]:
        """Every row as a mapping from columns to cells."""
        return (self.record(index) for index in range(len(self)))


def read_sheet(data: bytes) -> Sheet:
    """Read a file by its content. Raises `Unreadable` for what is not a table with rows."""
    if not data.strip():
        raise Unreadable(_("The file is empty."))
    if len(data) > MAX_BYTES:
        raise Unreadable(
            _("The file is larger than %(limit)s MB: split it into several files.")
            % {"limit": MAX_BYTES // 1024**2}
        )
    if data.startswith(b"PK"):
        return _read_workbook(data)
    if data.startswith(bytes.fromhex("D0CF11E0")):
        raise Unreadable(
            _(
                "The file is an Excel workbook of the old kind or is protected by a password: "
                "save it as an unprotected .xlsx or as CSV UTF-8."
            )
        )
    if b"\0" in data:
        raise Unreadable(
            _("The file is neither CSV nor an Excel workbook (.xlsx): choose one of these.")
        )
    return make_sheet(_csv_records(_decoded(data)))


def as_sheet(dataset: tablib.Dataset) -> Sheet:
    """Any table as a `Sheet`. Raises `Unreadable` for a table without a usable header or rows."""
    if isinstance(dataset, Sheet):
        return dataset
    records: list[Sequence[Any]] = [dataset.headers or [], *dataset]
    return make_sheet(enumerate(records, start=1), title=dataset.title or "")


def make_sheet(records: Iterable[tuple[int, Sequence[Any]]], *, title: str = "") -> Sheet:
    """Numbered records, the header first, as a `Sheet`. Blank rows are left out.

    Raises `Unreadable` for a header that is missing or names a column twice, for a table without
    rows and for one with too many.
    """
    rows = iter(records)
    columns = _columns(next(rows, (1, ()))[1])
    sheet = Sheet([column for column in columns if column], title=title)
    for number, raw in rows:
        if number > MAX_ROWS + 1:
            raise Unreadable(too_many_rows())
        cells = [_plain(cell) for cell in raw]
        if all(cell == "" for cell in cells):
            continue
        cells += [""] * (len(columns) - len(cells))
        named = [cell for column, cell in zip(columns, cells, strict=False) if column]
        sheet.add(number, named, _problems(columns, cells))
    if not len(sheet):
        raise Unreadable(_("The file has a header but no rows below it."))
    return sheet


def _columns(header: Sequence[Any]) -> list[str]:
    """The header's columns in lower case; "" for a column without a name."""
    columns = [str(_plain(cell)).strip().casefold() for cell in header]
    while columns and not columns[-1]:
        columns.pop()
    if not columns:
        raise Unreadable(_("The first row is empty: it must name the columns."))
    if len(columns) > MAX_COLUMNS:
        raise Unreadable(_("The file has more than %(limit)s columns.") % {"limit": MAX_COLUMNS})
    twice = [column for column in columns if column and columns.count(column) > 1]
    if twice:
        raise Unreadable(
            _("The header names the column “%(column)s” twice.") % {"column": twice[0][:60]}
        )
    return columns


def _problems(columns: Sequence[str], cells: Sequence[Value]) -> Iterator[Problem]:
    if any(cell != "" for cell in cells[len(columns) :]):
        yield (
            "",
            _(
                "The row has more cells than the header has columns: put a text that holds the "
                "separator in quotation marks."
            ),
        )
    for column, cell in zip(columns, cells, strict=False):
        if cell != "" and not column:
            yield "", _("The row has a cell in a column without a name.")
        elif isinstance(cell, FormulaCell):
            yield column, _("The cell holds a formula: paste its value in its place.")
        elif isinstance(cell, ErrorCell):
            yield column, _("The cell shows the error %(error)s.") % {"error": cell}
        elif isinstance(cell, str) and len(cell) > MAX_CHARACTERS:
            yield (
                column,
                _("The cell is longer than %(limit)s characters.")
                % {"limit": f"{MAX_CHARACTERS:,}"},
            )
        elif isinstance(cell, str) and _UNPRINTABLE.search(cell):
            yield column, _("The cell holds a control character: type the text again.")


_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f�]")


def _plain(cell: Any) -> Value:
    """A cell as a value: blanks around text dropped, midnight dropped from dates."""
    if cell is None:
        return ""
    if isinstance(cell, FormulaCell | ErrorCell):
        return cell
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, bool | int | float | date):
        return cell
    return str(cell).strip()


# CSV


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            _(
                "Line %(line)s holds characters that are not UTF-8: save the file as “CSV UTF-8” "
                "or as an Excel workbook (.xlsx)."
            )
            % {"line": line}
        ) from None


def _csv_records(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    for number in itertools.count(1):
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise Unreadable(
                _(
                    "Row %(row)s cannot be read: a quotation mark is not closed or stands in the "
                    "wrong place, or a cell is far too long."
                )
                % {"row": number}
            ) from None
        yield number, record


def _separator(text: str) -> str:
    """The separator that gives the first line the most columns."""
    first_line = text.lstrip("\r\n").split("\n", 1)[0]
    return max((",", ";", "\t"), key=first_line.count)


# XLSX


def _read_workbook(data: bytes) -> Sheet:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_size(archive)
        with warnings.catch_warnings():
            # openpyxl warns of parts of a workbook that it does not keep; only cells are read.
            warnings.simplefilter("ignore")
            workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            return _first_sheet(workbook)
    except Unreadable:
        raise
    except TooLarge as error:
        raise Unreadable(str(error)) from None
    except Exception:
        # openpyxl answers damaged files with whatever error its parts happen to raise.
        raise Unreadable(
            _("The file is not an Excel workbook, or it is damaged: save it again as .xlsx.")
        ) from None


def _first_sheet(workbook: Any) -> Sheet:
    if not workbook.worksheets:
        raise Unreadable(_("The workbook has no sheet with a table."))
    worksheet = workbook.worksheets[0]
    title = worksheet.title if len(workbook.sheetnames) > 1 else ""
    # What the workbook says of its own size is often wrong.
    worksheet.reset_dimensions()
    rows = enumerate(worksheet.iter_rows(), start=1)
    records = ((number, [_content(c) for c in row[: MAX_COLUMNS + 1]]) for number, row in rows)
    try:
        return make_sheet(records, title=title)
    except Unreadable as error:
        if not title:
            raise
        raise Unreadable(
            _("%(problem)s Only the first sheet, “%(sheet)s”, is read.")
            % {"problem": error, "sheet": title}
        ) from None


def _content(cell: Any) -> Any:
    if cell.data_type == "f":
        return FormulaCell("=")
    if cell.data_type == "e":
        return ErrorCell(cell.value)
    return cell.value
