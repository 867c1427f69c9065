"""How much a workbook unpacks to, known before anything is built from it.

A small file can hold millions of empty rows, or one cell in a far corner of its sheet. Its parts
are read as a stream, counted, and refused as soon as they hold more than a table that can be
imported.
"""

import zipfile
from typing import IO, Any
from xml.parsers import expat

from django.utils.translation import gettext as _
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.xml.constants import SHEET_MAIN_NS

MAX_ROWS = 50_000
"""Below the header, blank ones included."""
MAX_UNPACKED_BYTES = 48 * 1024 * 1024
"""A sheet of 50,000 rows by 12 columns takes about 31 MB."""
MAX_RATIO = 100
MAX_BYTES_OF_ANY_RATIO = 1024 * 1024
MAX_CELLS = 1_000_000
"""In a sheet, counting for each row all columns up to the last that it fills."""
MAX_ELEMENTS = 3_000_000
"""In all parts together: up to three a cell, or two and two for a text that cells share."""

_CHUNK_BYTES = 64 * 1024
_ROW = f"{SHEET_MAIN_NS} row"


class TooLarge(ValueError):
    """The workbook holds more than can be imported; the message says so in a sentence."""


def check_size(archive: zipfile.ZipFile) -> None:
    """Raises `TooLarge`, or `ValueError` for rows or cells whose place is not a number."""
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise TooLarge(_("The workbook is too large when unpacked: split it."))
    for entry in entries:
        if entry.file_size > max(MAX_BYTES_OF_ANY_RATIO, MAX_RATIO * entry.compress_size):
            raise TooLarge(
                _(
                    "The workbook repeats the same content too often: copy the table alone into a "
                    "new workbook, or save it as CSV UTF-8."
                )
            )
    count = _Count()
    for entry in entries:
        with archive.open(entry) as part:
            count.read(part)


def too_many_rows() -> str:
    """The sentence for a table with more than `MAX_ROWS`."""
    return _(
        "The file has more than %(limit)s rows, blank ones included: delete the blank rows, or "
        "split it into several files."
    ) % {"limit": f"{MAX_ROWS:,}"}


class _Count:
    """Counts what openpyxl would build: in each part the rows and their cells, and all elements."""

    def __init__(self) -> None:
        self.elements = 0
        self._begin_part()

    def _begin_part(self) -> None:
        self.depth = self.row_depth = 0
        self.rows = self.row = 0
        self.column = self.width = 0
        self.cells = 0

    def read(self, part: IO[bytes]) -> None:
        self._begin_part()
        parser: Any = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = _refuse_doctype
        try:
            while chunk := part.read(_CHUNK_BYTES):
                parser.Parse(chunk)
        except expat.ExpatError:
            # A picture, or a damaged part: whoever reads it stops at the same place.
            return

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            raise TooLarge(_too_many_cells())
        self.depth += 1
        if self.row_depth:
            # Whatever stands directly in a row is read as a cell.
            if self.depth == self.row_depth + 1:
                self._cell(attributes.get("r"))
        elif name == _ROW:
            self._begin_row(attributes.get("r"))

    def _end(self, name: str) -> None:
        if self.depth == self.row_depth:
            self.row_depth = 0
        self.depth -= 1

    def _begin_row(self, number: str | None) -> None:
        self.row_depth = self.depth
        self.rows += 1
        self.row = int(number) if number is not None else self.row + 1
        if max(self.rows, self.row) > MAX_ROWS + 1:
            raise TooLarge(too_many_rows())
        self.column = self.width = 0

    def _cell(self, place: str | None) -> None:
        self.column = coordinate_to_tuple(place)[1] if place else self.column + 1
        # A cell that overlaps others still costs the time to read it.
        wider = max(self.column - self.width, 1)
        self.width = max(self.column, self.width)
        self.cells += wider
        if self.cells > MAX_CELLS:
            raise TooLarge(_too_many_cells())


def _refuse_doctype(*_declaration: Any) -> None:
    raise ValueError("No part of a workbook declares a document type.")


def _too_many_cells() -> str:
    return _(
        "The workbook has more than %(limit)s cells, blank ones included: delete the blank rows "
        "and columns, or split it into several files."
    ) % {"limit": f"{MAX_CELLS:,}"}
