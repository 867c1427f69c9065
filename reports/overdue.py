"""Who is overdue, since when and why; and, apart from them, the cases that are open."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language_bidi

from ccm_portal.charts import delays
from ccm_portal.charts.delays import Bar, Delay, Delays, Span
from ccm_portal.links import Number

from . import wording
from .day import Day
from .deadlines import Kind, ReportDeadline
from .explanations import due_sentence, state_sentence
from .state_of_play import StateOfPlay

MOST_ON_REGISTER = 24


@dataclass(frozen=True)
class OverdueRow:
    """One overdue report with its line on the common scale.

    `share`: its days as a bar of its own, in per cent of the longest.
    """

    deadline: ReportDeadline
    title: str
    url: str
    delay: Delay
    share: Bar


@dataclass(frozen=True)
class Overdue:
    """The overdue reports, longest first, drawn on one scale."""

    rows: tuple[OverdueRow, ...]
    chart: Delays

    @property
    def longest(self) -> tuple[OverdueRow, ...]:
        """The rows that fit the register; the page of its own has them all."""
        return self.rows[:MOST_ON_REGISTER]

    @property
    def others(self) -> int:
        """How many the register leaves out."""
        return len(self.rows) - len(self.longest)

    @property
    def has_annual(self) -> bool:
        """Whether the reports must be told apart by kind."""
        return any(row.deadline.kind != Kind.INITIAL for row in self.rows)


@dataclass(frozen=True)
class Case:
    """A report with the sentences on why it was due and how it stands."""

    deadline: ReportDeadline
    title: str
    url: str
    due: str
    stands: str


@dataclass(frozen=True)
class NotEntered:
    """Reports of a kind that fell due beyond the evidence: counted, nobody is named late."""

    kind: str
    title: str
    number: Number


def build(day: Day) -> Overdue:
    """The overdue reports of a day."""
    found = sorted(
        day.having(StateOfPlay.OVERDUE),
        key=lambda deadline: (-(deadline.days_late or 0), deadline.standing.state.sort_key),
    )
    is_mirrored = get_language_bidi()
    chart = delays.draw(
        [Span(_begun(deadline), deadline.due_on) for deadline in found],
        on=day.on,
        is_mirrored=is_mirrored,
    )
    bars = delays.bars([deadline.days_late or 0 for deadline in found], is_mirrored=is_mirrored)
    return Overdue(
        rows=tuple(
            OverdueRow(
                deadline, wording.title(deadline.kind, deadline.year), day.url(deadline), delay, bar
            )
            for deadline, delay, bar in zip(found, chart.rows, bars, strict=True)
        ),
        chart=chart,
    )


def cases(day: Day, *plays: StateOfPlay) -> tuple[Case, ...]:
    """Reports that stand in one of some ways with their explanations, longest due first."""
    return tuple(
        Case(
            deadline=deadline,
            title=_title(deadline),
            url=day.url(deadline),
            due=due_sentence(deadline),
            stands=state_sentence(deadline),
        )
        for deadline in sorted(day.having(*plays), key=lambda deadline: deadline.due_on)
    )


def not_entered(day: Day) -> tuple[NotEntered, ...]:
    """How many reports of each kind fell due after the last day that is vouched for."""
    return tuple(
        NotEntered(
            kind=kind.value,
            title=str(label),
            number=Number(
                len(found),
                day.links.to("reports:register", kind=kind.value, state_of_play="not_entered"),
            ),
        )
        for kind, label in wording.KIND_LABELS.items()
        if (found := day.having(StateOfPlay.NOT_ENTERED, kind=kind.value))
    )


def _title(deadline: ReportDeadline) -> str:
    return wording.title(deadline.kind, deadline.year)


def _begun(deadline: ReportDeadline) -> date:
    """The day from which the state had time: entry into force, or the end of the year covered."""
    if deadline.year is not None:
        return date(deadline.year + 1, 1, 1)
    return deadline.membership.entry_into_force or deadline.due_on
