"""Printed figures and their relations as tables. They show with their edition."""

from collections.abc import Iterator
from typing import Any

import tablib

from actions import entry, printed
from actions.models import PrintedFigure, PrintedRelation
from states.exchange.cells import ChoiceCell, CodeCell, NumberCell, TextCell
from states.exchange.keyed import column
from states.exchange.matching import Match
from states.models import Document
from states.names import NameBook

from .editions import OfEdition


class PrintedFigureResource(OfEdition):
    """Figures that an official document printed, with the names of their footnotes.

    `states` holds the names as printed, separated by semicolons: each must be a spelling that the
    register knows. `said_to_be` is an expression. `value` is a number, a month or a day.
    """

    key = column("key", TextCell(required=True))
    document = column("document", CodeCell(Document, required=True))
    paragraph = column("paragraph", NumberCell(required=True))
    chapter = column("chapter", TextCell())
    claim = column("claim", TextCell(required=True))
    value = column("value", TextCell())
    comparison = column(
        "comparison",
        ChoiceCell(PrintedFigure.Comparison, default=PrintedFigure.Comparison.EXACT),
    )
    unit = column("unit", TextCell())
    footnote = column("footnote", NumberCell())
    states = column("states", TextCell())
    said_to_be = column("said_to_be", TextCell())
    kind = column("kind", ChoiceCell(PrintedFigure.Kind, required=True))
    note = column("note", TextCell())

    keys = ((("report", "key"), True),)
    related = ("report", "document")

    class Meta:
        model = PrintedFigure
        fields = (
            "report",
            "key",
            "document",
            "paragraph",
            "chapter",
            "claim",
            "value",
            "comparison",
            "unit",
            "footnote",
            "states",
            "said_to_be",
            "kind",
            "note",
        )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._names = NameBook(rows=())

    def prepare(self, dataset: tablib.Dataset) -> list[Match[Any]]:
        self._names = NameBook.load()
        return super().prepare(dataset)

    def objections(self, instance: Any) -> Iterator[entry.Objection]:
        yield from printed.objections(instance, names=self._names)


class PrintedRelationResource(OfEdition):
    """How printed figures should relate, by their keys: equal, sum, union or subset."""

    kind = column("kind", ChoiceCell(PrintedRelation.Kind, required=True))
    figure = column("figure", TextCell(required=True))
    others = column("others", TextCell(required=True))
    reason = column("reason", TextCell(required=True))
    note = column("note", TextCell())

    keys = ((("report", "kind", "figure", "others"), True),)
    related = ("report",)

    class Meta:
        model = PrintedRelation
        fields = ("report", "kind", "figure", "others", "reason", "note")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._keys: dict[int, frozenset[str]] = {}

    def objections(self, instance: Any) -> Iterator[entry.Objection]:
        if instance.report_id is None:
            return
        if instance.report_id not in self._keys:
            self._keys[instance.report_id] = printed.keys_of(instance.report_id)
        yield from printed.objections_to_relation(instance, keys=self._keys[instance.report_id])
