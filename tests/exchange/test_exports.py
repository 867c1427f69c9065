"""Cells that a spreadsheet program would run, and the files that every page and command writes."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from ccm_portal.exports import (
    Cell,
    csv_response,
    neutralise,
    restore,
    to_csv,
    to_xlsx,
    xlsx_response,
)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://example.org","click")',
        "=cmd|' /C calc'!A0",
        "+41 22 123",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1+1",
        "＝1+1",
        "\ufeff=1+1",
        "\u200b\u200e @SUM(A1)",
        "'=1+1",
    ],
)
def test_text_that_would_run_gets_an_apostrophe(text: str) -> None:
    assert neutralise(text) == f"'{text}"


@pytest.mark.parametrize(
    "cell",
    ["Norway", "", "a=b", "'quoted'", "Côte d'Ivoire", -5, -2.5, date(2011, 8, 20), None, True],
)
def test_other_cells_pass_as_they_are(cell: Cell) -> None:
    assert neutralise(cell) == cell


def test_a_translated_label_is_neutralised_too() -> None:
    assert neutralise(gettext_lazy("-none-")) == "'-none-"


@given(
    st.text(alphabet=st.sampled_from("'=+-@\t\r\n ＝\ufeff\u200bab") | st.characters(codec="utf-8"))
)
def test_every_text_survives_the_way_out_and_back(text: str) -> None:
    assert restore(str(neutralise(text))) == text


def test_csv_has_a_header_iso_dates_and_no_formula() -> None:
    text = to_csv([["NOR", date(2008, 12, 3), 3, None, "=1"]], ["iso3", "on", "n", "note", "x"])

    assert text == "iso3,on,n,note,x\r\nNOR,2008-12-03,3,,'=1\r\n"


def test_rows_may_be_mappings_and_a_missing_cell_is_empty() -> None:
    assert to_csv([{"b": 2, "a": "x"}, {"a": "y"}], ["a", "b"]) == "a,b\r\nx,2\r\ny,\r\n"


def test_an_empty_table_still_has_its_header() -> None:
    assert to_csv([], ["iso3", "name"]) == "iso3,name\r\n"
    assert cells(to_xlsx([], ["iso3", "name"])) == [("iso3", "name")]


def test_a_workbook_keeps_types_and_holds_no_formula() -> None:
    rows: list[list[Cell]] = [["=1+1", date(2008, 12, 3), 3, "a\r\nb"]]

    sheet = sheet_of(to_xlsx(rows, ["x", "on", "n", "note"], title="States: 2011"))

    assert sheet.title == "States- 2011"
    assert [cell.data_type for cell in sheet[2]] == ["s", "d", "n", "s"]
    assert [cell.value for cell in sheet[2]][:3] == ["'=1+1", datetime(2008, 12, 3), 3]  # noqa: DTZ001


def test_a_moment_is_written_with_its_time_zone_in_both_formats() -> None:
    moment = datetime(2011, 8, 20, 12, 30, tzinfo=UTC)

    assert to_csv([[moment]], ["at"]) == "at\r\n2011-08-20T12:30:00+00:00\r\n"
    assert cells(to_xlsx([[moment]], ["at"]))[1] == ("2011-08-20T12:30:00+00:00",)


def test_control_characters_do_not_break_a_workbook() -> None:
    assert cells(to_xlsx([["a\x0bb"]], ["note"]))[1] == ("a�b",)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=1))
def test_no_cell_of_a_csv_begins_like_a_formula(texts: list[str]) -> None:
    written = list(csv.reader(io.StringIO(to_csv([texts], ["x"] * len(texts)), newline="")))[1]

    assert [cell for cell in written if cell.lstrip(" ")[:1] in tuple("=+-@")] == []


def test_downloads_name_their_file_and_type() -> None:
    table = csv_response([["NOR"]], ["iso3"], filename="states.csv")
    workbook = xlsx_response([["NOR"]], ["iso3"], filename='a"b.xlsx')

    assert table["Content-Type"] == "text/csv; charset=utf-8"
    assert table["Content-Disposition"] == 'attachment; filename="states.csv"'
    assert table.content == b"iso3\r\nNOR\r\n"
    assert workbook["Content-Disposition"] == 'attachment; filename="a\\"b.xlsx"'
    assert cells(workbook.content) == [("iso3",), ("NOR",)]


def sheet_of(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def cells(data: bytes) -> list[tuple[Any, ...]]:
    return list(sheet_of(data).iter_rows(values_only=True))
