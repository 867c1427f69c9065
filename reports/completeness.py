"""How complete a report is: which of its forms are answered, and how.

A measure of its own beside timeliness: a report may come in time and say nothing, or late and say
everything.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .forms import FORMS, Form
from .models import FormAnswer, FormEntry, TransparencyReport

Kind = TransparencyReport.Kind


@dataclass(frozen=True)
class Sheet:
    """One form of one report: how it was answered, and whether that kind of report owes it.

    `answer` is None where nobody has recorded what the report says there.
    """

    form: Form
    is_owed: bool
    answer: FormAnswer | None = None
    unchanged_since: int | None = None
    sentence: str = ""

    @property
    def is_bare(self) -> bool:
        """Whether it says "not applicable" without a word of why."""
        return self.answer is FormAnswer.NOT_APPLICABLE and not self.sentence.strip()


@dataclass(frozen=True)
class Completeness:
    """All ten forms of one report. The counts are of the owed ones, and add up to `owed`."""

    kind: str
    sheets: tuple[Sheet, ...]

    @property
    def is_recorded(self) -> bool:
        """Whether anything is recorded of what the report says."""
        return any(sheet.answer is not None for sheet in self.sheets)

    @property
    def owed(self) -> int:
        """How many forms this kind of report owes."""
        return self._count(lambda sheet: True)

    @property
    def filled(self) -> int:
        return self._count(lambda sheet: sheet.answer is FormAnswer.FILLED)

    @property
    def unchanged(self) -> int:
        """Unchanged since an earlier report."""
        return self._count(lambda sheet: sheet.answer is FormAnswer.UNCHANGED)

    @property
    def not_applicable(self) -> int:
        """Not applicable, with a sentence that says why."""
        return self._count(
            lambda sheet: sheet.answer is FormAnswer.NOT_APPLICABLE and not sheet.is_bare
        )

    @property
    def bare(self) -> int:
        """Not applicable, without a word of why."""
        return self._count(lambda sheet: sheet.is_bare)

    @property
    def blank(self) -> int:
        return self._count(lambda sheet: sheet.answer is FormAnswer.BLANK)

    @property
    def not_recorded(self) -> int:
        return self._count(lambda sheet: sheet.answer is None)

    @property
    def answered(self) -> int:
        """Owed forms that say something: filled, unchanged, or not applicable and why.

        An initial report has no earlier one from which a form could be unchanged.
        """
        unchanged = 0 if self.kind == Kind.INITIAL else self.unchanged
        return self.filled + unchanged + self.not_applicable

    def _count(self, holds: Callable[[Sheet], bool]) -> int:
        return sum(sheet.is_owed and holds(sheet) for sheet in self.sheets)


def completeness(*, kind: str, entries: Iterable[FormEntry]) -> Completeness:
    """The completeness of a report of a kind, from what is recorded of its forms.

    A voluntary report owes no form. Forms that are voluntary (J) or owed only where there is
    something to declare (D) are never missing.
    """
    recorded = {entry.form: entry for entry in entries}
    return Completeness(
        kind=kind,
        sheets=tuple(
            _sheet(form, recorded.get(letter), is_owed=_is_owed(form, kind))
            for letter, form in FORMS.items()
        ),
    )


def sentence(measure: Completeness) -> str:
    """The measure in a sentence."""
    if not measure.is_recorded:
        return _("What the forms say has not been recorded yet.")
    if not measure.owed:
        return _("A voluntary report owes no form.")
    parts = [
        _("%(answered)d of %(owed)d owed forms are answered")
        % {"answered": measure.answered, "owed": measure.owed}
    ]
    remarks = (
        (measure.unchanged, _("%d of them unchanged")),
        (measure.bare, _("%d not applicable without a sentence")),
        (measure.blank, _("%d blank")),
        (measure.not_recorded, _("%d not recorded")),
    )
    parts += [text % number for number, text in remarks if number]
    return "; ".join(parts) + "."


def _is_owed(form: Form, kind: str) -> bool:
    return kind != Kind.VOLUNTARY and not form.is_voluntary and not form.is_conditional


def _sheet(form: Form, entry: FormEntry | None, *, is_owed: bool) -> Sheet:
    if entry is None:
        return Sheet(form=form, is_owed=is_owed)
    return Sheet(
        form=form,
        is_owed=is_owed,
        answer=FormAnswer(entry.answer),
        unchanged_since=entry.unchanged_since,
        sentence=entry.sentence,
    )
