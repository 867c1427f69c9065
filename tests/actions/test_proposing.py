"""Lines of Article 7 reports propose draft findings, so that nothing is typed twice."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from actions import proposing, publishing
from actions.models import Finding, Indicator
from actions.proposing import Outcome
from reports.models import DeclaredQuantity, FormEntry, TransparencyReport
from states.models import Document, State
from tests.admin import records
from tests.admin.conftest import Desk, entries, messages
from tests.exchange.files import csv
from tests.reports import given as reports_given

from . import evidence_rows as given

pytestmark = pytest.mark.django_db

TODAY = date(2026, 1, 1)


@pytest.fixture
def norway() -> State:
    return given.norway()


@pytest.fixture
def report(norway: State) -> TransparencyReport:
    """Norway's initial report, received on 31 January 2011, with a document of its own."""
    made: TransparencyReport = reports_given.report(norway, "initial", "2011-01-31")
    reports_given.document(made, public=True, code="nor-initial")
    return made


@pytest.fixture
def declared() -> Indicator:
    return given.indicator("stockpile.declared", yes_from="stockpile;B.filled", no_from="B.blank")


def line(report: TransparencyReport, subject: str = "stockpile", **values: Any) -> DeclaredQuantity:
    values = {"form": "B", "unit": "cluster_munitions", "quantity": 10} | values
    return DeclaredQuantity.objects.create(report=report, subject=subject, **values)


def form(report: TransparencyReport, letter: str, answer: str) -> FormEntry:
    return FormEntry.objects.create(report=report, form=letter, answer=answer)


def propose(report: TransparencyReport) -> Outcome:
    return proposing.propose(report=report, name="Norway", by=None)


def said() -> list[tuple[str, str, str, str, Decimal | None]]:
    """The findings: indicator, answer, place, label, quantity."""
    return [
        (item.indicator.code, item.answer, item.place, item.label, item.quantity)
        for item in Finding.objects.order_by("indicator__code", "pk")
    ]


def test_a_line_proposes_a_draft_that_cites_the_form(
    report: TransparencyReport, declared: Indicator
) -> None:
    line(report, place="table 1")

    assert propose(report) == Outcome(added=1)
    finding = Finding.objects.get()
    assert said() == [("stockpile.declared", "yes", "Form B, table 1", "", None)]
    assert (finding.is_published, str(finding.reported_on), finding.document.code) == (
        False,
        "2011-01-31",
        "nor-initial",
    )


@pytest.mark.parametrize(
    ("quantities", "answers", "expected"),
    [
        ([], [("B", "filled")], [("yes", "Form B")]),
        ([], [("B", "blank")], [("no", "Form B")]),
        ([], [("B", "unchanged")], []),
        ([], [("C", "filled")], []),
        ([10], [("B", "filled")], [("yes", "Form B")]),  # the line says more than the form
        ([10, 5], [], [("yes", "Form B")]),  # two types of one stockpile are one fact
        ([0], [], [("no", "Form B")]),
        ([0, 5], [], [("yes", "Form B")]),
        ([None], [], [("yes", "Form B")]),  # a quantity not given is not zero
    ],
)
def test_what_is_proposed_follows_from_lines_and_forms(
    report: TransparencyReport,
    declared: Indicator,
    quantities: list[int | None],
    answers: list[tuple[str, str]],
    expected: list[tuple[str, str]],
) -> None:
    for number, quantity in enumerate(quantities):
        line(report, type=f"type {number}", quantity=quantity)
    for letter, answer in answers:
        form(report, letter, answer)

    propose(report)

    assert [(item.answer, item.place) for item in Finding.objects.all()] == expected


def test_quantities_and_occurrences_are_proposed_line_by_line(report: TransparencyReport) -> None:
    given.indicator("stock.size", kind="quantity", unit="submunitions", yes_from="stockpile")
    given.indicator("law.adopted", kind="occurrence", unit="laws", yes_from="national_measure")
    line(report, type="M85", quantity=40, unit="submunitions")
    line(report, type="shells", quantity=3)  # in another unit: nothing is converted by guess
    line(report, "national_measure", form="A", type="Act 1", quantity=None, unit="")

    propose(report)

    assert said() == [
        ("law.adopted", "yes", "Form A", "Act 1", None),
        ("stock.size", "yes", "Form B", "M85", Decimal(40)),
    ]


def test_proposing_again_adds_nothing_and_follows_corrections(
    report: TransparencyReport, declared: Indicator
) -> None:
    declared_line = line(report)
    propose(report)

    assert propose(report) == Outcome()
    declared_line.quantity = Decimal(0)
    declared_line.save()
    assert (propose(report), said()[0][1]) == (Outcome(changed=1), "no")
    declared_line.subject = "retained"
    declared_line.save()
    assert (propose(report), said()) == (Outcome(removed=1), [])


def test_a_line_that_was_deleted_takes_its_draft_along(
    report: TransparencyReport, declared: Indicator
) -> None:
    first, _second = line(report), line(report, type="other")
    propose(report)
    first.delete()

    assert (propose(report), Finding.objects.count()) == (Outcome(added=1, removed=1), 1)
    DeclaredQuantity.objects.all().delete()
    assert (propose(report), Finding.objects.count()) == (Outcome(removed=1), 0)


@pytest.mark.parametrize("decision", ["published", "edited", "retracted"])
def test_what_staff_decided_is_left_alone(
    report: TransparencyReport, declared: Indicator, decision: str
) -> None:
    declared_line, chief = line(report), records.user()
    propose(report)
    finding = Finding.objects.get()
    if decision == "published":
        publishing.publish(records=[finding], by=chief)
    elif decision == "retracted":
        publishing.retract(findings=[finding], reason="not cluster munitions", by=chief)
    else:
        finding.remark = "of one type"
        finding.save()
    declared_line.quantity = Decimal(0)
    declared_line.save()

    assert propose(report) == Outcome()
    finding.refresh_from_db()
    assert (Finding.objects.count(), finding.answer) == (1, "yes")


def test_a_fact_that_was_typed_already_is_not_proposed(
    norway: State, report: TransparencyReport, declared: Indicator
) -> None:
    given.finding(norway, declared, document=Document.objects.get(), place="Form B")
    line(report)

    assert (propose(report), Finding.objects.count()) == (Outcome(), 1)


def test_a_report_that_has_not_come_proposes_nothing(norway: State, declared: Indicator) -> None:
    looked_for = reports_given.report(norway, "initial")
    line(looked_for)

    assert propose(looked_for) == Outcome()


def test_a_report_without_a_document_gets_one_to_cite(norway: State, declared: Indicator) -> None:
    bare = reports_given.report(norway, "initial", "2011-01-31")
    line(bare)

    propose(bare)

    document = Finding.objects.get().document
    assert (document.title, document.is_public) == (
        "Initial transparency report of Norway",
        False,
    )
    assert list(bare.documents.all()) == [document]


def test_saving_the_report_s_page_proposes_and_says_so(
    report: TransparencyReport, declared: Indicator
) -> None:
    desk = Desk("Data entry")
    address = reverse("admin:reports_transparencyreport_change", args=[report.pk])
    documents = {"documents": [document.pk for document in report.documents.all()]}
    opened: Any = desk.client.get(address)
    typed = (
        entries(opened)
        | documents
        | {
            "quantities-TOTAL_FORMS": "1",
            "quantities-0-form": "B",
            "quantities-0-subject": "stockpile",
            "quantities-0-quantity": "12",
            "quantities-0-unit": "cluster_munitions",
        }
    )

    page = desk.client.post(address, typed | {"_save": "Save"}, follow=True)

    [sentence] = [text for text in messages(page) if "proposed" in text]
    assert sentence.startswith("1 finding is proposed as a draft from what was entered.")
    finding = Finding.objects.get()
    assert (finding.is_published, finding.history.get().history_user) == (False, desk.user)
    reopened: Any = desk.client.get(address)
    again = entries(reopened) | documents
    desk.client.post(address, again | {"_save": "Save"})
    assert Finding.objects.count() == 1


@pytest.mark.usefixtures("report")
def test_an_import_of_lines_proposes_too(declared: Indicator, tmp_path: Path) -> None:
    file = tmp_path / "quantities.csv"
    file.write_bytes(
        csv(
            "iso3,kind,form,subject,quantity,unit",
            "NOR,initial,B,stockpile,12,cluster_munitions",
        )
    )
    outputs = []
    for _time in range(2):
        out = io.StringIO()
        call_command("import_file", "quantities", str(file), stdout=out)
        outputs.append(out.getvalue().splitlines()[-2:])

    assert outputs == [
        ["Proposed findings: 1 new, 0 changed, 0 taken away", "The file was imported."],
        ["0 new, 0 changed, 1 the same, 0 refused", "The file was imported."],
    ]
    assert said() == [("stockpile.declared", "yes", "Form B", "", None)]
