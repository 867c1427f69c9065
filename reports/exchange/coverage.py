"""How far the entries are complete, as a table."""

from collections.abc import Iterator, Sequence
from typing import Any

from reports.coverage import refusals
from reports.models import Coverage, TransparencyReport
from states.exchange.cells import ChoiceCell, DateCell, TextCell
from states.exchange.keyed import column
from states.exchange.resource import RegisterResource


class CoverageResource(RegisterResource):
    """The day through which the entries of a kind of report are complete."""

    kind = column("kind", ChoiceCell(TransparencyReport.Kind, required=True))
    complete_through = column("complete_through", DateCell(required=True))
    note = column("note", TextCell())

    keys = ((("kind",), True),)

    class Meta:
        model = Coverage
        fields = ("kind", "complete_through", "note")

    def check_written(self, written: Sequence[tuple[int, Any]]) -> Iterator[tuple[int, str]]:
        for index, coverage in written:
            sentences = refusals(complete_through=coverage.complete_through, today=self.today)
            yield from ((index, sentence) for sentence in sentences)
