"""Files of every sort: what is read, and the sentence for what is not."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
import tablib
from openpyxl.chart import BarChart

from states.exchange import reading, workbook_size
from states.exchange.reading import Sheet, Unreadable, as_sheet, read_sheet

from .files import csv, fill, saved, xlsx


def table(sheet: Sheet) -> list[list[Any]]:
    return [list(sheet.headers), *(list(row) for row in sheet)]


@pytest.mark.parametrize(
    "data",
    [
        b"iso3,name\r\nNOR,Norway\r\n",
        b"iso3,name\nNOR,Norway",
        b"iso3;name\r\nNOR;Norway\r\n",
        b"iso3\tname\r\nNOR\tNorway\r\n",
        b"\xef\xbb\xbfiso3;name\r\nNOR;Norway\r\n",
        b'"ISO3"," Name "\r\n"NOR"," Norway "\r\n',
        b"iso3,name,,\r\nNOR,Norway,,\r\n",
        xlsx(["iso3", "name"], ["NOR", "Norway"]),
        xlsx(["iso3", "name", None], ["NOR", "Norway"]),
    ],
    ids=["csv", "unix", "semicolons", "tabs", "bom", "quoted", "blank columns", "xlsx", "wide"],
)
def test_the_same_table_is_read_from_every_way_of_writing_it(data: bytes) -> None:
    assert table(read_sheet(data)) == [["iso3", "name"], ["NOR", "Norway"]]


def test_rows_keep_their_number_in_the_spreadsheet() -> None:
    data = csv("iso3,note", 'NOR,"two', 'lines"', "", ",", "ALB,x")

    sheet = read_sheet(data)

    assert sheet.numbers == [2, 5]
    assert table(sheet)[1:] == [["NOR", "two\r\nlines"], ["ALB", "x"]]


def test_a_workbook_gives_dates_numbers_and_booleans() -> None:
    data = xlsx(
        ["a", "b", "c", "d", "e"],
        [datetime(2008, 12, 3), date(2010, 8, 1), 3.0, 2.5, True],  # noqa: DTZ001
        [datetime(2008, 12, 3, 9, 30), None, None, None, None],  # noqa: DTZ001
    )

    assert table(read_sheet(data))[1:] == [
        [date(2008, 12, 3), date(2010, 8, 1), 3, 2.5, True],
        ["2008-12-03 09:30:00", "", "", "", ""],
    ]


def test_blank_rows_of_a_workbook_count_and_are_left_out() -> None:
    assert read_sheet(xlsx(["iso3"], [None], ["NOR"])).numbers == [3]


def test_a_workbook_that_misstates_its_size_is_read_whole() -> None:
    data = rewritten(
        xlsx(["iso3", "name"], ["NOR", "Norway"]),
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace(b'<dimension ref="A1:B2" />', b'<dimension ref="A1" />'),
    )

    assert table(read_sheet(data)) == [["iso3", "name"], ["NOR", "Norway"]]


def rewritten(
    data: bytes,
    part: str,
    change: Callable[[bytes], bytes],
    *,
    method: int = zipfile.ZIP_STORED,
) -> bytes:
    """A workbook with one of its parts changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", method) as new:
        for name in old.namelist():
            before = old.read(name)
            after = change(before) if name == part else before
            assert name != part or after != before
            new.writestr(name, after)
    return stream.getvalue()


def old_workbook() -> bytes:
    return bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 500


def zip_of_something_else() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("readme.txt", "hello")
    return stream.getvalue()


def chart_alone() -> bytes:
    workbook = openpyxl.Workbook()
    workbook.create_chartsheet("Chart").add_chart(BarChart())
    workbook.remove(workbook.worksheets[0])
    return saved(workbook)


NOT_A_WORKBOOK = "The file is not an Excel workbook, or it is damaged: save it again as .xlsx."
TOO_MANY_ROWS = (
    "The file has more than 50,000 rows, blank ones included: delete the blank rows, or split it "
    "into several files."
)
TOO_MANY_CELLS = (
    "The workbook has more than 1,000,000 cells, blank ones included: delete the blank rows and "
    "columns, or split it into several files."
)
NOT_A_SPREADSHEET = "The file is neither CSV nor an Excel workbook (.xlsx): choose one of these."


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b" \r\n\r\n", "The file is empty."),
        (b"\xef\xbb\xbf", "The first row is empty: it must name the columns."),
        (b",,\r\nNOR,,\r\n", "The first row is empty: it must name the columns."),
        (b"iso3,name\r\n", "The file has a header but no rows below it."),
        (b"iso3,name\r\n,\r\n\r\n", "The file has a header but no rows below it."),
        (b"iso3,ISO3\r\nNOR,NOR\r\n", "The header names the column “iso3” twice."),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", NOT_A_SPREADSHEET),
        (b"%PDF-1.7\n\0\x01", NOT_A_SPREADSHEET),
        (b"PK\x03\x04 not really a zip", NOT_A_WORKBOOK),
        (zip_of_something_else(), NOT_A_WORKBOOK),
        (xlsx(["iso3"], ["NOR"])[:-200], NOT_A_WORKBOOK),
        (chart_alone(), "The workbook has no sheet with a table."),
        (
            old_workbook(),
            "The file is an Excel workbook of the old kind or is protected by a password: "
            "save it as an unprotected .xlsx or as CSV UTF-8.",
        ),
        (
            "iso3;name\r\nCIV;Côte d’Ivoire\r\n".encode("cp1252"),
            "Line 2 holds characters that are not UTF-8: save the file as “CSV UTF-8” or as an "
            "Excel workbook (.xlsx).",
        ),
        (
            b'iso3,name\r\nNOR,Norway\r\nALB,"Albania\r\nAND,Andorra\r\n',
            "Row 3 cannot be read: a quotation mark is not closed or stands in the wrong place, "
            "or a cell is far too long.",
        ),
        (
            b"iso3,note\r\nNOR," + b"x" * 200_000 + b"\r\n",
            "Row 2 cannot be read: a quotation mark is not closed or stands in the wrong place, "
            "or a cell is far too long.",
        ),
        (xlsx(), "The first row is empty: it must name the columns."),
        (",".join(f"c{n}" for n in range(101)).encode(), "The file has more than 100 columns."),
    ],
)
def test_what_is_not_a_table_is_refused_in_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_sheet(data)

    assert str(refusal.value) == sentence


def test_only_the_first_sheet_is_read_and_the_refusal_says_so() -> None:
    workbook = openpyxl.Workbook()
    workbook.active.title = "Cover"
    fill(workbook.create_sheet(), [["iso3"], ["NOR"]], title="Data")

    with pytest.raises(Unreadable) as refusal:
        read_sheet(saved(workbook))

    assert str(refusal.value) == (
        "The first row is empty: it must name the columns. Only the first sheet, “Cover”, is read."
    )


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 2 * 1024**2)

    with pytest.raises(Unreadable) as refusal:
        read_sheet(b"iso3\n" + b"NOR\n" * 600_000)

    assert str(refusal.value) == "The file is larger than 2 MB: split it into several files."


def test_a_file_with_too_many_rows_is_refused() -> None:
    within = b"a\n" + b"x\n" * 50_000

    assert len(read_sheet(within)) == 50_000
    with pytest.raises(Unreadable) as refusal:
        read_sheet(within + b"x\n")
    assert str(refusal.value) == TOO_MANY_ROWS


def sheet_of(rows: bytes, *, method: int = zipfile.ZIP_STORED) -> bytes:
    """A workbook whose sheet has the given rows below its own."""
    end = b"</sheetData>"
    return rewritten(
        xlsx(["iso3"], ["NOR"]),
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace(end, rows + end),
        method=method,
    )


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (b"<row/>" * 50_000, TOO_MANY_ROWS),
        (b'<row r="50002"/>', TOO_MANY_ROWS),
        (b'<row r="2147483647"><c><v>1</v></c></row>', TOO_MANY_ROWS),
        (b'<row r="50000"/><row/><row/>', TOO_MANY_ROWS),
        (b"<row>" + b"<c/>" * 1_000_000 + b"</row>", TOO_MANY_CELLS),
        (b"<row>" + b"<x/>" * 1_000_000 + b"</row>", TOO_MANY_CELLS),
        (b'<row><c r="ZZZ1"/></row>' * 60, TOO_MANY_CELLS),
        (b"<row>" + b'<c r="A1"/>' * 1_000_000 + b"</row>", TOO_MANY_CELLS),
        (b"<row><c>" + b"<x/>" * 3_000_000 + b"</c></row>", TOO_MANY_CELLS),
        (b'<row r="many"/>', NOT_A_WORKBOOK),
        (b'<row r="1e9"/>', NOT_A_WORKBOOK),
        (b'<row><c r="?"/></row>', NOT_A_WORKBOOK),
    ],
    ids=range(12),
)
def test_a_sheet_with_more_than_a_table_is_refused(
    rows: bytes, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 20 * 1024**2)

    with pytest.raises(Unreadable) as refusal:
        read_sheet(sheet_of(rows))

    assert str(refusal.value) == sentence


def test_a_sheet_is_read_up_to_the_last_row() -> None:
    data = sheet_of(b'<row r="50001"><c t="str"><v>ALB</v></c></row>')

    assert read_sheet(data).numbers == [2, 50_001]


def test_blank_rows_count_among_the_rows_of_a_file() -> None:
    with pytest.raises(Unreadable) as refusal:
        read_sheet(b"a\n" + b"\n" * 50_000 + b"x\n")

    assert str(refusal.value) == TOO_MANY_ROWS


def test_a_document_type_is_refused() -> None:
    data = rewritten(
        xlsx(["iso3"], ["NOR"]),
        "xl/worksheets/sheet1.xml",
        lambda text: b'<!DOCTYPE w [<!ENTITY a "aaaa">]>' + text,
    )

    with pytest.raises(Unreadable) as refusal:
        read_sheet(data)

    assert str(refusal.value) == NOT_A_WORKBOOK


@pytest.mark.parametrize(
    ("size", "sentence"),
    [
        (workbook_size.MAX_UNPACKED_BYTES, "The workbook is too large when unpacked: split it."),
        (
            2 * 1024**2,
            "The workbook repeats the same content too often: copy the table alone into a new "
            "workbook, or save it as CSV UTF-8.",
        ),
    ],
)
def test_a_small_file_that_unpacks_to_a_large_one_is_refused(size: int, sentence: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_sheet(sheet_of(b" " * size, method=zipfile.ZIP_DEFLATED))

    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("data", "problems"),
    [
        (csv("a,b", "1,2,3"), [("", "The row has more cells than the header has columns: put a text that holds the separator in quotation marks.")]),  # noqa: E501
        (csv("a,,b", "1,x,2"), [("", "The row has a cell in a column without a name.")]),
        (csv("a,b", "1,x\x07y"), [("b", "The cell holds a control character: type the text again.")]),  # noqa: E501
        (csv("a,b", "1,x�y"), [("b", "The cell holds a control character: type the text again.")]),
        (csv("a,b", "1," + "x" * 32_767), [("b", "The cell is longer than 32,766 characters.")]),
        (csv("a,b", "1," + "x" * 32_766), []),
        (csv("a,b", "1,=1+1"), []),
        (xlsx(["a", "b"], [1, "=1+1"]), [("b", "The cell holds a formula: paste its value in its place.")]),  # noqa: E501
        (xlsx(["a", "b"], [1, "#REF!"]), [("b", "The cell shows the error #REF!.")]),
        (csv("a,b", "1"), []),
    ],
)  # fmt: skip
def test_a_bad_cell_is_named_with_its_column(data: bytes, problems: list[tuple[str, str]]) -> None:
    assert read_sheet(data).problems == [problems]


def test_a_table_from_elsewhere_is_read_by_the_same_rules() -> None:
    dataset = tablib.Dataset(["NOR", None], [None, None], headers=["ISO3", "Note"])

    sheet = as_sheet(dataset)

    assert (table(sheet), sheet.numbers) == ([["iso3", "note"], ["NOR", ""]], [2])
    assert as_sheet(sheet) is sheet
