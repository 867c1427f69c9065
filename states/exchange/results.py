"""What import-export says of an import: in sentences, with the spreadsheet's row numbers."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from import_export.resources import Diff
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


class Unshown(Diff):  # type: ignore[misc]
    """What stands in place of a row's differences where nobody looks at them: nothing."""

    def __init__(self, resource: Any, instance: Any, new: bool) -> None:
        self.left = self.right = ()
        self.new = new

    def compare_with(self, resource: Any, instance: Any) -> None:
        """Nothing is compared."""

    def as_html(self) -> list[str]:
        return []


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
