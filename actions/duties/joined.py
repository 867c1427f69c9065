"""All deadlines of the Convention together: reports under Article 7, duties of Articles 3 and 4."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from reports import explanations
from reports import rows as report_rows
from reports.deadlines import ReportDeadline, Reporting
from reports.filters import KINDS, UNKNOWN_CHOICE, YEAR_OUT_OF_RANGE, DeadlineFilter
from reports.state_of_play import StateOfPlay
from states.register import History, Standing

from . import words
from .assembling import Duties, Duty, DutyState

Deadline = ReportDeadline | Duty

COLUMNS = report_rows.COLUMNS

ALL_KINDS = [
    *KINDS,
    ("stockpile_destruction", _("Stockpile destruction")),
    ("clearance", _("Clearance of contaminated areas")),
]
ALL_STATES_OF_PLAY = [
    *StateOfPlay.choices,
    *((value, label) for value, label in DutyState.choices if value not in StateOfPlay.values),
]


@dataclass(frozen=True)
class Deadlines:
    """Everything that all deadlines of one day are derived from."""

    on: date
    reporting: Reporting
    duties: Duties

    @classmethod
    def load(cls, on: date, *, language: str = "en") -> "Deadlines":
        """Costs ten queries at most. `language` is that of the states' names."""
        reporting = Reporting.load(history=History.load(language=language))
        return cls(on=on, reporting=reporting, duties=Duties.load(on))

    def all(self) -> tuple[Deadline, ...]:
        """Every deadline, by state in order of name, reports before duties."""
        return tuple(
            deadline
            for standing in self.reporting.history.on(self.on)
            for deadline in self.of_state(standing)
        )

    def of_state(self, standing: Standing) -> Iterator[Deadline]:
        """One state's deadlines."""
        yield from self.reporting.of_state(standing)
        yield from self.duties.of_state(standing)


class AllDeadlinesFilter(DeadlineFilter):
    """The filter over owed reports, for all kinds of deadlines and what they can be."""

    kind = forms.ChoiceField(
        label=_("Deadline"),
        required=False,
        choices=[("", _("All")), *ALL_KINDS],
        error_messages=UNKNOWN_CHOICE,
    )
    year = forms.IntegerField(
        label=_("Year"),
        required=False,
        min_value=2008,
        max_value=2200,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), YEAR_OUT_OF_RANGE),
        help_text=_("The calendar year in which it falls due."),
    )
    state_of_play = forms.ChoiceField(
        label=_("State of play"),
        required=False,
        choices=[("", _("All")), *ALL_STATES_OF_PLAY],
        error_messages=UNKNOWN_CHOICE,
    )


def row(deadline: Deadline) -> dict[str, str | int | None]:
    """One deadline under `COLUMNS`."""
    return words.row(deadline) if isinstance(deadline, Duty) else report_rows.row(deadline)


def rows(deadlines: Iterable[Deadline]) -> list[dict[str, str | int | None]]:
    """All deadlines in the order given."""
    return [row(deadline) for deadline in deadlines]


def explain(deadline: Deadline) -> str:
    """Why it is due on its day and how it stands, in sentences."""
    if isinstance(deadline, Duty):
        return words.explain(deadline)
    return explanations.explain(deadline)


def state_sentence(deadline: Deadline) -> str:
    """How it stands, in a sentence."""
    if isinstance(deadline, Duty):
        return words.state_sentence(deadline)
    return explanations.state_sentence(deadline)
