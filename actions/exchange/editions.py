"""Editions of the progress report and their chapters as tables."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from actions.models import ActionPlan, Language, ProgressReport, ProgressSection, Theme
from states.exchange.cells import Cell, ChoiceCell, CodeCell, DateCell, NumberCell, TextCell
from states.exchange.keyed import Row, column
from states.exchange.resource import by_column
from states.models import Meeting

from .base import ResourceOfActions


class ProgressReportResource(ResourceOfActions):
    """Editions: a period between two meetings, and the day on which figures are evaluated.

    `names` has a line for each name of the edition's own: `begun = stockpile.destruction_started`.
    """

    code = column("code", TextCell(required=True))
    title = column("title", TextCell(required=True))
    subtitle = column("subtitle", TextCell())
    author = column("author", TextCell())
    plan = column("plan", CodeCell(ActionPlan))
    from_meeting = column("from_meeting", CodeCell(Meeting, required=True))
    until_meeting = column("until_meeting", CodeCell(Meeting, required=True))
    cut_off_on = column("cut_off_on", DateCell(required=True))
    language = column("language", ChoiceCell(Language, default=Language.ENGLISH))
    names = column("names", TextCell())
    note = column("note", TextCell())

    keys = ((("code",), True),)
    related = ("plan", "from_meeting", "until_meeting")

    class Meta:
        model = ProgressReport
        fields = (
            "code",
            "title",
            "subtitle",
            "author",
            "plan",
            "from_meeting",
            "until_meeting",
            "cut_off_on",
            "language",
            "names",
            "note",
        )


class OfEdition(ResourceOfActions):
    """What belongs to an edition: that of a shown one is changed by those who may show editions."""

    report = column("report", CodeCell(ProgressReport, required=True))

    def before_save_instance(self, instance: Any, row: Row, **kwargs: Any) -> None:
        report = instance.report
        if report.is_published and not self.mandate.may_publish(report):
            sentence = self.mandate.refusal_to_change_published()
            raise ValidationError(by_column([("", sentence)]))
        super().before_save_instance(instance, row, **kwargs)


class ThemeOfEditionCell(Cell):
    """A theme by its code: `clearance` (of the latest plan that has it), `vientiane:clearance`."""

    def __init__(self) -> None:
        super().__init__()
        self._themes: dict[str, Theme] = {}

    def prepare(self) -> None:
        themes = Theme.objects.select_related("plan").order_by("plan__valid_from", "pk")
        self._themes = {theme.code: theme for theme in themes}
        self._themes |= {f"{theme.plan.code}:{theme.code}": theme for theme in themes}

    def read(self, value: Any) -> Theme:
        theme = self._themes.get(str(value))
        if theme is None:
            raise ValueError(_("There is no theme “%(theme)s”.") % {"theme": str(value)[:40]})
        return theme

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return f"{value.plan.code}:{value.code}" if value is not None else ""


class ProgressSectionResource(OfEdition):
    """Chapters of editions, by their position. `theme` is a code, or that of its plan before it."""

    position = column("position", NumberCell(required=True))
    numeral = column("numeral", TextCell())
    theme = column("theme", ThemeOfEditionCell())
    heading = column("heading", TextCell(required=True))
    prose = column("prose", TextCell())

    keys = ((("report", "position"), True),)
    related = ("report", "theme__plan")

    class Meta:
        model = ProgressSection
        fields = ("report", "position", "numeral", "theme", "heading", "prose")
