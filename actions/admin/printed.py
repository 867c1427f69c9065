"""What official documents printed, in the data entry."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from actions import printed
from actions.models import PrintedFigure, PrintedRelation
from states.admin.record import RecordAdmin, RecordForm
from states.names import NameBook

from .base import Spreadsheets


class PrintedFigureForm(RecordForm):
    """Names must be spellings that the register knows, and sets must be expressions."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        entered = PrintedFigure(
            **{
                name: self.cleaned_data.get(name) or ""
                for name in ("value", "states", "said_to_be")
                if name in self.fields
            }
        )
        for field, sentence in printed.objections(entered, names=NameBook.load()):
            self.add_error(field, sentence)
        return cleaned


class PrintedRelationForm(RecordForm):
    """The keys must be those of printed figures of the same edition."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        report = self.cleaned_data.get("report")
        if report is not None and self.fields.keys() >= {"figure", "others"}:
            entered = PrintedRelation(
                figure=self.cleaned_data.get("figure") or "",
                others=self.cleaned_data.get("others") or "",
            )
            keys = printed.keys_of(report.pk)
            for field, sentence in printed.objections_to_relation(entered, keys=keys):
                self.add_error(field, sentence)
        return cleaned


class OfEdition(Spreadsheets, RecordAdmin):
    """What belongs to an edition and shows with it."""

    list_select_related = ("report",)
    carried_over: Sequence[str] = ("report",)


@admin.register(PrintedFigure)
class PrintedFigureAdmin(OfEdition):
    kind = "printed-figures"
    form = PrintedFigureForm
    list_display = ("key", "paragraph", "claim", "value", "footnote", "report")
    list_filter = ("report", "chapter", "kind")
    search_fields = ("key", "claim", "states")
    carried_over = ("report", "document", "paragraph", "chapter", "kind")
    autocomplete_fields = ("document",)
    fields = (
        "report",
        ("key", "paragraph", "chapter"),
        "claim",
        ("value", "comparison", "unit"),
        ("footnote", "kind"),
        "states",
        "said_to_be",
        "document",
        "note",
    )


@admin.register(PrintedRelation)
class PrintedRelationAdmin(OfEdition):
    kind = "printed-relations"
    form = PrintedRelationForm
    list_display = ("figure", "kind_in_words", "others", "reason", "report")
    list_filter = ("report", "kind")
    search_fields = ("figure", "others", "reason")
    fields = ("report", ("figure", "kind", "others"), "reason", "note")

    @admin.display(description=_("relation"), ordering="kind")
    def kind_in_words(self, relation: PrintedRelation) -> str:
        return relation.get_kind_display()
