"""Indicators as a table."""

from collections.abc import Iterator
from typing import Any

from django.db import models

from actions import entry
from actions.models import ActionPlan, Indicator
from states.exchange.cells import ChoiceCell, NumberCell, TextCell
from states.exchange.keyed import Row, column

from .base import ResourceOfActions
from .cells import MeasuredActions, ThemeCell


class IndicatorResource(ResourceOfActions):
    """Indicators, each shown under the theme of a plan, both given by their codes.

    `actions` lists what it measures: `vientiane:8;vientiane:9`. `role` with one `article` marks
    what tells whether a duty of Article 3, 4 or 5 is owed or fulfilled. `yes_from` and `no_from`
    list the lines of reports that propose a finding: `stockpile;B.filled`.
    """

    code = column("code", TextCell(required=True))
    title = column("title", TextCell(required=True))
    explanation = column("explanation", TextCell())
    kind = column("kind", ChoiceCell(Indicator.Kind, required=True))
    unit = column("unit", TextCell())
    plan = column(None, TextCell(required=True), "plan")
    theme = column("theme", ThemeCell())
    order = column("order", NumberCell(default=1))
    article = column("article", TextCell())
    actions = MeasuredActions()
    role = column("role", ChoiceCell(Indicator.Role))
    sentence_yes = column("sentence_yes", TextCell())
    sentence_no = column("sentence_no", TextCell())
    yes_from = column("yes_from", TextCell())
    no_from = column("no_from", TextCell())
    note = column("note", TextCell())

    keys = ((("code",), True),)
    related = ("theme__plan",)

    class Meta:
        model = Indicator
        fields = (
            "code",
            "title",
            "explanation",
            "kind",
            "unit",
            "plan",
            "theme",
            "order",
            "article",
            "actions",
            "role",
            "sentence_yes",
            "sentence_no",
            "yes_from",
            "no_from",
            "note",
        )

    def dehydrate_plan(self, indicator: Indicator) -> str:
        """The code of the plan whose theme it is shown under."""
        plan: ActionPlan = indicator.theme.plan
        return plan.code

    def objections(self, instance: Any) -> Iterator[entry.Objection]:
        yield from entry.objections(instance, today=self.today)

    def after_save_instance(self, instance: Any, row: Row, **kwargs: Any) -> None:
        super().after_save_instance(instance, row, **kwargs)
        entered = instance.__dict__.get("measures")
        if entered is not None:
            instance.actions.set(entered)

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().prefetch_related("actions__plan")

    def filter_export(self, queryset: models.QuerySet[Any], **kwargs: Any) -> models.QuerySet[Any]:
        return super().filter_export(queryset, **kwargs).prefetch_related("actions__plan")
