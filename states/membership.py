"""How membership grew: the days on which it changed, and what it was after each."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from .register import Kind, Register, Standing, Status


@dataclass(frozen=True)
class Step:
    """Membership from a day on, until the next step. Parties are counted by deposit."""

    on: date
    parties: int
    signatories: int

    @property
    def joined_or_signed(self) -> int:
        return self.parties + self.signatories


@dataclass(frozen=True)
class Membership:
    """The steps up to the register's day, in order of time, the last one still holding."""

    steps: tuple[Step, ...]

    def at(self, day: date) -> Step:
        """Membership on a day; nobody before the first step."""
        index = bisect_right([step.on for step in self.steps], day)
        return self.steps[index - 1] if index else Step(day, 0, 0)


def membership(register: Register) -> Membership:
    """Every change of a state's status up to the register's day, counted up. No query."""
    changes: dict[date, list[tuple[Status, int]]] = defaultdict(list)
    for standing in register:
        before = Status.NOT_PARTY
        for day in _days_of_change(standing):
            after = _as_it_stood(standing, day).status
            if after is not before:
                changes[day] += [(before, -1), (after, 1)]
                before = after
    counts = dict.fromkeys(Status, 0)
    steps = []
    for day in sorted(changes):
        for status, change in changes[day]:
            counts[status] += change
        steps.append(Step(day, counts[Status.PARTY], counts[Status.SIGNATORY]))
    return Membership(tuple(steps))


def _days_of_change(standing: Standing) -> list[date]:
    return sorted(day for day in set(_candidates(standing)) if day <= standing.on)


def _candidates(standing: Standing) -> Iterator[date]:
    for event in standing.events:
        yield event.on
        if event.kind == Kind.WITHDRAWAL:
            effect = _as_it_stood(standing, event.on).withdrawn_on
            if effect is not None:
                yield effect


def _as_it_stood(standing: Standing, day: date) -> Standing:
    events = tuple(event for event in standing.events if event.on <= day)
    return replace(standing, on=day, events=events)
