"""Action plans, their themes and their actions, as tables."""

from collections.abc import Iterator
from typing import Any

from actions import entry
from actions.models import Action, ActionPlan, Checked, Theme
from states.exchange.cells import ChoiceCell, CodeCell, DateCell, NumberCell, TextCell
from states.exchange.keyed import column
from states.models import Document, Meeting

from .base import OfPlan, ResourceOfActions
from .cells import ThemeCell


class ActionPlanResource(ResourceOfActions):
    """Action plans. `valid_until` is the first day on which a plan no longer runs."""

    code = column("code", TextCell(required=True))
    name = column("name", TextCell(required=True))
    short_name = column("short_name", TextCell())
    adopted_at = column("adopted_at", CodeCell(Meeting))
    valid_from = column("valid_from", DateCell(required=True))
    valid_until = column("valid_until", DateCell())
    document = column("document", CodeCell(Document))
    introduction = column("introduction", TextCell())
    note = column("note", TextCell())

    keys = ((("code",), True),)
    related = ("adopted_at", "document")

    class Meta:
        model = ActionPlan
        fields = (
            "code",
            "name",
            "short_name",
            "adopted_at",
            "valid_from",
            "valid_until",
            "document",
            "introduction",
            "note",
        )


class ThemeResource(OfPlan):
    """The themes of plans. `articles` are separated by semicolons: `3;6`."""

    plan = column("plan", CodeCell(ActionPlan, required=True))
    code = column("code", TextCell(required=True))
    name = column("name", TextCell(required=True))
    order = column("order", NumberCell(required=True))
    chapter = column("chapter", TextCell())
    articles = column("articles", TextCell())
    complete_through = column("complete_through", DateCell())
    note = column("note", TextCell())

    keys = ((("plan", "code"), True),)
    related = ("plan",)

    class Meta:
        model = Theme
        fields = (
            "plan",
            "code",
            "name",
            "order",
            "chapter",
            "articles",
            "complete_through",
            "note",
        )


class ActionResource(OfPlan):
    """The actions of plans. At most one time limit: months, a window or a meeting.

    `addressees` is a figure's expression; empty where no record can tell who is addressed.
    """

    plan = column("plan", CodeCell(ActionPlan, required=True))
    number = column("number", NumberCell(required=True))
    theme = column("theme", ThemeCell())
    chapter = column("chapter", TextCell())
    subsection = column("subsection", TextCell())
    summary = column("summary", TextCell(required=True))
    checked = column("checked", ChoiceCell(Checked, required=True))
    addressees = column("addressees", TextCell())
    addressees_text = column("addressees_text", TextCell())
    months_from_entry_into_force = column("months_from_entry_into_force", NumberCell())
    window_from = column("window_from", DateCell())
    window_until = column("window_until", DateCell())
    by_meeting = column("by_meeting", CodeCell(Meeting))
    time_limit = column("time_limit", TextCell())
    note = column("note", TextCell())

    keys = ((("plan", "number"), True),)
    related = ("plan", "theme__plan", "by_meeting")

    class Meta:
        model = Action
        fields = (
            "plan",
            "number",
            "theme",
            "chapter",
            "subsection",
            "summary",
            "checked",
            "addressees",
            "addressees_text",
            "months_from_entry_into_force",
            "window_from",
            "window_until",
            "by_meeting",
            "time_limit",
            "note",
        )

    def objections(self, instance: Any) -> Iterator[entry.Objection]:
        yield from entry.objections(instance, today=self.today)
