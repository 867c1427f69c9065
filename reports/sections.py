"""What `reports` gives to the overview and to a state's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ccm_portal.links import Links
from states.models import Meeting
from states.register import Register, Standing

from . import coming, counts, overdue, summary, wording
from .coming import Coming
from .counts import MarkCount
from .day import Day, Voluntary
from .deadlines import Kind, ReportDeadline, Reporting
from .explanations import due_sentence, state_sentence
from .overdue import Overdue, OverdueRow
from .state_of_play import StateOfPlay
from .summary import Summary

MOST_OVERDUE = 12
MOST_LARGE_MARKS = 45


@dataclass(frozen=True)
class StateReport:
    """One report that a state owes or owed, with its explanation."""

    deadline: ReportDeadline
    title: str
    url: str
    due: str
    stands: str
    days_left: str


@dataclass(frozen=True)
class NotEntered:
    """Annual reports that fell due while nothing was entered: from one year covered to another."""

    first: int
    last: int
    count: int
    since: date


@dataclass(frozen=True)
class ReportingSection:
    """What a state's page says of its reports on a day."""

    next: tuple[StateReport, ...]
    reports: tuple[StateReport, ...]
    not_entered: NotEntered | None
    voluntary: tuple[Voluntary, ...]
    complete_through: date | None
    is_beyond_evidence: bool
    owes_nothing: bool
    is_party: bool

    @property
    def foremost(self) -> StateReport | None:
        """The report to be named first: the longest overdue, else the latest that fell due."""
        overdue = [
            item for item in self.reports if item.deadline.state_of_play is StateOfPlay.OVERDUE
        ]
        return overdue[0] if overdue else self.reports[-1] if self.reports else None


@dataclass(frozen=True)
class OverviewSection:
    """What the overview says of transparency reports on a day."""

    summary: Summary
    marks: tuple[MarkCount, ...]
    overdue: Overdue
    coming: Coming
    complete_through: date | None
    is_beyond_evidence: bool

    @property
    def has_many_marks(self) -> bool:
        """Whether the marks fit their line only when they are drawn small."""
        return sum(group.number.count for group in self.marks) > MOST_LARGE_MARKS

    @property
    def shown_overdue(self) -> tuple[OverdueRow, ...]:
        """The longest overdue, as many as fit beside what comes next."""
        return self.overdue.rows[:MOST_OVERDUE]

    @property
    def more_overdue(self) -> int:
        """How many are left out."""
        return len(self.overdue.rows) - len(self.shown_overdue)


def reporting_section(
    reporting: Reporting, standing: Standing, register: Register, links: Links
) -> ReportingSection:
    """A state's reports on the day of its standing. No query."""
    day = Day(register.on, reporting, links)
    deadlines = tuple(reporting.of_state(standing))
    entered = [d for d in deadlines if d.state_of_play is not StateOfPlay.NOT_ENTERED]
    is_next = StateOfPlay.NOT_DUE
    past = [d for d in entered if d.state_of_play is not is_next]
    missing = [
        d for d in deadlines if d.kind == Kind.ANNUAL and d.state_of_play is StateOfPlay.NOT_ENTERED
    ]
    unknown = [
        d for d in deadlines if d.kind != Kind.ANNUAL and d.state_of_play is StateOfPlay.NOT_ENTERED
    ]
    through = day.complete_through(Kind.INITIAL)
    return ReportingSection(
        next=tuple(_report(day, d) for d in entered if d.state_of_play is is_next),
        reports=tuple(_report(day, d) for d in sorted([*unknown, *past], key=_newest_last)),
        not_entered=_not_entered(missing),
        voluntary=day.voluntary_of(standing),
        complete_through=through,
        is_beyond_evidence=through is None or through < day.on,
        owes_nothing=not deadlines,
        is_party=standing.membership is not None and not standing.is_withdrawn,
    )


def overview_section(
    reporting: Reporting, on: date, meetings: Sequence[Meeting], links: Links
) -> OverviewSection:
    """Transparency reports in brief. No query."""
    day = Day(on, reporting, links)
    return OverviewSection(
        summary=summary.build(day),
        marks=counts.of_those_due(day),
        overdue=overdue.build(day),
        coming=coming.build(day, meetings),
        complete_through=day.complete_through(Kind.INITIAL),
        is_beyond_evidence=day.is_beyond_evidence(Kind.INITIAL),
    )


def _newest_last(deadline: ReportDeadline) -> date:
    return deadline.due_on


def _report(day: Day, deadline: ReportDeadline) -> StateReport:
    left = (deadline.due_on - day.on).days
    return StateReport(
        deadline=deadline,
        title=wording.title(deadline.kind, deadline.year),
        url=day.page_url(deadline),
        due=due_sentence(deadline),
        stands=state_sentence(deadline),
        days_left=wording.days_left(left) if left >= 0 else "",
    )


def _not_entered(deadlines: Sequence[ReportDeadline]) -> NotEntered | None:
    years = [deadline.year for deadline in deadlines if deadline.year is not None]
    if not years:
        return None
    return NotEntered(min(years), max(years), len(years), min(d.due_on for d in deadlines))
