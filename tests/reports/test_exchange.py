"""Reports, what they say and how far they are complete, in and out as spreadsheets."""

from datetime import date
from decimal import Decimal

import pytest

from reports.deadlines import Reporting
from reports.exchange import RESOURCES
from reports.models import (
    Coverage,
    DeclaredQuantity,
    FormEntry,
    KnownMissing,
    TransparencyReport,
)
from reports.state_of_play import StateOfPlay
from states.exchange import EXPORT_FORMATS, Outcome
from states.models import Document
from tests.admin import records
from tests.admin.records import Kind
from tests.exchange.files import csv, outcomes, reasons
from tests.reports import given
from tests.reports.given import bring

pytestmark = pytest.mark.django_db

REPORTS = "iso3,kind,year,received_not_before,received_not_after,missing_on,document,note"
FORMS = "iso3,kind,year,received,form,answer,unchanged_since,sentence"
QUANTITIES = "iso3,kind,year,received,form,subject,type,quantity,unit,period_from,period_to"


def reports(*lines: str, header: str = REPORTS, **options: object):  # type: ignore[no-untyped-def]
    return bring("reports", csv(header, *lines), **options)


# Reports


def test_imported_receipt_counts_at_once_and_what_it_says_is_a_draft() -> None:
    norway = records.party()

    account = reports("NOR,initial,,2011-01-27,2011-01-27,2010-12-31;2010-11-30,,by note")

    assert outcomes(account) == [(2, Outcome.NEW)]
    report = TransparencyReport.objects.get(state=norway)
    assert (report.received_on, report.published_at) == (date(2011, 1, 27), None)
    assert [missing.on for missing in report.known_missing.all()] == [
        date(2010, 11, 30),
        date(2010, 12, 31),
    ]
    [initial] = [row for row in Reporting.load().on(date(2011, 2, 1)) if row.kind == "initial"]
    assert initial.state_of_play is StateOfPlay.IN_TIME


def test_same_file_twice_changes_nothing() -> None:
    records.party()
    lines = (
        "NOR,initial,,2011-01-27,2011-01-27,2010-12-31,,",
        "NOR,annual,2011,2012-04-01,2012-04-30,,,",
        "NOR,annual,2012,,,2013-06-01,,",
        "NOR,voluntary,,2008-12-10,2008-12-10,,,",
    )
    reports(*lines)
    before = [model.history.count() for model in (TransparencyReport, KnownMissing)]

    account = reports(*lines)

    assert [row.outcome for row in account.rows] == [Outcome.SAME] * 4
    after = [model.history.count() for model in (TransparencyReport, KnownMissing)]
    assert after == before


def test_corrected_day_changes_the_report_and_adds_none() -> None:
    records.party()
    reports("NOR,initial,,2011-01-27,2011-01-27,2010-12-31,,")

    account = reports("NOR,initial,,2011-01-26,2011-01-26,2010-12-30,,")

    [row] = account.rows
    assert [(change.column, change.before, change.after) for change in row.changes] == [
        ("received_not_before", "2011-01-27", "2011-01-26"),
        ("received_not_after", "2011-01-27", "2011-01-26"),
        ("missing_on", "2010-12-31", "2010-12-30"),
    ]
    assert KnownMissing.objects.get().on == date(2010, 12, 30)
    assert KnownMissing.history.filter(history_type="-").count() == 1


def test_table_without_the_column_of_absences_leaves_them_alone() -> None:
    records.party()
    reports("NOR,initial,,2011-01-27,2011-01-27,2010-12-31,,")

    reports(
        "NOR,initial,2011-01-26,2011-01-26",
        header="iso3,kind,received_not_before,received_not_after",
    )

    assert KnownMissing.objects.get().on == date(2010, 12, 31)


def test_second_voluntary_report_is_added_and_does_not_change_the_first() -> None:
    records.state()
    reports("NOR,voluntary,,2011-01-27,2011-01-27,,,")

    account = reports("NOR,voluntary,,2012-01-27,2012-01-27,,,")

    assert outcomes(account) == [(2, Outcome.NEW)]
    assert TransparencyReport.objects.count() == 2


def test_state_that_joined_again_gets_its_second_initial_report() -> None:
    norway = records.party()
    records.action(norway, Kind.WITHDRAWAL, "2013-01-01", published=True)
    records.action(norway, Kind.ACCESSION, "2015-01-01", published=True)
    reports("NOR,initial,,2011-01-27,2011-01-27,,,")

    account = reports("NOR,initial,,2016-01-27,2016-01-27,,,")

    assert outcomes(account) == [(2, Outcome.NEW)]
    assert TransparencyReport.objects.count() == 2


@pytest.mark.parametrize("role", ["Data entry", "Editor"])
def test_report_that_was_looked_for_is_filled_by_anybody_and_is_a_draft_again(role: str) -> None:
    report = given.report(records.party(), published=True)

    account = reports("NOR,initial,,2012-01-27,2012-01-27,,,", user=records.user(role))

    assert outcomes(account) == [(2, Outcome.CHANGED)]
    report.refresh_from_db()
    assert (report.received_on, report.published_at) == (date(2012, 1, 27), None)


def test_published_receipt_is_changed_by_nobody_who_may_not_publish() -> None:
    given.report(records.party(), received="2011-01-27", published=True)

    account = reports("NOR,initial,,2011-01-26,2011-01-26,,,", user=records.user("Data entry"))

    assert reasons(account) == [
        (
            2,
            "",
            "The row would change a published record, and you may not publish: ask an editor to "
            "import it or to withdraw the record first.",
        )
    ]


def test_day_of_absence_is_taken_away_by_nobody_who_may_not_delete() -> None:
    report = given.report(records.party())
    KnownMissing.objects.create(report=report, on=date(2012, 6, 1))

    account = reports("NOR,initial,,2012-07-01,2012-07-01,,,", user=records.user("Data entry"))

    assert reasons(account) == [
        (
            2,
            "missing_on",
            "The row would take away a day on which the report was missing, and you may not "
            "delete these: leave the day, or ask an editor.",
        )
    ]
    assert KnownMissing.objects.count() == 1


@pytest.mark.parametrize(
    ("line", "column", "sentence"),
    [
        (
            "NOR,initial,,2099-01-27,2099-01-27,,,",
            "",
            "27 January 2099 lies in the future: give the day on which the report was received.",
        ),
        (
            "NOR,initial,,2011-01-27,,,,",
            "",
            "Give both days between which it was received, or the same day twice.",
        ),
        (
            "NOR,annual,,2011-01-27,2011-01-27,,,",
            "",
            "An annual report needs the calendar year it covers.",
        ),
        (
            "NOR,initial,2011,2011-01-27,2011-01-27,,,",
            "",
            "An initial report covers no calendar year.",
        ),
        (
            "NOR,initial,,2011-01-27,2011-01-27,2010-13-01,,",
            "missing_on",
            "“2010-13-01” is not a date: write it as year-month-day, such as 2010-12-31.",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_its_row(line: str, column: str, sentence: str) -> None:
    records.party()
    records.state("SWE", "Sweden")

    account = reports("NOR,annual,2012,2013-01-01,2013-01-01,,,", line)

    assert reasons(account) == [(3, column, sentence)]
    assert TransparencyReport.objects.count() == 0


def test_two_initial_reports_of_one_membership_are_refused() -> None:
    records.party()

    account = reports(
        "NOR,initial,,2011-01-27,2011-01-27,,,", "NOR,initial,,2011-01-28,2011-01-28,,,"
    )

    assert {sentence for _row, _column, sentence in reasons(account)} == {
        "The same report is recorded already: correct that one instead."
    }
    assert TransparencyReport.objects.count() == 0


def test_report_for_a_year_that_is_not_owed_goes_in_with_a_notice() -> None:
    records.party()

    [row] = reports("NOR,annual,2010,2011-04-30,2011-04-30,,,").rows

    assert row.outcome is Outcome.NEW
    assert [notice.sentence for notice in row.notices] == [
        "The first annual report that Norway owes covers 2011 (Article 7.2): this one, for 2010, "
        "is kept and discharges no duty."
    ]


# Forms and quantities


def test_forms_come_in_for_a_recorded_report() -> None:
    report = given.report(records.party(), "annual", "2012-04-30", year=2011)

    account = bring(
        "form-entries",
        csv(
            FORMS,
            "NOR,annual,2011,2012-04-30,A,filled,,Law of 2010",
            "NOR,annual,2011,,b,unchanged,2010,",
            "NOR,annual,,,C,not_applicable,,",
        ),
        user=records.user("Data entry"),
    )

    assert outcomes(account) == [(2, Outcome.NEW), (3, Outcome.NEW), (4, Outcome.NEW)]
    assert list(
        report.form_entries.values_list("form", "answer", "unchanged_since", "sentence")
    ) == [
        ("A", "filled", None, "Law of 2010"),
        ("B", "unchanged", 2010, ""),
        ("C", "not_applicable", None, ""),
    ]


def test_report_may_be_named_by_a_spelling_of_its_state() -> None:
    report = given.report(records.party(), received="2011-01-27")

    account = bring("form-entries", csv("state,kind,form,answer", "norway,initial,A,filled"))

    assert outcomes(account) == [(2, Outcome.NEW)]
    assert report.form_entries.get().form == "A"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (
            "NOR,annual,2012,,A,filled,,",
            (2, "iso3", "No such report is recorded: record its receipt first."),
        ),
        (
            "NOR,voluntary,,,A,filled,,",
            (2, "iso3", "Several reports fit: say in “year” and “received” which one is meant."),
        ),
        (
            "NOR,annual,2011,,K,filled,,",
            (2, "form", "“K” is not a form: use a letter from A to J."),
        ),
        (
            "NOR,annual,2011,,A,filled,2010,",
            (2, "", "A year belongs to the answer “unchanged” alone."),
        ),
    ],
)
def test_form_that_fits_no_report_is_refused(line: str, reason: tuple[int, str, str]) -> None:
    norway = records.party()
    given.report(norway, "annual", "2012-04-30", year=2011)
    given.report(norway, "voluntary", "2012-04-30")
    given.report(norway, "voluntary", "2013-04-30")

    account = bring("form-entries", csv(FORMS, line))

    assert reasons(account) == [reason]
    assert FormEntry.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "header", "line"),
    [
        ("form-entries", FORMS, "NOR,initial,,,A,filled,,"),
        ("quantities", QUANTITIES, "NOR,initial,,,B,stockpile,M483,10,cluster_munitions,,"),
    ],
)
def test_contents_of_a_published_report_are_for_those_who_may_publish(
    kind: str, header: str, line: str
) -> None:
    given.report(records.party(), received="2011-01-27", published=True)

    refused = bring(kind, csv(header, line), user=records.user("Data entry"))
    accepted = bring(kind, csv(header, line), user=records.user("Editor"))

    assert (outcomes(refused), outcomes(accepted)) == (
        [(2, Outcome.REFUSED)],
        [(2, Outcome.NEW)],
    )


def test_quantities_come_in_with_unit_type_and_period_and_unknown_is_not_zero() -> None:
    given.report(records.party(), received="2011-01-27")

    bring(
        "quantities",
        csv(
            QUANTITIES,
            "NOR,initial,,,B,stockpile,M483,1250.5,cluster_munitions,2010-01-01,2010-12-31",
            "NOR,initial,,,B,stockpile,Rockeye,,,,",
        ),
    )

    known, unknown = DeclaredQuantity.objects.order_by("type")
    assert (known.quantity, known.unit, known.period_from, known.period_to) == (
        Decimal("1250.50"),
        "cluster_munitions",
        date(2010, 1, 1),
        date(2010, 12, 31),
    )
    assert unknown.quantity is None


def test_corrected_quantity_changes_its_line() -> None:
    given.report(records.party(), received="2011-01-27")
    lines = [f"NOR,initial,,,B,stockpile,M483,{n},submunitions,," for n in (1, 2)]
    bring("quantities", csv(QUANTITIES, *lines))

    account = bring("quantities", csv(QUANTITIES, lines[0], lines[1].replace(",2,", ",3,")))

    assert outcomes(account) == [(2, Outcome.SAME), (3, Outcome.CHANGED)]
    assert set(DeclaredQuantity.objects.values_list("quantity", flat=True)) == {1, 3}


@pytest.mark.parametrize("amount", ["-1", "1 250", "'1250", "ten", "1.234", "1e3"])
def test_quantity_that_is_no_plain_number_is_refused(amount: str) -> None:
    given.report(records.party(), received="2011-01-27")

    account = bring(
        "quantities", csv(QUANTITIES, f"NOR,initial,,,B,stockpile,M483,{amount},submunitions,,")
    )

    assert [(row, column) for row, column, _sentence in reasons(account)] == [(2, "quantity")]


def test_export_of_everything_comes_back_without_a_change() -> None:
    norway = records.party()
    untc = records.document("untc")
    report = given.report(
        norway, "annual", "2012-04-01/2012-04-30", year=2011, receipt_source=untc, note="a\nb"
    )
    looked_for = given.report(norway)
    KnownMissing.objects.create(report=looked_for, on=date(2012, 6, 1))
    FormEntry.objects.create(report=report, form="A", answer="unchanged", unchanged_since=2010)
    FormEntry.objects.create(report=looked_for, form="B", answer="blank", sentence="=1+1")
    for quantity, unit in ((Decimal("10.50"), "submunitions"), (Decimal(7), "areas"), (None, "")):
        DeclaredQuantity.objects.create(
            report=report, form="B", subject="stockpile", quantity=quantity, unit=unit
        )
    Coverage.objects.create(kind="initial", complete_through=date(2022, 8, 31), note="x")
    _csv, workbook = EXPORT_FORMATS

    for kind, resource in RESOURCES.items():
        table = resource().export()
        for data in (str(table.export("csv")).encode(), workbook().export_data(table)):
            account = bring(kind, bytes(data))
            assert [row.outcome for row in account.rows] == [Outcome.SAME] * len(table), kind


# How far the entries are complete


@pytest.mark.parametrize(
    ("role", "outcome"), [("Data entry", Outcome.REFUSED), ("Editor", Outcome.NEW)]
)
def test_editor_alone_says_how_far_the_entries_are_complete(role: str, outcome: Outcome) -> None:
    account = bring(
        "coverage", csv("kind,complete_through", "initial,2022-08-31"), user=records.user(role)
    )

    assert outcomes(account) == [(2, outcome)]


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2099-01-01", "Nobody can vouch for days to come: choose today or an earlier day."),
        (
            "2008-12-02",
            "Choose a day from 3 December 2008 on, when the Convention was opened.",
        ),
    ],
)
def test_nobody_vouches_for_such_a_day(day: str, sentence: str) -> None:
    account = bring("coverage", csv("kind,complete_through", f"initial,{day}"))

    assert reasons(account) == [(2, "", sentence)]
    assert Coverage.objects.count() == 0


def test_document_that_is_not_public_is_not_cited_by_what_is_published() -> None:
    Document.objects.create(code="secret", title="Secret", kind="other")
    given.report(records.party(), received="2011-01-27", published=True)

    account = reports("NOR,initial,,2011-01-27,2011-01-27,,secret,", user=records.user("Editor"))

    assert [row for row, _column, _sentence in reasons(account)] == [2]
