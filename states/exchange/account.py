"""The account of an import: what became of every row, in plain data and in lines of text."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .resource import RegisterResource
from .results import ImportResult, Notice


class Outcome(StrEnum):
    """What became of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"
    LEFT_ALONE = "left_alone"


@dataclass(frozen=True)
class Change:
    """A column of a recorded row that the file changes, before and after."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Reason:
    """Why a row is refused: the column ("" for the row as a whole) and a sentence."""

    column: str
    sentence: str


@dataclass(frozen=True)
class RowAccount:
    """What became of one row; `number` is its number in the spreadsheet, the header being row 1."""

    number: int
    label: str
    outcome: Outcome
    changes: tuple[Change, ...] = ()
    reasons: tuple[Reason, ...] = ()
    notices: tuple[Notice, ...] = ()

    def lines(self) -> Iterator[str]:
        """The row in words, a line for each thing that is to be said of it."""
        head = _("row %(number)s") % {"number": self.number}
        yield f"{head}  {_outcome_in_words(self.outcome)}  {self.label}".rstrip()
        for change in self.changes:
            yield "    " + _("%(column)s: from “%(before)s” to “%(after)s”") % {
                "column": change.column,
                "before": change.before,
                "after": change.after,
            }
        for column, sentence in self._remarks():
            yield f"    {column}: {sentence}" if column else f"    {sentence}"

    def _remarks(self) -> Iterator[tuple[str, str]]:
        yield from ((reason.column, reason.sentence) for reason in self.reasons)
        yield from ((notice.column, notice.sentence) for notice in self.notices)


@dataclass(frozen=True)
class Account:
    """What became of a file. `refusals` say why it was refused as a whole; then it has no rows."""

    rows: tuple[RowAccount, ...] = ()
    refusals: tuple[str, ...] = ()
    is_dry_run: bool = False

    @property
    def is_refused(self) -> bool:
        """Whether the file was refused, so that nothing was written."""
        return bool(self.refusals or self.count(Outcome.REFUSED))

    def count(self, outcome: Outcome) -> int:
        return self._counts[outcome]

    @property
    def _counts(self) -> Counter[Outcome]:
        return Counter(row.outcome for row in self.rows)

    def totals(self) -> str:
        """The numbers of rows in one line."""
        counts = self._counts
        return _("%(new)s new, %(changed)s changed, %(same)s the same, %(refused)s refused") % {
            outcome.value: counts[outcome] for outcome in Outcome
        }

    def lines(self) -> Iterator[str]:
        """The whole account in words."""
        yield from self.refusals
        for row in self.rows:
            yield from row.lines()
        if self.rows:
            yield self.totals()

    def verdict(self) -> str:
        """What was written, in a sentence."""
        refused = self.count(Outcome.REFUSED)
        if self.refusals:
            return _("Nothing was written: the file was refused as a whole.")
        if refused:
            return ngettext(
                "Nothing was written: correct the refused row and import the file again.",
                "Nothing was written: correct the %(count)s refused rows and import the file "
                "again.",
                refused,
            ) % {"count": refused}
        if self.is_dry_run:
            return _("Nothing was written: this was a dry run.")
        return _("The file was imported.")


def account_of(resource: RegisterResource, result: ImportResult, *, is_dry_run: bool) -> Account:
    """The account of an import that a resource has just made."""
    notices: dict[int, list[Notice]] = defaultdict(list)
    for notice in result.notices:
        notices[notice.number].append(notice)
    rows = tuple(
        RowAccount(
            number=number,
            label=resource.label(resource.sheet.record(index)),
            outcome=_outcome(resource, index, row),
            changes=_changes(resource, row),
            reasons=tuple(_reasons(resource, index, row)),
            notices=tuple(notices[number]),
        )
        # A file that is refused as a whole has no rows.
        for index, (number, row) in enumerate(zip(result.numbers, result.rows, strict=False))
    )
    refusals = tuple(str(error.error) for error in result.base_errors)
    return Account(rows=rows, refusals=refusals, is_dry_run=is_dry_run)


def _outcome(resource: RegisterResource, index: int, row_result: Any) -> Outcome:
    if index in resource.passed_over:
        return Outcome.LEFT_ALONE
    if row_result.is_new():
        return Outcome.NEW
    if row_result.is_update():
        return Outcome.CHANGED
    return Outcome.SAME if row_result.is_skip() else Outcome.REFUSED


def _changes(resource: RegisterResource, row_result: Any) -> tuple[Change, ...]:
    if not row_result.is_update():
        return ()
    cells = (
        (field.column_name, field.export(row_result.original), field.export(row_result.instance))
        for field in resource.get_import_fields()
    )
    return tuple(
        Change(column, str(before), str(after))
        for column, before, after in cells
        if before != after
    )


def _reasons(resource: RegisterResource, index: int, row_result: Any) -> Iterator[Reason]:
    if index in resource.passed_over:
        yield Reason("", resource.passed_over[index])
    if row_result.validation_error is not None:
        for column, sentences in row_result.validation_error.message_dict.items():
            for sentence in sentences:
                yield Reason("" if column == NON_FIELD_ERRORS else column, sentence)
    for error in row_result.errors:
        yield Reason("", str(error.error))


def _outcome_in_words(outcome: Outcome) -> str:
    words = {
        Outcome.NEW: _("new"),
        Outcome.CHANGED: _("changed"),
        Outcome.SAME: _("the same"),
        Outcome.REFUSED: _("refused"),
        Outcome.LEFT_ALONE: _("left alone"),
    }
    return words[outcome]
