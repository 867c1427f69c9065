"""Which letter fits a day: pure functions of owed reports, stages, earlier letters and holds.

For each owed report the stages make a ladder along its due date. On a day the highest rung that
has been reached is the one that fits, so that after weeks of downtime a state gets that letter and
none of those it missed. A letter is called for where the rung that fits has none yet.

Nothing is called for unless the report is certainly owed and certainly not in: its state of play is
`not_due` or `overdue`, the state is bound, and the entries of its kind are complete through the
day.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from reports.deadlines import Kind, ReportDeadline
from reports.state_of_play import StateOfPlay

from .models import CancelledBecause, LetterStatus

LONGEST_VALIDITY = timedelta(days=7)
"""A letter states the lateness of its day: after a week at most it is written anew."""

Owed = tuple[int, str, int]
"""What names an owed report: state, kind, and year or deposit (`Letter.period`)."""


class Stage(Protocol):
    """What the ladder needs to know of a stage; `models.LetterStage` says what it means."""

    @property
    def pk(self) -> int: ...
    @property
    def days(self) -> int: ...
    @property
    def repeat_every(self) -> int | None: ...
    @property
    def needs_approval(self) -> bool: ...
    def concerns(self, kind: str) -> bool: ...


class Hold(Protocol):
    """What the ladder needs to know of a hold; `models.Hold` says what it means."""

    def covers(self, *, state_id: int, kind: str, period: int, on: date) -> bool: ...


class Approval(StrEnum):
    """Why a letter must be approved by somebody before it goes out."""

    NONE = ""
    STAGE = "stage"
    FELL_DUE_EARLIER = "fell_due_earlier"
    NOT_SWITCHED_ON = "not_switched_on"


@dataclass(frozen=True)
class Earlier:
    """A letter that was written before."""

    owed: Owed
    stage_id: int
    occurrence: int
    attempt: int
    status: str
    cancelled_because: str
    valid_until: date


@dataclass(frozen=True)
class Rung:
    """A stage on the ladder of one owed report: reached on a day, left on another.

    `until` is the day on which the next rung is reached, or the day after the due date for a stage
    before it; None where nothing follows.
    """

    stage: Stage
    occurrence: int
    reached_on: date
    until: date | None

    def valid_until(self, *, written_on: date) -> date:
        """The first day on which a letter of this rung no longer goes out."""
        longest = written_on + LONGEST_VALIDITY
        return min(longest, self.until) if self.until else longest


@dataclass(frozen=True)
class Call:
    """A letter that the ladder calls for on a day."""

    deadline: ReportDeadline
    owed: Owed
    rung: Rung
    attempt: int
    on: date
    approval: Approval

    @property
    def valid_until(self) -> date:
        return self.rung.valid_until(written_on=self.on)

    @property
    def days_late(self) -> int:
        """Days since the due date; negative before it."""
        return (self.on - self.deadline.due_on).days


def owed_of(deadline: ReportDeadline) -> Owed:
    """What names an owed report. A deposit is counted, not dated: its date may be corrected."""
    state_id = deadline.standing.state.id
    if deadline.kind == Kind.ANNUAL and deadline.year is not None:
        return state_id, deadline.kind, deadline.year
    position = deadline.standing.memberships.index(deadline.membership)
    return state_id, deadline.kind, position + 1


def is_owed(deadline: ReportDeadline, *, complete_through: Mapping[str, date]) -> bool:
    """Whether a report is certainly owed and certainly not in, on the day of its standing."""
    on, receipt = deadline.standing.on, deadline.receipt
    through = complete_through.get(deadline.kind)
    if through is None or through < on or deadline.membership.is_over:
        return False
    may_be_in = receipt is not None and receipt.earliest is not None and receipt.earliest <= on
    return not may_be_in and deadline.state_of_play in {StateOfPlay.NOT_DUE, StateOfPlay.OVERDUE}


def rung_on(stages: Iterable[Stage], *, kind: str, due_on: date, on: date) -> Rung | None:
    """The rung that fits a day, None below the first one and where no stage is left.

    A stage before the due date fits until the due date, that day included: a letter that says
    “will fall due” never goes out after it.
    """
    rungs = sorted(_reached(stages, kind, due_on, on), key=_order)
    if not rungs:
        return None
    rung = rungs[-1]
    if rung.stage.days <= 0 and on > due_on:
        return None
    following = _next_day(stages, kind, due_on, on)
    if rung.stage.days <= 0:
        end = due_on + timedelta(days=1)
        following = min(following, end) if following else end
    return Rung(rung.stage, rung.occurrence, rung.reached_on, following)


@dataclass(frozen=True)
class Rules:
    """What the ladder goes by: stages, earlier letters by owed report, holds, and since when.

    `reminders_from` None: reminders are not switched on, and each call says so.
    """

    stages: Sequence[Stage]
    earlier: Mapping[Owed, Sequence[Earlier]]
    holds: Sequence[Hold]
    reminders_from: date | None

    def call(self, deadline: ReportDeadline, *, on: date) -> Call | None:
        """The letter to write on a day about a report that `is_owed`; None where there is none."""
        owed = owed_of(deadline)
        state_id, kind, period = owed
        if any(
            hold.covers(state_id=state_id, kind=kind, period=period, on=on) for hold in self.holds
        ):
            return None
        rung = rung_on(self.stages, kind=kind, due_on=deadline.due_on, on=on)
        attempt = next_attempt(self.earlier.get(owed, ()), rung, on=on) if rung else None
        if rung is None or attempt is None:
            return None
        return Call(deadline, owed, rung, attempt, on, self._approval(rung.stage, deadline.due_on))

    def _approval(self, stage: Stage, due_on: date) -> Approval:
        if self.reminders_from is None:
            return Approval.NOT_SWITCHED_ON
        if due_on < self.reminders_from:
            return Approval.FELL_DUE_EARLIER
        return Approval.STAGE if stage.needs_approval else Approval.NONE


def calls(
    deadlines: Iterable[ReportDeadline], rules: Rules, *, complete_through: Mapping[str, date]
) -> Iterator[Call]:
    """The letters to write on the deadlines' day, in their order."""
    for deadline in deadlines:
        if is_owed(deadline, complete_through=complete_through):
            call = rules.call(deadline, on=deadline.standing.on)
            if call is not None:
                yield call


def by_owed(earlier: Iterable[Earlier]) -> dict[Owed, list[Earlier]]:
    """Earlier letters by the owed report that they are about."""
    found: dict[Owed, list[Earlier]] = defaultdict(list)
    for letter in earlier:
        found[letter.owed].append(letter)
    return found


def next_attempt(earlier: Iterable[Earlier], rung: Rung, *, on: date) -> int | None:
    """Which attempt a letter of a rung would be; None where the rung has its letter already.

    What staff cancelled stays cancelled. What was cancelled otherwise, and what was not sent while
    it was valid, is written anew.
    """
    same = [
        letter
        for letter in earlier
        if (letter.stage_id, letter.occurrence) == (rung.stage.pk, rung.occurrence)
    ]
    if any(_stands(letter, on) for letter in same):
        return None
    return max((letter.attempt for letter in same), default=0) + 1


def _stands(letter: Earlier, on: date) -> bool:
    if letter.status == LetterStatus.CANCELLED:
        return letter.cancelled_because == CancelledBecause.BY_STAFF
    waits = letter.status in {LetterStatus.DRAFTED, LetterStatus.APPROVED, LetterStatus.FAILED}
    return not waits or on < letter.valid_until


def _order(rung: Rung) -> tuple[date, int, int]:
    return rung.reached_on, rung.stage.days, -rung.stage.pk


def _reached(stages: Iterable[Stage], kind: str, due_on: date, on: date) -> Iterator[Rung]:
    """The latest rung of each stage that has been reached by a day."""
    for stage in stages:
        first = due_on + timedelta(days=stage.days)
        if not stage.concerns(kind) or first > on:
            continue
        occurrence = (on - first).days // stage.repeat_every if stage.repeat_every else 0
        reached_on = first + timedelta(days=occurrence * (stage.repeat_every or 0))
        yield Rung(stage, occurrence, reached_on, None)


def _next_day(stages: Iterable[Stage], kind: str, due_on: date, on: date) -> date | None:
    """The next day after a day on which a rung is reached."""
    coming = []
    for stage in stages:
        if not stage.concerns(kind):
            continue
        first = due_on + timedelta(days=stage.days)
        if first > on:
            coming.append(first)
        elif stage.repeat_every:
            past = (on - first).days // stage.repeat_every
            coming.append(first + timedelta(days=(past + 1) * stage.repeat_every))
    return min(coming, default=None)
