"""What import-export says of an import: in sentences, with the spreadsheet's row numbers."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _
from import_export.resources import Diff, Resource
from import_export.results import Error, Result, RowResult

logger = logging.getLogger(__name__)


class Refusal(Exception):
    """A whole file is refused; the message says why in a sentence."""


@dataclass(frozen=True)
class Notice:
    """Something that was read differently from what the file says: row, column and a sentence."""

    number: int
    column: str
    sentence: str


class Failure(Error):  # type: ignore[misc]
    """An error as a sentence. What the portal did not foresee is logged, not shown."""

    traceback = ""

    def __init__(self, error: Exception, row: Any = None, number: int | None = None) -> None:
        if not isinstance(error, Refusal):
            logger.error("An import failed", exc_info=error)
            error = Refusal(
                _("The portal could not process this; the reason is written in its log.")
            )
        super().__init__(error, row=row, number=number)


class RowOutcome(RowResult):  # type: ignore[misc]
    """What became of a row. What its record is called is asked of the record, by who wants it."""

    def add_instance_info(self, instance: Any) -> None:
        """Nothing is noted here: the text of every row of a long file takes its time."""


def differences(resource: Resource, before: Model | None, after: Model) -> list[str]:
    """The cells of a record in HTML, with what changed marked; `before` is None for a new one."""
    is_new = before is None
    marked = Diff(resource, resource.init_instance() if is_new else before, is_new)
    marked.compare_with(resource, after)
    cells: list[str] = marked.as_html()
    return cells


class ImportResult(Result):  # type: ignore[misc]
    """The library's result, counting rows as the spreadsheet does.

    `numbers` gives the spreadsheet's number of each row; `notices` what staff should know although
    nothing was refused.
    """

    def __init__(self, numbers: Sequence[int] = ()) -> None:
        super().__init__()
        self.numbers = numbers
        self.notices: list[Notice] = []

    def append_invalid_row(self, number: int, row: Any, validation_error: Any) -> None:
        super().append_invalid_row(self.numbers[number - 1], row, validation_error)

    def append_error_row(self, number: int, row: Any, errors: Any) -> None:
        super().append_error_row(self.numbers[number - 1], row, errors)

    def row_errors(self) -> list[tuple[int, list[Error]]]:
        return [
            (number, row.errors)
            for number, row in zip(self.numbers, self.rows, strict=False)
            if row.errors
        ]

    def refuse(self, index: int, row: Any, sentences: Sequence[str]) -> None:
        """Refuse a row (by its position from 0) that had been accepted on its own."""
        result = self.rows[index]
        self.totals[result.import_type] -= 1
        self.totals[RowResult.IMPORT_TYPE_INVALID] += 1
        result.import_type = RowResult.IMPORT_TYPE_INVALID
        result.validation_error = ValidationError({NON_FIELD_ERRORS: list(sentences)})
        self.append_invalid_row(index + 1, row, result.validation_error)
