"""Pages on reports over a register of few states: what they cost, hide, and say of nothing."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from reports.models import DeclaredQuantity, FormEntry, KnownMissing, TransparencyReport
from states.models import DocumentFile
from tests.admin import records

from .conftest import Kind, counts, report, text, vouch, words
from .test_register import REGISTER_QUERIES

REPORT_QUERIES = 12
PUBLISHED_REPORT_QUERIES = 19
STATE_QUERIES = 19


@pytest.mark.django_db
def test_an_empty_register_gets_sentences(client: Client) -> None:
    page = text(client.get("/reports/"))

    assert page.count("No report is known to be overdue.") == 1
    assert page.count("No report is owed on this date") == 1


@pytest.mark.django_db
def test_one_report_is_named_and_not_counted(client: Client) -> None:
    records.party("NOR", "Norway")
    vouch("initial", "2020-01-01")

    page = client.get("/reports/", {"as_of": "2011-08-20"})

    assert words(page, "lead") == (
        "One initial report has fallen due by this date, that of Norway. It is overdue."
    )


@pytest.mark.django_db
def test_annual_reports_are_marked_once_they_are_entered(client: Client) -> None:
    norway = records.party("NOR", "Norway")
    records.party("SWE", "Sweden")
    vouch("initial", "2020-01-01")
    vouch("annual", "2020-01-01")
    report(norway, Kind.INITIAL, "2011-01-27")
    report(norway, Kind.ANNUAL, "2012-04-30", year=2011)
    report(norway, Kind.ANNUAL, "2013-05-01", year=2012)

    page = client.get("/reports/", {"as_of": "2013-06-01"})
    rows = page.context["matrix"].parts[0].rows

    assert [(row.name, [cell.play for _, cell in row.cells if cell]) for row in rows] == [
        ("Norway", ["in_time", "late", "not_due"]),
        ("Sweden", ["overdue", "overdue", "not_due"]),
    ]
    assert page.context["overdue"].has_annual
    assert counts(page, "annual") == {"": 6, "in_time": 1, "late": 1, "overdue": 2, "not_due": 2}


@pytest.mark.django_db
def test_the_register_makes_as_many_queries_with_three_states(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for iso3, name in (("NOR", "Norway"), ("SWE", "Sweden")):
        report(records.party(iso3, name), Kind.INITIAL, "2011-01-27")
    records.state("BRA", "Brazil")
    records.meeting("1MSP", "2010-11-12")
    vouch("initial", "2020-01-01")

    with django_assert_num_queries(REGISTER_QUERIES):
        client.get("/reports/?as_of=2011-08-20")


def annual(published: bool) -> TransparencyReport:
    """Norway's annual report for 2012, with a file, a form and a quantity that it declares."""
    norway = records.party("NOR", "Norway")
    vouch("annual", "2020-01-01")
    before = report(norway, Kind.ANNUAL, "2012-04-28", year=2011, published=True)
    FormEntry.objects.create(report=before, form="B", answer="filled")
    FormEntry.objects.create(report=before, form="F", answer="filled")
    found = report(norway, Kind.ANNUAL, "2013-04-28", year=2012, published=published)
    FormEntry.objects.create(report=found, form="B", answer="filled", sentence="canary sentence")
    FormEntry.objects.create(report=found, form="F", answer="not_applicable")
    FormEntry.objects.create(report=found, form="G", answer="unchanged", unchanged_since=2011)
    for destroyed_in, quantity in ((before, "1000"), (found, "1500")):
        DeclaredQuantity.objects.create(
            report=destroyed_in,
            form="B",
            subject="destroyed",
            type="canary type",
            quantity=Decimal(quantity),
            unit="submunitions",
        )
    DeclaredQuantity.objects.create(report=found, form="B", subject="stockpile", type="M483A1")
    document = records.document("norway-2012", title="canary document")
    found.documents.add(document)
    DocumentFile.objects.create(
        document=document,
        file=ContentFile(b"%PDF-1.7", name="any.pdf"),
        original_name="canary.pdf",
        content_type=DocumentFile.ContentType.PDF,
        size=8,
        sha256="0" * 64,
        uploaded_by=get_user_model().objects.create_user("clerk"),
    )
    return found


@pytest.mark.django_db
def test_contents_show_only_once_the_report_is_published(client: Client) -> None:
    annual(published=False)

    pages = [
        text(client.get(url))
        for url in ("/reports/norway/2012/", "/states/norway/", "/reports/", "/reports/feed.atom")
    ]

    assert [page.count("canary") for page in pages] == [0, 0, 0, 0]
    assert pages[0].count("28 April 2013") >= 1
    assert pages[0].count("The contents of this report have not been published here yet.") == 1


@pytest.mark.django_db
def test_a_published_report_shows_its_files_forms_and_quantities(client: Client) -> None:
    found = annual(published=True)
    file = DocumentFile.objects.get()

    page = client.get("/reports/norway/2012/", {"as_of": "2013-06-01"})
    contents = page.context["page"].contents
    sheets = {sheet.form.letter.value: sheet for sheet in contents.completeness.sheets}

    assert [(d.title, [f.url for f in d.files]) for d in contents.documents] == [
        ("canary document", [f"/files/{file.public_id}/canary.pdf"])
    ]
    assert sheets["F"].is_bare
    assert (sheets["G"].unchanged_since, sheets["A"].answer) == (2011, None)
    assert text(page).count("without a word of why") == 1
    assert text(page).count("unchanged since 2011") == 1
    assert text(page).count("1,500 explosive submunitions") == 2
    assert text(page).count("not given") == 3
    assert contents.comparison.previous.year == 2011
    assert [(change.what, change.before, change.now) for change in contents.comparison.changes] == [
        ("Form F, contaminated areas and clearance", "filled", "not applicable"),
        ("Form G, warning and risk education", "", "unchanged since an earlier report"),
        ("Destroyed: canary type", "1,000 explosive submunitions", "1,500 explosive submunitions"),
        ("Stockpiled: M483A1", "", "not given"),
    ]
    assert page.context["page"].report == found


@pytest.mark.django_db
def test_a_document_that_is_not_public_is_not_named(client: Client) -> None:
    norway = records.party("NOR", "Norway")
    cable = records.document("cable", public=False, title="canary cable")
    found = report(
        norway,
        Kind.INITIAL,
        "2011-01-27",
        published=True,
        receipt_source=cable,
        receipt_place="canary page",
    )
    found.documents.add(cable)

    page = text(client.get("/reports/norway/initial/"))

    assert page.count("canary") == 0
    assert page.count("A document that is not public") == 1


@pytest.mark.django_db
def test_sources_that_disagree_are_both_shown(client: Client) -> None:
    found = report(records.party("NOR", "Norway"), Kind.INITIAL, "2011-01-27", note="A note.")
    TransparencyReport.objects.update(published_at=timezone.now())
    KnownMissing.objects.create(report=found, on=date(2011, 1, 10))
    KnownMissing.objects.create(report=found, on=date(2011, 3, 1))

    page = client.get("/reports/norway/initial/", {"as_of": "2011-08-20"})

    assert [(str(day.on), day.contradicts) for day in page.context["page"].missing] == [
        ("2011-01-10", False),
        ("2011-03-01", True),
    ]
    assert text(page).count("A note.") == 1


@pytest.mark.django_db
def test_a_receipt_counts_as_soon_as_it_is_saved(client: Client) -> None:
    norway = records.party("NOR", "Norway")
    vouch("initial", "2020-01-01")
    before = counts(client.get("/reports/", {"as_of": "2011-08-20"}))

    report(norway, Kind.INITIAL, "2011-02-01")
    after = counts(client.get("/reports/", {"as_of": "2011-08-20"}))

    assert (before, after) == ({"": 1, "overdue": 1}, {"": 1, "late": 1})


@pytest.mark.django_db
def test_the_pages_of_reports_cost_a_fixed_number_of_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    annual(published=True)
    report(records.party("SWE", "Sweden"), Kind.INITIAL, "2011-01-27")

    with django_assert_num_queries(REPORT_QUERIES):
        client.get("/reports/sweden/initial/?as_of=2013-06-01")
    with django_assert_num_queries(PUBLISHED_REPORT_QUERIES):
        client.get("/reports/norway/2012/?as_of=2013-06-01")
    with django_assert_num_queries(STATE_QUERIES):
        client.get("/states/norway/?as_of=2013-06-01")


@pytest.mark.django_db
def test_no_page_sets_a_cookie_or_varies_by_sign_in(client: Client) -> None:
    report(records.party("NOR", "Norway"), Kind.INITIAL, "2011-01-27", published=True)
    urls = ("/reports/", "/reports/norway/initial/", "/reports/feed.atom", "/deadlines.ics")

    answers = [client.get(url) for url in urls]

    assert [dict(answer.cookies) for answer in answers] == [{}, {}, {}, {}]
    assert ["Vary" in answer for answer in answers] == [False] * 4
