"""What reports say, as tables: one row a form, one row a quantity."""

from typing import Any

from django.core.exceptions import ValidationError

from reports.models import DeclaredQuantity, FormAnswer, FormEntry, TransparencyReport
from states.exchange.cells import ChoiceCell, DateCell, NumberCell, TextCell
from states.exchange.keyed import Row, column
from states.exchange.resource import RegisterResource, by_column

from .cells import AmountCell, LetterCell, ReportCell

Kind = TransparencyReport.Kind


class OfReport(RegisterResource):
    """Rows of a recorded report, which `iso3`, `kind`, `year` and `received` name together.

    `received` is its last possible day of receipt.
    """

    iso3 = column("report", ReportCell(), "iso3")
    kind = column(None, ChoiceCell(Kind, required=True), "kind")
    year = column(None, NumberCell(), "year")
    received = column(None, DateCell(), "received")

    related = ("report__state",)

    def dehydrate_kind(self, row: Any) -> str:
        return str(row.report.kind)

    def dehydrate_year(self, row: Any) -> Any:
        return row.report.year or ""

    def dehydrate_received(self, row: Any) -> Any:
        return row.report.received_not_after or ""

    def _state_ids(self) -> set[int]:
        cell: ReportCell = self.fields["iso3"].widget
        ids = (cell.state_id(row.get("iso3", ""), row) for row in self.sheet.records())
        return {state_id for state_id in ids if state_id is not None}

    def before_save_instance(self, instance: Any, row: Row, **kwargs: Any) -> None:
        report = instance.report
        if report.is_published and not self.mandate.may_publish(report):
            sentence = self.mandate.refusal_to_change_published()
            raise ValidationError(by_column([("", sentence)]))
        super().before_save_instance(instance, row, **kwargs)


class FormEntryResource(OfReport):
    """How each form of each report was answered."""

    form = column("form", LetterCell())
    answer = column("answer", ChoiceCell(FormAnswer, required=True))
    unchanged_since = column("unchanged_since", NumberCell())
    sentence = column("sentence", TextCell())

    keys = ((("iso3", "form"), True),)

    class Meta:
        model = FormEntry
        fields = (
            "iso3",
            "kind",
            "year",
            "received",
            "form",
            "answer",
            "unchanged_since",
            "sentence",
        )


class DeclaredQuantityResource(OfReport):
    """What each report declares. An empty quantity is unknown, never zero.

    A row means the recorded line that reads the same, else the one of the same subject, type and
    unit in the same form, so that a corrected number changes it.
    """

    form = column("form", LetterCell())
    subject = column("subject", ChoiceCell(DeclaredQuantity.Subject, required=True))
    type = column("type", TextCell())
    quantity = column("quantity", AmountCell())
    unit = column("unit", ChoiceCell(DeclaredQuantity.Unit))
    period_from = column("period_from", DateCell())
    period_to = column("period_to", DateCell())
    place = column("place", TextCell())
    note = column("note", TextCell())

    keys = (
        (
            (
                "iso3",
                "form",
                "subject",
                "type",
                "unit",
                "period_from",
                "period_to",
                "place",
                "quantity",
            ),
            True,
        ),
        (("iso3", "form", "subject", "type", "unit", "period_from", "period_to"), False),
    )

    class Meta:
        model = DeclaredQuantity
        fields = (
            "iso3",
            "kind",
            "year",
            "received",
            "form",
            "subject",
            "type",
            "quantity",
            "unit",
            "period_from",
            "period_to",
            "place",
            "note",
        )
