"""What falls due next, and how many will have fallen due by the next meeting."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from ccm_portal.links import Number
from states.models import Meeting

from . import wording
from .day import Day
from .deadlines import Kind, ReportDeadline
from .state_of_play import StateOfPlay

FEWEST, MOST = 9, 14
"""Days are shown until they name at least so many states; more than `MOST` are counted instead."""


@dataclass(frozen=True)
class Due:
    """Reports that fall due on one day: named, or counted where they are many.

    `kind` and `year` are those of counted reports. `by_then`: all initial reports due by the day.
    """

    on: date
    days_left: str
    deadlines: tuple[ReportDeadline, ...]
    by_then: Number
    number: Number | None = None
    year: int | None = None


@dataclass(frozen=True)
class Printed:
    """A number that a document printed about a meeting, to be held against the register."""

    number: int
    document: str


PRINTED = {"2MSP": Printed(47, "Beirut Progress Report, draft of 25 August 2011, paragraph 71")}


@dataclass(frozen=True)
class NextMeeting:
    """How many initial reports fall due by the last day of the next formal meeting.

    `around`: the days on which the count changes near the printed number, where one is printed.
    """

    meeting: Meeting
    by_then: Number
    printed: Printed | None
    around: tuple[tuple[date, Number], ...]

    @property
    def differs(self) -> bool:
        """Whether a printed number differs from the register's."""
        return self.printed is not None and self.printed.number != self.by_then.count


@dataclass(frozen=True)
class Coming:
    """The next days, and how many initial reports are still to come in all."""

    days: tuple[Due, ...]
    initial: Number
    meeting: NextMeeting | None


def build(day: Day, meetings: Sequence[Meeting]) -> Coming:
    """What is still to come on a day. `meetings`: formal meetings in order of time."""
    initial = day.having(StateOfPlay.NOT_DUE, kind=Kind.INITIAL)
    url = day.links.to(
        "reports:register", kind=Kind.INITIAL.value, state_of_play=StateOfPlay.NOT_DUE.value
    )
    following = next((meeting for meeting in meetings if meeting.ends_on >= day.on), None)
    # Nothing to say of a meeting by which no more reports fall due.
    is_awaited = following is not None and any(
        deadline.due_on <= following.ends_on for deadline in initial
    )
    return Coming(
        days=_days(day),
        initial=Number(len(initial), url),
        meeting=_meeting(day, following) if following and is_awaited else None,
    )


def _days(day: Day) -> tuple[Due, ...]:
    coming = sorted(
        (
            deadline
            for deadline in day.deadlines
            if deadline.due_on >= day.on and deadline.state_of_play is StateOfPlay.NOT_DUE
        ),
        key=_same_report,
    )
    shown: list[Due] = []
    count = 0
    for (due_on, _kind, _year), group in groupby(coming, key=_same_report):
        if count >= FEWEST:
            break
        deadlines = tuple(group)
        shown.append(_due(day, due_on, deadlines))
        count += len(deadlines)
    return tuple(shown)


def _same_report(deadline: ReportDeadline) -> tuple[date, str, int]:
    """Reports of one day are shown together if they are of one kind and year."""
    return deadline.due_on, deadline.kind, deadline.year or 0


def _due(day: Day, due_on: date, deadlines: tuple[ReportDeadline, ...]) -> Due:
    due = Due(
        on=due_on,
        days_left=wording.days_left((due_on - day.on).days),
        deadlines=deadlines,
        by_then=_by(day, due_on),
    )
    if len(deadlines) <= MOST:
        return due
    return replace(due, deadlines=(), number=_number(day, deadlines), year=deadlines[0].year)


def _number(day: Day, deadlines: tuple[ReportDeadline, ...]) -> Number:
    """How many reports of one kind and year fall due on one day, with the way to their list."""
    first = deadlines[0]
    if first.kind == Kind.INITIAL:
        before = first.due_on - timedelta(days=1)
        expression = (
            f"reports.initial.due_by({first.due_on.isoformat()})"
            f" - reports.initial.due_by({before.isoformat()})"
        )
        return day.links.figure(day.figure(expression).count, expression)
    url = day.links.to(
        "reports:register",
        kind=first.kind,
        year=first.due_on.year,
        state_of_play=StateOfPlay.NOT_DUE.value,
    )
    return Number(len(deadlines), url)


def _by(day: Day, until: date) -> Number:
    expression = f"reports.initial.due_by({until.isoformat()})"
    return day.links.figure(day.figure(expression).count, expression)


def _meeting(day: Day, meeting: Meeting) -> NextMeeting:
    by_then, printed = _by(day, meeting.ends_on), PRINTED.get(meeting.code)
    return NextMeeting(
        meeting=meeting,
        by_then=by_then,
        printed=printed,
        around=_around(day, meeting.ends_on, printed.number) if printed else (),
    )


def _around(day: Day, after: date, wanted: int) -> tuple[tuple[date, Number], ...]:
    """The days after the meeting on which the count grows, until it reaches a number."""
    later = sorted({d.due_on for d in day.of_kind(Kind.INITIAL) if d.due_on > after})
    found: list[tuple[date, Number]] = []
    for due_on in later:
        found.append((due_on, _by(day, due_on)))
        if found[-1][1].count >= wanted:
            break
    return tuple(found)
