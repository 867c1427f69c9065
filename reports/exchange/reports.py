"""Reports and their receipts as a table, and the check of what results from an import.

A receipt counts as soon as it is imported; what a report says stays a draft.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import tablib
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from reports.duties import Arrival, classify, membership_at, refusals
from reports.models import KnownMissing, TransparencyReport
from reports.recording import duplicate
from states.exchange.cells import ChoiceCell, CodeCell, DateCell, NumberCell, StateCell, TextCell
from states.exchange.keyed import Row, column
from states.exchange.matching import Keys, Match
from states.exchange.resource import RegisterResource, by_column
from states.exchange.results import Notice
from states.models import Certainty, Document
from states.register import History, Standing

from .cells import MissingOn, store_missing_days, stored_missing_days

Kind = TransparencyReport.Kind


class TransparencyReportResource(RegisterResource):
    """Reports: what was received when, and what is looked for.

    A row means the recorded report of the same kind, year and days; else the one of the same duty,
    so that a corrected day changes it and does not add a second one.
    """

    iso3 = column("state", StateCell(required=True, by_name=True), "iso3")
    kind = column("kind", ChoiceCell(Kind, required=True))
    year = column("year", NumberCell())
    received_not_before = column("received_not_before", DateCell())
    received_not_after = column("received_not_after", DateCell())
    missing_on = MissingOn()
    certainty = column("certainty", ChoiceCell(Certainty, default=Certainty.CONFIRMED))
    basis = column("receipt_basis", TextCell(), "basis")
    document = column("receipt_source", CodeCell(Document), "document")
    place = column("receipt_place", TextCell(), "place")
    note = column("note", TextCell())

    keys = (
        (("iso3", "kind", "year", "received_not_before", "received_not_after"), True),
        (("iso3", "kind", "year"), False),
    )
    related = ("state", "receipt_source")
    rows_of_records = ((KnownMissing, "report_id"),)

    class Meta:
        model = TransparencyReport
        fields = (
            "iso3",
            "kind",
            "year",
            "received_not_before",
            "received_not_after",
            "missing_on",
            "certainty",
            "basis",
            "document",
            "place",
            "note",
        )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._standings: dict[int, Standing] | None = None
        self._was_looked_for = False

    # Which recorded report a row means

    def prepare(self, dataset: tablib.Dataset) -> list[Match[Any]]:
        self._standings = None
        return super().prepare(dataset)

    def keys_of(self, records: Sequence[Any]) -> list[Keys]:
        return [
            (exact, self._duty(record.state_id, Arrival.of(record)))
            for record, (exact, _duty) in zip(records, super().keys_of(records), strict=True)
        ]

    def keys_in(self, row: Row) -> Keys:
        exact, _duty = super().keys_in(row)
        if not isinstance(exact, tuple):
            return None, None
        state_id, *said = exact
        return exact, self._duty(state_id, Arrival(*said))

    def _duty(self, state_id: int, arrival: Arrival) -> Hashable | None:
        """What only one report of a state can answer; None for a voluntary one."""
        if arrival.kind == Kind.ANNUAL:
            return state_id, arrival.kind, arrival.year
        if arrival.kind != Kind.INITIAL or state_id not in self.standings:
            return None
        membership = membership_at(
            self.standings[state_id].memberships,
            not_before=arrival.not_before,
            not_after=arrival.not_after,
        )
        return state_id, arrival.kind, membership.deposited.on if membership else None

    @property
    def standings(self) -> Mapping[int, Standing]:
        """How every state stands today, loaded once a file."""
        if self._standings is None:
            register = History.load().on(self.today)
            self._standings = {standing.state.id: standing for standing in register}
        return self._standings

    # Each row

    def get_instance(self, instance_loader: Any, row: Row) -> Any:
        recorded = super().get_instance(instance_loader, row)
        if recorded is not None:
            stored_missing_days(recorded)
        return recorded

    def import_instance(self, instance: Any, row: Row, **kwargs: Any) -> None:
        self._was_looked_for = instance.pk is not None and instance.received_not_after is None
        super().import_instance(instance, row, **kwargs)

    def before_save_instance(self, instance: Any, row: Row, **kwargs: Any) -> None:
        has_come = self._was_looked_for and instance.received_not_after is not None
        if has_come and not self.mandate.publishes:
            # Anybody may say that it came; what it says is a draft until somebody publishes it.
            self._published.discard(instance.pk)
            instance.published_at = None
        if self._drops_days(instance) and not self.mandate.may_write("delete", KnownMissing):
            sentence = _(
                "The row would take away a day on which the report was missing, and you may not "
                "delete these: leave the day, or ask an editor."
            )
            raise ValidationError(by_column([("missing_on", sentence)]))
        super().before_save_instance(instance, row, **kwargs)

    def after_save_instance(self, instance: Any, row: Row, **kwargs: Any) -> None:
        super().after_save_instance(instance, row, **kwargs)
        store_missing_days(instance, user=self.mandate.user, reason=self.mandate.reason)

    def _drops_days(self, report: Any) -> bool:
        entered: tuple[date, ...] | None = report.__dict__.get("missing_on")
        if entered is None or report.pk is None:
            return False
        return not set(stored_missing_days(report)) <= set(entered)

    # What results

    def check_written(self, written: Sequence[tuple[int, Any]]) -> Iterator[tuple[int, str]]:
        states = {report.state_id for _index, report in written}
        recorded = defaultdict(list)
        for report in TransparencyReport.objects.filter(state_id__in=states):
            recorded[report.state_id].append(report)
        for index, report in written:
            standing = self.standings[report.state_id]
            others = [other for other in recorded[report.state_id] if other.pk != report.pk]
            for sentence in self._objections(index, report, standing, others):
                yield index, sentence

    def _objections(
        self,
        index: int,
        report: TransparencyReport,
        standing: Standing,
        others: Sequence[TransparencyReport],
    ) -> Iterator[str]:
        arrival = Arrival.of(report)
        found = list(refusals(arrival, today=self.today))
        yield from found
        if found:
            return
        if duplicate(others, arrival, standing) is not None:
            yield _("The same report is recorded already: correct that one instead.")
        else:
            notices = classify(arrival, standing).notices
            number = self.sheet.numbers[index]
            self.notices += [Notice(number, "kind", notice) for notice in notices]

    # Export

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().prefetch_related("known_missing")

    def filter_export(self, queryset: models.QuerySet[Any], **kwargs: Any) -> models.QuerySet[Any]:
        return super().filter_export(queryset, **kwargs).prefetch_related("known_missing")
