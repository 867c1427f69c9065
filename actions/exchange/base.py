"""What the tables of plans, indicators and findings share: the rules of entry, and soundness."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from actions import entry, soundness
from states.exchange.keyed import Row
from states.exchange.resource import RegisterResource, by_column, is_published


class ResourceOfActions(RegisterResource):
    """Rows that are checked like the pages of the admin."""

    def objections(self, instance: Any) -> Iterator[entry.Objection]:
        """Why a row cannot be kept: the field and a sentence."""
        yield from ()

    def validate_instance(
        self,
        instance: models.Model,
        import_validation_errors: Any = None,
        validate_unique: bool = True,
    ) -> None:
        errors = dict(import_validation_errors or {})
        if not errors:
            # What could not be read at all is said first.
            for field, sentence in self.objections(instance):
                errors.setdefault(field, []).append(sentence)
        super().validate_instance(instance, errors, validate_unique)

    def check_published(self, written: Sequence[tuple[int, Any]]) -> Iterator[tuple[int, str]]:
        for index, record in written:
            if not is_published(record):
                continue
            try:
                soundness.ensure(records=[record])
            except ValidationError as error:
                yield from ((index, sentence) for sentence in error.messages)


class OfPlan(ResourceOfActions):
    """Parts of a plan: those of a published one are changed by those who may publish plans."""

    def before_save_instance(self, instance: Any, row: Row, **kwargs: Any) -> None:
        plan = instance.plan
        if plan.is_published and not self.mandate.may_publish(plan):
            sentence = self.mandate.refusal_to_change_published()
            raise ValidationError(by_column([("", sentence)]))
        super().before_save_instance(instance, row, **kwargs)
