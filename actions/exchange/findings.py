"""Findings as a table."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from actions import entry, soundness
from actions.models import Answer, Finding, Indicator
from ccm_portal.audit.additions import note_added
from reports.exchange.cells import AmountCell
from states.exchange.cells import ChoiceCell, CodeCell, DateCell, StateCell, TextCell, YesNoCell
from states.exchange.keyed import Row, column
from states.exchange.matching import Keys
from states.exchange.resource import by_column
from states.exchange.results import ImportResult
from states.models import Document, Organization

from .base import ResourceOfActions

BATCH = 2000
"""How many new findings go to the database at once."""


class FindingResource(ResourceOfActions):
    """Findings: of a state (`iso3`, or `state` by any name) or of an organisation, never both.

    An empty `reported_on` means the document's date, an empty `unit` the indicator's. The same
    actor, indicator, document, place and label are the same finding.
    """

    iso3 = column("state", StateCell(by_name=True), "iso3")
    organization = column("organization", CodeCell(Organization))
    indicator = column("indicator", CodeCell(Indicator, required=True))
    answer = column("answer", ChoiceCell(Answer, default=Answer.YES))
    reported_on = column("reported_on", DateCell())
    occurred_not_before = column("occurred_not_before", DateCell())
    occurred_not_after = column("occurred_not_after", DateCell())
    ended_on = column("ended_on", DateCell())
    label = column("label", TextCell())
    quantity = column("quantity", AmountCell())
    unit = column("unit", TextCell())
    at_least = column("at_least", YesNoCell())
    document = column("document", CodeCell(Document, required=True))
    place = column("place", TextCell())
    remark = column("remark", TextCell())
    note = column("note", TextCell())

    keys = ((("iso3", "organization", "indicator", "document", "place", "label"), True),)
    related = ("state", "organization", "indicator", "document")

    class Meta:
        model = Finding
        # The library then sets no savepoint around each row.
        use_bulk = True
        fields = (
            "iso3",
            "organization",
            "indicator",
            "answer",
            "reported_on",
            "occurred_not_before",
            "occurred_not_after",
            "ended_on",
            "label",
            "quantity",
            "unit",
            "at_least",
            "document",
            "place",
            "remark",
            "note",
        )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._new: list[Finding] = []

    # Which recorded finding a row means

    def recorded(self) -> models.QuerySet[Any]:
        """Those of the documents that the file cites: the table may be long.

        They share their states, indicators and documents: a join would make each anew for each.
        """
        found = super().recorded().select_related(None).prefetch_related(*self.related)
        codes = {str(row.get("document", "")).strip() for row in self.sheet.records()}
        return found if "id" in self.sheet.headers else found.filter(document__code__in=codes)

    def keys_of(self, records: Sequence[Any]) -> list[Keys]:
        """As for every table; one that was retracted steps back behind one recorded anew."""
        keys = super().keys_of(records)
        kept = Counter(
            key for record, key in zip(records, keys, strict=True) if record.retracted_at is None
        )
        return [
            key if record.retracted_at is None or not kept[key] else (None,)
            for record, key in zip(records, keys, strict=True)
        ]

    # The file as a whole

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        self._new = []

    def after_import(self, dataset: Any, result: ImportResult, **kwargs: Any) -> None:
        if not (result.has_errors() or result.has_validation_errors()):
            self._insert()
        super().after_import(dataset, result, **kwargs)

    def _insert(self) -> None:
        """Insert the new rows, and the record of it in the audit trail, many at once."""
        Finding.objects.bulk_create(self._new, batch_size=BATCH)
        keys = [finding.pk for finding in self._new]
        note_added(Finding, keys, by=self.mandate.user, reason=self.mandate.reason)
        self._new = []

    # Each row

    def save_instance(self, instance: Any, is_create: bool, row: Row, **kwargs: Any) -> None:
        self.before_save_instance(instance, row, **kwargs)
        if is_create:
            # Every rule of the database was asked already: it is inserted with the others.
            self._new.append(instance)
            return
        with transaction.atomic():
            self.do_instance_save(instance, is_create)

    def import_instance(self, instance: Any, row: Row, **kwargs: Any) -> None:
        super().import_instance(instance, row, **kwargs)
        entry.complete(instance)

    def objections(self, instance: Any) -> Iterator[entry.Objection]:
        yield from entry.objections(instance, today=self.today)

    def validate_instance(
        self,
        instance: Any,
        import_validation_errors: Any = None,
        validate_unique: bool = True,
    ) -> None:
        if import_validation_errors:
            # What could not be read is said first: the rest would only follow from it.
            raise self.by_columns(ValidationError(import_validation_errors))
        if not _is_plain(instance):
            super().validate_instance(instance, import_validation_errors, validate_unique)
            return
        # Django would ask the database about every constraint of every row.
        errors: dict[str, Any] = {}
        for field, sentence in self.objections(instance):
            errors.setdefault(field, []).append(sentence)
        try:
            instance.clean_fields(exclude=_SETTLED.union(errors))
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            raise self.by_columns(ValidationError(errors))

    def before_save_instance(self, instance: Any, row: Row, **kwargs: Any) -> None:
        if instance.retracted_at is not None:
            sentence = _(
                "This finding was retracted (%(reason)s): let it stand again in the admin, or "
                "leave the row out."
            ) % {"reason": instance.retraction_reason}
            raise ValidationError(by_column([("", sentence)]))
        super().before_save_instance(instance, row, **kwargs)

    def check_published(self, written: Sequence[tuple[int, Any]]) -> Iterator[tuple[int, str]]:
        ids = [finding.pk for _index, finding in written if finding.is_published]
        sound = set(Finding.objects.shown().filter(pk__in=ids).values_list("pk", flat=True))
        for index, finding in written:
            if finding.is_published and finding.pk not in sound:
                try:
                    soundness.ensure(records=[finding])
                except ValidationError as error:
                    yield from ((index, sentence) for sentence in error.messages)


_SETTLED = frozenset(
    field.name
    for field in Finding._meta.fields
    if not isinstance(field, models.CharField | models.TextField)
) - {"reported_on"}
"""Fields that hold what a cell of their kind gives, or nothing; a text may still be too long."""


def _is_plain(finding: Finding) -> bool:
    """Whether no constraint of the database can stand against it; its key was looked up before."""
    happened = (finding.occurred_not_before, finding.occurred_not_after)
    first, last = happened
    return (
        (finding.state_id is None) != (finding.organization_id is None)
        and (happened == (None, None) or (first is not None and last is not None and first <= last))
        and (finding.ended_on is None or first is None or first < finding.ended_on)
        and (finding.quantity is None or bool(finding.unit))
        and finding.pk is None
    )
