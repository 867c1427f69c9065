"""Since when, and until when, each answer about a state stands: read once, asked for any day.

A finding belongs to the figures from the day on which it was reported to the day on which what it
says ended. However many findings say the same of a state, what is kept is the first of those days,
so that a process can keep all answers, and look at another day without a query.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Self

from django.db.models import Min

from ccm_portal.kept import is_keeping, kept

from .models import Answer, Finding


@dataclass(frozen=True, slots=True)
class Span:
    """The time from a day on, and before another (None: without end)."""

    begins_on: date
    ended_on: date | None

    def holds(self, day: date) -> bool:
        """Whether a day is in it."""
        return self.begins_on <= day and (self.ended_on is None or day < self.ended_on)


Said = tuple[int, bool, Span]
"""A state's id, whether the answer is yes, and how long it stands."""


@dataclass(frozen=True)
class _Sayers:
    """The states of whom one thing is said: in order of the day, and those whose answer ended."""

    begin_on: list[date]
    states: list[int]
    ended: list[tuple[int, Span]]

    @classmethod
    def of(cls, said: Iterable[tuple[int, Span]]) -> "_Sayers":
        every = sorted(said, key=lambda item: item[1].begins_on)
        lasting = [(span.begins_on, state) for state, span in every if span.ended_on is None]
        return cls(
            begin_on=[day for day, _state in lasting],
            states=[state for _day, state in lasting],
            ended=[item for item in every if item[1].ended_on is not None],
        )

    def on(self, day: date) -> set[int]:
        """The ids of those of whom it is said on a day."""
        found = set(self.states[: bisect_right(self.begin_on, day)])
        found.update(state for state, span in self.ended if span.holds(day))
        return found


_NOBODY = (_Sayers([], [], []), _Sayers([], [], []))


@dataclass(frozen=True)
class Timeline:
    """Every answer about states, and every list that its source left open, by indicator's id."""

    said: Mapping[int, list[Said]]
    open_lists: Mapping[int, list[Span]]

    @classmethod
    def load(cls, *, indicators: Collection[int] | None = None) -> "Timeline":
        """All that is shown in public, at least of some indicators. Costs two queries."""
        if is_keeping():
            return kept("timeline", make=cls._loaded)
        return cls._loaded(indicators)

    @classmethod
    def _loaded(cls, indicators: Collection[int] | None = None) -> Self:
        shown = Finding.objects.shown().order_by()
        if indicators is not None:
            shown = shown.filter(indicator__in=indicators)
        said: dict[int, list[Said]] = defaultdict(list)
        for indicator, state, answer, ended_on, begins_on in (
            shown.filter(state__isnull=False)
            .values_list("indicator_id", "state_id", "answer", "ended_on")
            .annotate(begins_on=Min("reported_on"))
        ):
            span = Span(begins_on, ended_on)
            said[indicator].append((state or 0, answer == Answer.YES, span))
        open_lists: dict[int, list[Span]] = defaultdict(list)
        for indicator, ended_on, begins_on in (
            shown.filter(at_least=True, answer=Answer.YES)
            .values_list("indicator_id", "ended_on")
            .annotate(begins_on=Min("reported_on"))
        ):
            open_lists[indicator].append(Span(begins_on, ended_on))
        return cls(said=dict(said), open_lists=dict(open_lists))

    def answers(self, on: date, indicators: Iterable[int]) -> Iterator[tuple[int, int, bool]]:
        """What stands on a day: indicator, state, and whether yes; the same may come twice."""
        for indicator in indicators:
            for state, is_yes, span in self.said.get(indicator, ()):
                if span.holds(on):
                    yield indicator, state, is_yes

    def certainly(self, on: date, indicator: int) -> frozenset[int]:
        """The ids of the states of which findings of a day say yes, and none says no."""
        yes, no = self._sayers.get(indicator, _NOBODY)
        return frozenset(yes.on(on) - no.on(on))

    @cached_property
    def _sayers(self) -> dict[int, tuple["_Sayers", "_Sayers"]]:
        """By indicator, those of whom yes is said, and those of whom no is."""
        return {
            indicator: (
                _Sayers.of((state, span) for state, is_yes, span in said if is_yes),
                _Sayers.of((state, span) for state, is_yes, span in said if not is_yes),
            )
            for indicator, said in self.said.items()
        }

    def left_open(self, on: date, indicators: Iterable[int]) -> frozenset[int]:
        """Indicators of which a finding says that its source left the list open."""
        return frozenset(
            indicator
            for indicator in indicators
            if any(span.holds(on) for span in self.open_lists.get(indicator, ()))
        )
