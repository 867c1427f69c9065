"""Recorded reports in the API: the receipt at once, the contents once they are published."""

import csv
import hashlib
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from reports.models import Coverage, KnownMissing, TransparencyReport
from reports.state_of_play import Receipt
from states.files.attaching import attach, replace
from states.models import Document, DocumentFile, State
from tests.admin import records
from tests.admin.records import Kind
from tests.files import good
from tests.reports import given

from .conftest import API
from .test_schema import answer_of, mismatches

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> None:
    """A folder of their own for stored files."""
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def chief(db: None) -> User:
    return records.user()


@pytest.fixture
def report(register: dict[str, State], chief: User) -> TransparencyReport:
    """Norway's initial report of January 2011, a Form A and a stockpile in it; not published."""
    Coverage.objects.create(kind="initial", complete_through=date(2015, 12, 31))
    made: TransparencyReport = given.report(
        register["NOR"],
        "initial",
        "2011-01-31",
        receipt_basis="stamp of receipt",
        receipt_source=Document.objects.get(code="untc"),
        receipt_place="page 4",
        note="Two sources agree.",
    )
    made.form_entries.create(form="A", answer="filled", sentence="A law of 2008.")
    made.form_entries.create(form="E", answer="not_applicable")
    made.quantities.create(
        form="B", subject="stockpile", type="Rockets", quantity=12, unit="cluster_munitions"
    )
    document = given.document(made, public=True, language="en")
    attach(document=document, upload=given.file("initial.pdf"), by=chief)
    return made


def publish(report: TransparencyReport) -> None:
    TransparencyReport.objects.filter(pk=report.pk).update(published_at=timezone.now())


def listed(api: API, **parameters: Any) -> list[int]:
    return [row["id"] for row in api.results("reports/", **parameters)]


# One report


def test_a_receipt_shows_before_the_report_is_published(
    api: API, report: TransparencyReport
) -> None:
    assert api.json(f"reports/{report.pk}/", as_of="2011-08-20") == {
        "id": report.pk,
        "iso3": "NOR",
        "name": "Norway",
        "kind": "initial",
        "year": None,
        "period_from": None,
        "period_to": None,
        "received_not_before": "2011-01-31",
        "received_not_after": "2011-01-31",
        "received_on": "2011-01-31",
        "receipt_words": "31 January 2011",
        "is_in": True,
        "certainty": "confirmed",
        "basis": "",
        "known_missing_on": [],
        "state_of_play": "late",
        "due_on": "2011-01-28",
        "days_late": 3,
        "is_published": False,
        "note": "",
        "url": f"http://testserver/api/v1/reports/{report.pk}/?as_of=2011-08-20",
        "page": "http://testserver/reports/norway/initial/?as_of=2011-08-20",
        "place": "page 4",
        "contents": None,
        "document": "untc",
        "document_title": "Status table",
        "document_url": "https://example.org/untc",
    }
    page = api.client.get("/reports/norway/initial/?as_of=2011-08-20").content.decode()
    assert ("31 January 2011" in page, "Two sources agree." in page) == (True, False)


def test_the_contents_show_once_the_report_is_published(
    api: API, report: TransparencyReport
) -> None:
    publish(report)

    row = api.json(f"reports/{report.pk}/")

    file = DocumentFile.objects.get()
    contents = row["contents"]
    assert row["is_published"] is True
    assert contents["documents"] == [
        {
            "code": f"doc-{report.pk}",
            "title": "The report",
            "language": "en",
            "url": "",
            "files": [
                {
                    "url": f"http://testserver/files/{file.public_id}/initial.pdf",
                    "name": "initial.pdf",
                    "type": "application/pdf",
                    "size": file.size,
                    "sha256": file.sha256,
                }
            ],
        }
    ]
    assert [(form["form"], form["answer"]) for form in contents["forms"]] == [
        ("A", "filled"),
        *((form, None) for form in "BCD"),
        ("E", "not_applicable"),
        *((form, None) for form in "FGHIJ"),
    ]
    assert contents["forms"][4] == {
        "form": "E",
        "title": "Conversion or decommissioning of production facilities",
        "is_owed": True,
        "answer": "not_applicable",
        "unchanged_since": None,
        "is_bare": True,
        "sentence": "",
    }
    assert contents["quantities"] == [
        {
            "form": "B",
            "subject": "stockpile",
            "type": "Rockets",
            "quantity": "12.00",
            "unit": "cluster_munitions",
            "period_from": None,
            "period_to": None,
            "place": "",
            "note": "",
        }
    ]
    assert contents["completeness"] == (
        "1 of 8 owed forms are answered; 1 not applicable without a sentence; 6 not recorded."
    )


def test_a_quantity_that_is_not_given_is_empty_and_not_zero(
    api: API, report: TransparencyReport
) -> None:
    publish(report)
    report.quantities.update(quantity=None, unit="")

    quantity = api.json(f"reports/{report.pk}/")["contents"]["quantities"][0]

    assert (quantity["quantity"], quantity["unit"]) == (None, "")


def test_a_source_that_is_not_public_is_not_named(api: API, report: TransparencyReport) -> None:
    report.receipt_source = Document.objects.get(code="cable")
    report.save()

    row = api.json(f"reports/{report.pk}/")

    cited = {name: row[name] for name in ("place", "document", "document_title", "document_url")}
    assert cited == {"place": "", "document": "", "document_title": "", "document_url": ""}


def test_a_document_that_is_not_public_is_no_part_of_the_contents(
    api: API, report: TransparencyReport
) -> None:
    publish(report)
    report.documents.update(is_public=False)

    assert api.json(f"reports/{report.pk}/")["contents"]["documents"] == []


def test_a_list_and_its_reports_answer_alike(api: API, report: TransparencyReport) -> None:
    publish(report)

    assert api.results("reports/") == [api.json(f"reports/{report.pk}/")]
    assert api.csv("reports/") == api.csv(f"reports/{report.pk}/")


def test_csv_has_the_receipts_without_the_contents(api: API, report: TransparencyReport) -> None:
    KnownMissing.objects.create(report=report, on=date(2011, 1, 29))
    KnownMissing.objects.create(report=report, on=date(2011, 1, 30))
    columns = [name for name in api.results("reports/")[0] if name != "contents"]

    text = api.csv("reports/", as_of="2011-08-20")

    row = next(csv.DictReader(StringIO(text)))
    assert list(row) == columns
    assert (row["known_missing_on"], row["is_in"]) == ("2011-01-29 2011-01-30", "true")


@pytest.mark.parametrize("is_published", [True, False])
def test_a_report_is_what_the_schema_describes(
    api: API, report: TransparencyReport, is_published: bool
) -> None:
    if is_published:
        publish(report)
    out = StringIO()
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=out)
    schema = yaml.safe_load(out.getvalue())

    for path, described in (("reports/", "reports/"), (f"reports/{report.pk}/", "reports/{id}/")):
        assert mismatches(schema, answer_of(schema, described), api.json(path), "answer") == []
    operation = schema["paths"]["/api/v1/reports/{id}/"]["get"]
    assert [item["name"] for item in operation["parameters"]] == ["as_of", "format", "id"]


@pytest.mark.parametrize("number", ["4711", "9" * 30])
def test_a_report_that_is_not_recorded_is_refused_in_a_sentence(
    api: API, report: TransparencyReport, number: str
) -> None:
    error = api.error(f"reports/{number}/", expected=404)

    assert error["message"] == (f"No report number {number} is recorded as received by this date.")


# The date


@pytest.mark.parametrize(
    ("received", "missing", "as_of", "is_in"),
    [
        # None: not listed.
        ("2011-03-10", (), "2011-03-09", None),
        ("2011-03-10", (), "2011-03-10", True),
        ("2011-03-01/2011-03-31", (), "2011-02-28", None),
        ("2011-03-01/2011-03-31", (), "2011-03-01", False),
        ("2011-03-01/2011-03-31", (), "2011-03-30", False),
        ("2011-03-01/2011-03-31", (), "2011-03-31", True),
        # Known to be missing on the 10th, so that it came from the 11th on.
        ("2011-03-01/2011-03-31", ("2011-03-10",), "2011-03-10", None),
        ("2011-03-01/2011-03-31", ("2011-03-10",), "2011-03-11", False),
        # A source that contradicts the receipt followed is passed over.
        ("2011-03-10", ("2011-03-10",), "2011-03-10", True),
        ("2011-03-10", ("2011-04-01",), "2011-03-20", True),
        # Looked for; nobody knows whether it came.
        ("", (), "2011-03-01", False),
        ("", ("2011-03-10",), "2011-03-01", False),
    ],
)
def test_a_report_is_listed_from_the_first_day_on_which_it_may_have_come(
    api: API,
    register: dict[str, State],
    received: str,
    missing: tuple[str, ...],
    as_of: str,
    is_in: bool | None,
) -> None:
    made = given.report(register["NOR"], "initial", received)
    days = [date.fromisoformat(day) for day in missing]
    KnownMissing.objects.bulk_create(KnownMissing(report=made, on=day) for day in days)
    on = date.fromisoformat(as_of)

    rows = api.results("reports/", as_of=as_of)

    earliest = Receipt(made.received_not_before, made.received_not_after, tuple(days)).earliest
    assert [row["is_in"] for row in rows] == ([] if is_in is None else [is_in])
    assert bool(rows) == (earliest is None or earliest <= on)
    assert api.get(f"reports/{made.pk}/", as_of=as_of).status_code == (200 if rows else 404)
    if rows:
        assert rows[0]["received_not_before"] == (earliest.isoformat() if earliest else None)
        assert rows[0]["known_missing_on"] == [day for day in missing if day <= as_of]


def test_a_report_that_nobody_owed_is_voluntary(api: API, register: dict[str, State]) -> None:
    given.report(register["HTI"], "voluntary", "2011-03-10")
    given.report(register["LTU"], "initial", "2011-03-23")  # the day before the deposit

    rows = api.results("reports/", as_of="2011-09-01")

    assert [(row["iso3"], row["state_of_play"], row["due_on"]) for row in rows] == [
        ("LTU", "voluntary", None),
        ("HTI", "voluntary", None),
    ]


def test_the_state_of_play_is_that_of_the_deadlines(api: API, register: dict[str, State]) -> None:
    for kind in ("initial", "annual"):
        Coverage.objects.create(kind=kind, complete_through=date(2015, 12, 31))
    given.report(register["NOR"], "initial", "2011-01-31")
    given.report(register["NOR"], "annual", "2012-04-01/2012-05-31", year=2011)
    given.report(register["LTU"], "initial", "2012-02-01")
    columns = ("iso3", "kind", "due_on", "state_of_play", "received_on", "days_late")

    rows = api.results("reports/", as_of="2012-06-30")

    owed = api.results("deadlines/", as_of="2012-06-30")
    assert len(rows) == 3
    assert sorted(str([row[column] for column in columns]) for row in rows) == sorted(
        str([row[column] for column in columns])
        for row in owed
        if row["state_of_play"] in {"in_time", "late", "received"}
    )


# Filters


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({}, ["LTU initial", "NOR 2011", "HTI voluntary", "NOR initial"]),
        ({"state": "NOR"}, ["NOR 2011", "NOR initial"]),
        ({"state": ["HTI", "LTU"]}, ["LTU initial", "HTI voluntary"]),
        ({"kind": "initial"}, ["LTU initial", "NOR initial"]),
        ({"kind": ["annual", "voluntary"]}, ["NOR 2011", "HTI voluntary"]),
        ({"year": "2011"}, ["NOR 2011"]),
        ({"year": "2012"}, []),
        ({"received_from": "2012-01-01"}, ["LTU initial", "NOR 2011"]),
        # Between 1 March and 30 April 2012: it may have come on any of these days.
        ({"received_from": "2012-04-30", "received_to": "2012-04-30"}, ["NOR 2011"]),
        ({"received_to": "2012-02-29"}, ["HTI voluntary", "NOR initial"]),
        ({"received_to": "2012-03-01"}, ["NOR 2011", "HTI voluntary", "NOR initial"]),
        ({"state": "NOR", "kind": "initial", "received_to": "2011-01-30"}, []),
    ],
)
def test_reports_are_filtered(
    api: API, register: dict[str, State], parameters: dict[str, Any], found: list[str]
) -> None:
    given.report(register["NOR"], "initial", "2011-01-31")
    given.report(register["NOR"], "annual", "2012-03-01/2012-04-30", year=2011)
    given.report(register["HTI"], "voluntary", "2011-06-01")
    given.report(register["LTU"], "initial", "2012-08-01")

    rows = api.results("reports/", **parameters)

    assert [f"{row['iso3']} {row['year'] or row['kind']}" for row in rows] == found


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        (
            {"state": "Norway"},
            "state: “Norway” is not the code of a state: use ISO codes of three capital letters.",
        ),
        (
            {"kind": "yearly"},
            "kind: “yearly” is not known here: use initial, annual, voluntary.",
        ),
        ({"year": "soon"}, "year: This is not a year: write it in digits, such as 2011."),
        ({"year": "1999"}, "year: Use a year from 2008 to 2200."),
        ({"year": "9999999999999999999"}, "year: Use a year from 2008 to 2200."),
        (
            {"received_to": "31.1.2011"},
            "received_to: This is not a date: write it as year-month-day, such as 2011-08-20.",
        ),
    ],
)
def test_a_wrong_filter_is_refused_in_a_sentence(
    api: API, register: dict[str, State], parameters: dict[str, Any], message: str
) -> None:
    assert api.error("reports/", **parameters)["message"] == message


# Files of documents


def test_a_public_document_has_its_current_files(
    api: API, register: dict[str, State], chief: User
) -> None:
    document = Document.objects.get(code="untc")
    old = attach(document=document, upload=given.file("old.pdf", "old"), by=chief)
    new = replace(file=old, upload=given.file("new.pdf", "new"), by=chief)

    files = api.results("documents/")[0]["files"]

    content = good.pdf("new")
    assert files == [
        {
            "url": f"http://testserver/files/{new.public_id}/new.pdf",
            "name": "new.pdf",
            "type": "application/pdf",
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
    ]
    assert api.client.get(files[0]["url"]).getvalue() == content
    row = next(csv.DictReader(StringIO(api.csv("documents/"))))
    assert row["files"] == files[0]["url"]


def nothing(report: TransparencyReport) -> None:
    """As it is: public, of a report that is not published."""


def not_public(report: TransparencyReport) -> None:
    publish(report)
    report.documents.update(is_public=False)


def of_a_published_one_too(report: TransparencyReport) -> None:
    other = given.report(report.state, "voluntary", "2011-05-01", published=True)
    other.documents.set(report.documents.all())


def of_no_report(report: TransparencyReport) -> None:
    report.documents.clear()


def replaced(report: TransparencyReport) -> None:
    publish(report)
    DocumentFile.objects.update(replaced_at=timezone.now())


@pytest.mark.parametrize(
    ("change", "is_listed"),
    [
        (nothing, False),
        (not_public, False),
        (replaced, False),
        (publish, True),
        (of_a_published_one_too, True),
        (of_no_report, True),
    ],
)
def test_a_file_is_listed_exactly_where_it_is_served(
    api: API,
    report: TransparencyReport,
    change: Callable[[TransparencyReport], None],
    is_listed: bool,
) -> None:
    change(report)

    rows = api.results("documents/", kind="report")

    file = DocumentFile.objects.get()
    served = api.client.head(f"/files/{file.public_id}/initial.pdf")
    assert [item["sha256"] for row in rows for item in row["files"]] == [file.sha256] * is_listed
    assert (served.status_code == 200) is is_listed


# Costs


@pytest.mark.parametrize("how_many", [3, 197])
def test_lists_cost_the_same_however_long(
    api: API, chief: User, django_assert_num_queries: DjangoAssertNumQueries, how_many: int
) -> None:
    for number in range(how_many):
        state = records.state(f"S{number:02X}", f"State {number}", iso2=f"{number:02X}")
        records.action(state, Kind.ACCESSION, "2010-01-01", published=True)
        source = records.document(f"source-{number}")
        made = given.report(state, "initial", "2011-01-01", published=True, receipt_source=source)
        made.form_entries.create(form="A", answer="filled")
        made.quantities.create(form="B", subject="stockpile")
        made.known_missing.create(on=date(2010, 12, 1))
        DocumentFile.objects.create(
            document=given.document(made, public=True),
            file=f"documents/{number}.pdf",
            original_name="report.pdf",
            content_type="application/pdf",
            size=1,
            sha256="0" * 64,
            uploaded_by=chief,
        )
    number = TransparencyReport.objects.order_by("pk").values_list("pk", flat=True)[0]

    # Seven for the day; a count, the page, its forms, quantities, documents and their files.
    with django_assert_num_queries(13):
        assert api.json("reports/")["count"] == how_many
    with django_assert_num_queries(8):
        assert len(api.csv("reports/").splitlines()) == how_many + 1
    with django_assert_num_queries(12):
        api.json(f"reports/{number}/")
    # A count, the page and the files.
    with django_assert_num_queries(3):
        assert api.json("documents/")["count"] == how_many * 2
    with django_assert_num_queries(2):
        api.csv("documents/")
