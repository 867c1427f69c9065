"""The names that findings offer to figures: the codes of the published indicators."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, reduce
from typing import TypeVar

from ccm_portal.figures import (
    ORGANISATION,
    Definition,
    Evidence,
    Kind,
    Lookup,
    PlainTable,
    StateSet,
    Value,
    Window,
    is_state,
)
from ccm_portal.figures.vocabulary import NO
from states.models import Organization

from . import proofs, tallies, verdicts
from .indicator_names import IndicatorNames, Measure
from .tallies import ActorIds, Amount, Tally
from .timeline import Timeline


@dataclass
class _Day:
    """What has been read from the findings of one day, by the id of the indicator."""

    answers: dict[int, dict[str, set[bool]]] = field(default_factory=dict)
    open_lists: frozenset[int] = frozenset()
    tallies: dict[int, list[tuple[str, Tally]]] = field(default_factory=dict)
    amounts: dict[int, list[tuple[str, Amount]]] = field(default_factory=dict)


@dataclass(frozen=True)
class FindingsTable(PlainTable):
    """The names of findings. Nothing is read before a name is asked for.

    Indicators cost two queries, names of which only the states matter two more, whatever days are
    looked at. Then, for each day: one for names of which it matters when, or how often, one for
    quantities. `iso3` leads from a state's id to its code.
    """

    iso3: Callable[[], Mapping[int, str]]
    entries_into_force: Callable[[date], Mapping[str, date | None]]
    _named: set[str] = field(default_factory=set)
    _detailed: set[str] = field(default_factory=set)
    _days: dict[date, _Day] = field(default_factory=dict)

    @cached_property
    def _timeline(self) -> Timeline:
        return Timeline.load()

    @cached_property
    def names(self) -> IndicatorNames:
        """The published indicators. Costs two queries."""
        return IndicatorNames.load()

    @property
    def definitions(self) -> Mapping[str, Definition]:
        return self.names.definitions

    def prepare(self, names: frozenset[str], detailed: frozenset[str]) -> None:
        """Keep in mind what to load together."""
        self._named.update(name.removesuffix(NO) for name in names)
        self._detailed.update(name.removesuffix(NO) for name in detailed)

    def members(self, name: str, window: Window) -> Value:
        """Whoever has a yes, or for a name with `.no` a no; occurrences; or amounts."""
        is_yes = name in self.definitions
        base = name if is_yes else name.removesuffix(NO)
        values = [
            self._of_measure(self.names.measures[code], window, yes=is_yes)
            for code in self.names.codes(base)
        ]
        if len(values) == 1:
            return values[0]
        sets = (value if isinstance(value, StateSet) else value.actors for value in values)
        return reduce(lambda one, other: one | other, sets, StateSet())

    def evidence(self, lookups: Iterable[Lookup]) -> Mapping[Lookup, tuple[Evidence, ...]]:
        """The findings behind lookups. Costs a query for each day."""
        return proofs.look_up(lookups)

    def _of_measure(self, measure: Measure, window: Window, *, yes: bool) -> Value:
        entries = self.entries_into_force(window.until) if window.before_entry else {}
        day = self._days.setdefault(window.until, _Day())
        if measure.kind is Kind.QUANTITY:
            self._load_amounts(day, window.until, measure)
            amounts = _of_wanted(day.amounts[measure.id], window)
            return verdicts.of_amounts(measure, amounts, window, entries)
        if measure.kind is Kind.OCCURRENCE:
            self._load_tallies(day, window.until, measure)
            rows = _of_wanted(day.tallies[measure.id], window)
            return verdicts.of_occurrences(measure, rows, window, entries)
        if window == Window(until=window.until):
            self._load_answers(day, window.until, measure)
            is_open = measure.id in day.open_lists
            return verdicts.of_states(
                measure, day.answers[measure.id], window, yes=yes, is_open=is_open
            )
        self._load_tallies(day, window.until, measure)
        rows = [
            row
            for row in day.tallies[measure.id]
            if is_state(row[0]) is not window.of_organisations
        ]
        return verdicts.in_window(measure, rows, window, entries, yes=yes)

    def _load_answers(self, day: _Day, on: date, measure: Measure) -> None:
        if measure.id in day.answers:
            return
        wanted = self._wanted(self._named, Kind.SET, measure) - day.answers.keys()
        day.answers |= {indicator: {} for indicator in wanted}
        timeline = self._timeline
        for indicator, state, is_yes in timeline.answers(on, wanted):
            iso3 = self.iso3()[state]
            day.answers[indicator].setdefault(iso3, set()).add(is_yes)
        day.open_lists |= timeline.left_open(on, wanted)

    def _load_tallies(self, day: _Day, on: date, measure: Measure) -> None:
        if measure.id in day.tallies:
            return
        wanted = self._wanted(self._detailed, Kind.SET, measure)
        wanted |= self._wanted(self._named | self._detailed, Kind.OCCURRENCE, measure)
        wanted -= day.tallies.keys()
        day.tallies |= {indicator: [] for indicator in wanted}
        for tally in tallies.tallies(on, wanted):
            day.tallies[tally.indicator].append((self._key(tally.actor), tally))

    def _load_amounts(self, day: _Day, on: date, measure: Measure) -> None:
        if measure.id in day.amounts:
            return
        wanted = self._wanted(self._named | self._detailed, Kind.QUANTITY, measure)
        wanted -= day.amounts.keys()
        day.amounts |= {indicator: [] for indicator in wanted}
        for amount in tallies.amounts(on, wanted):
            day.amounts[amount.indicator].append((self._key(amount.actor), amount))

    def _wanted(self, names: Collection[str], kind: Kind, measure: Measure) -> set[int]:
        """All indicators of a kind that have been named, with the one that is needed now."""
        codes = {code for name in names for code in self.names.codes(name)}
        return self.names.of_kind(codes, kind) | {measure.id}

    def _key(self, actor: ActorIds) -> str:
        """The key of an actor in figures."""
        state, organisation = actor
        if state is not None:
            return self.iso3()[state]
        return self._organisations[organisation or 0]

    @cached_property
    def _organisations(self) -> dict[int, str]:
        rows = Organization.objects.order_by().values_list("pk", "code")
        return {pk: f"{ORGANISATION}{code}" for pk, code in rows}


Row = TypeVar("Row", Tally, Amount)


def _of_wanted(rows: Iterable[tuple[str, Row]], window: Window) -> list[tuple[str, Row]]:
    """The rows of organisations where those alone are asked for, else all."""
    return [row for row in rows if not (window.of_organisations and is_state(row[0]))]
