"""Tables for others: each format says the same, and the dictionary explains every column."""

import csv
import io
import json
from zipfile import is_zipfile

import pytest
from django.test import Client
from openpyxl import load_workbook

from ccm_portal.site.tables.catalogue import TABLES

pytestmark = pytest.mark.usefixtures("dataset")

DAY = "2011-08-20"


@pytest.mark.parametrize("code", TABLES)
def test_a_table_says_the_same_in_each_format(client: Client, code: str) -> None:
    as_csv = client.get(f"/data/{code}.csv", {"as_of": DAY}).content.decode()
    as_json = json.loads(client.get(f"/data/{code}.json", {"as_of": DAY}).content)
    as_xlsx = client.get(f"/data/{code}.xlsx", {"as_of": DAY}).content
    rows = list(csv.reader(io.StringIO(as_csv)))

    assert is_zipfile(io.BytesIO(as_xlsx))
    sheet = load_workbook(io.BytesIO(as_xlsx)).active
    assert sheet is not None
    assert tuple(rows[0]) == TABLES[code].names
    assert [cell.value for cell in sheet[1]] == rows[0]
    assert [column["name"] for column in as_json["columns"]] == rows[0]
    assert len(as_json["rows"]) == len(rows) - 1 == sheet.max_row - 1
    assert (as_json["as_of"], as_json["licence"]) == (DAY, "CC BY 4.0")


@pytest.mark.parametrize(
    ("code", "count"),
    [("states", 197), ("actions", 66), ("indicators", 76), ("extensions", 0)],
)
def test_a_table_is_whole(client: Client, code: str, count: int) -> None:
    assert len(json.loads(client.get(f"/data/{code}.json", {"as_of": DAY}).content)["rows"]) == (
        count
    )


def test_a_table_speaks_of_its_day(client: Client) -> None:
    def parties(day: str) -> int:
        rows = json.loads(client.get("/data/states.json", {"as_of": day}).content)["rows"]
        return sum(row["status"] == "party" for row in rows)

    assert [parties(day) for day in ("2008-12-03", "2010-11-12", DAY)] == [4, 46, 60]


def test_the_dictionary_explains_every_column(client: Client) -> None:
    rows = list(csv.DictReader(client.get("/data/dictionary.csv").content.decode().splitlines()))

    assert [(row["table"], row["column"]) for row in rows] == [
        (table.code, column.name) for table in TABLES.values() for column in table.columns
    ]
    assert [row for row in rows if not (row["type"] and row["meaning"])] == []


@pytest.mark.parametrize("path", ["/data/nothing.csv", "/data/states.pdf"])
def test_what_there_is_not_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_state_is_a_pdf_with_its_date_and_the_same_bytes_each_time(client: Client) -> None:
    address = "/states/lao-peoples-democratic-republic.pdf"
    first, again = (client.get(address, {"as_of": DAY}) for _ in range(2))

    assert first["Content-Type"] == "application/pdf"
    assert first["Content-Disposition"] == (
        'attachment; filename="lao-peoples-democratic-republic-2011-08-20.pdf"'
    )
    assert first.content.startswith(b"%PDF-")
    assert first.content == again.content
    assert client.get("/states/nowhere.pdf").status_code == 404
