"""Recorded reports in the API's words: what came, when, and what was owed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ccm_portal.rest.views import address
from reports.day import Day
from reports.deadlines import Kind, ReportDeadline
from reports.explanations import receipt_words
from reports.models import TransparencyReport
from reports.state_of_play import Receipt, StateOfPlay
from states.api.records import CitingSerializer
from states.models import Certainty, Document
from states.register import Standing

from .contents import ContentsSerializer

VOLUNTARY = "voluntary"
STATE_OF_PLAY = [*StateOfPlay.choices, (VOLUNTARY, _("Not owed"))]


@dataclass(frozen=True)
class RecordedReport:
    """A recorded report on a day. `deadline` is None for a report that nobody owed."""

    report: TransparencyReport
    standing: Standing
    receipt: Receipt
    deadline: ReportDeadline | None
    page: str
    on: date

    @property
    def document(self) -> Document | None:
        """Where the receipt was read."""
        return self.report.receipt_source

    @property
    def is_in(self) -> bool:
        """Whether it had certainly come by the day."""
        return self.receipt.not_after is not None and self.receipt.not_after <= self.on

    @property
    def known_missing_on(self) -> tuple[date, ...]:
        """Days up to this one on which a source says that the report had not come."""
        return tuple(sorted(day for day in self.receipt.missing_on if day <= self.on))

    @property
    def state_of_play(self) -> str:
        return self.deadline.state_of_play.value if self.deadline else VOLUNTARY


def recorded(day: Day, reports: Iterable[TransparencyReport]) -> list[RecordedReport]:
    """Reports as they stood on a day, in the order given. No query but for what is not loaded."""
    rows = list(reports)
    wanted = {report.state_id for report in rows}
    standings = {it.state.id: it for it in day.register if it.state.id in wanted}
    receipts = {
        report.receipt.report_id: report.receipt
        for state_id in wanted
        for report in day.reporting.reports.get(state_id, ())
    }
    deadlines: dict[int | None, ReportDeadline] = {}
    for standing in standings.values():
        for deadline in day.reporting.of_state(standing):
            if deadline.receipt is not None:
                # Of several that a report answers, the first.
                deadlines.setdefault(deadline.receipt.report_id, deadline)
    return [
        RecordedReport(
            report=report,
            standing=standings[report.state_id],
            receipt=receipts[report.pk],
            deadline=deadlines.get(report.pk),
            page=day.report_url(standings[report.state_id], report.pk),
            on=day.on,
        )
        for report in rows
    ]


class ReportRowSerializer(CitingSerializer):
    """A recorded report without its contents: a row of the CSV file."""

    id = serializers.IntegerField(source="report.pk")
    iso3 = serializers.CharField(source="standing.state.iso3")
    name = serializers.CharField(
        source="standing.state.name", help_text=_("UN short name on the date of the answer.")
    )
    kind = serializers.ChoiceField(source="report.kind", choices=Kind.choices)
    year = serializers.IntegerField(
        source="report.year",
        allow_null=True,
        help_text=_("The calendar year that the report covers."),
    )
    period_from = serializers.DateField(source="report.period_from", allow_null=True)
    period_to = serializers.DateField(source="report.period_to", allow_null=True)
    received_not_before = serializers.DateField(
        source="receipt.earliest",
        allow_null=True,
        help_text=_("The first day on which it may have come; empty where none is known."),
    )
    received_not_after = serializers.DateField(
        source="receipt.not_after",
        allow_null=True,
        help_text=_("The last day on which it may have come."),
    )
    received_on = serializers.DateField(
        source="receipt.on", allow_null=True, help_text=_("The day, where it is known.")
    )
    receipt_words = serializers.SerializerMethodField(
        help_text=_("When it came, as far as that is known, such as “January 2011”.")
    )
    is_in = serializers.BooleanField(
        help_text=_(
            "Whether it had certainly come by the date of the answer; false where only some of "
            "the possible days lie before it or none is known."
        )
    )
    certainty = serializers.ChoiceField(
        source="report.certainty",
        choices=Certainty.choices,
        help_text=_("Whether the source confirms the day."),
    )
    basis = serializers.SerializerMethodField(
        help_text=_("What the date is, such as the stamp of receipt; empty until published.")
    )
    known_missing_on = serializers.SerializerMethodField(
        help_text=_("Days up to the date on which a source says that it had not come.")
    )
    state_of_play = serializers.ChoiceField(
        choices=STATE_OF_PLAY,
        help_text=_("Of the duty that it discharges; `voluntary` where nobody owed it."),
    )
    due_on = serializers.DateField(source="deadline.due_on", allow_null=True, default=None)
    days_late = serializers.IntegerField(source="deadline.days_late", allow_null=True, default=None)
    is_published = serializers.BooleanField(
        source="report.is_published",
        help_text=_("Whether its contents are published. The receipt counts before that."),
    )
    note = serializers.SerializerMethodField(help_text=_("Empty until the report is published."))
    url = serializers.SerializerMethodField(help_text=_("The report in this API."))
    page = serializers.SerializerMethodField(help_text=_("The report's page."))
    place = serializers.SerializerMethodField(help_text=_("Where in the document."))

    def get_receipt_words(self, row: RecordedReport) -> str:
        return receipt_words(row.receipt)

    def get_basis(self, row: RecordedReport) -> str:
        return row.report.receipt_basis if row.report.is_published else ""

    def get_note(self, row: RecordedReport) -> str:
        return row.report.note if row.report.is_published else ""

    def get_known_missing_on(self, row: RecordedReport) -> Any:
        return " ".join(day.isoformat() for day in row.known_missing_on)

    def get_url(self, row: RecordedReport) -> str:
        return address(self.context["request"], "v1:report", row.report.pk)

    def get_page(self, row: RecordedReport) -> str:
        return str(self.context["request"].build_absolute_uri(row.page))

    def get_place(self, row: RecordedReport) -> str:
        return row.report.receipt_place if self._public(row.document) else ""


class ReportSerializer(ReportRowSerializer):
    """A recorded report. `contents` stay empty until they are published."""

    contents = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.DateField()))
    def get_known_missing_on(self, row: RecordedReport) -> Any:
        return [day.isoformat() for day in row.known_missing_on]

    @extend_schema_field(ContentsSerializer(allow_null=True))
    def get_contents(self, row: RecordedReport) -> dict[str, Any] | None:
        if not row.report.is_published:
            return None
        return dict(ContentsSerializer(row.report, context=self.context).data)
