"""The names that expressions may use: a table from each app, put together at the top."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from .expression import ExpressionError
from .sets import Evidence, Lookup, StateSet
from .values import Kind, Value

NO = ".no"
"""The ending of a name that means those of whom it is recorded that it does not hold."""


@dataclass(frozen=True)
class Window:
    """The time that a figure looks at: after a day (None: since ever), up to a day inclusive.

    `before_entry` looks only at what came before each state's own entry into force;
    `of_organisations` at organisations in place of states.
    """

    until: date
    after: date | None = None
    before_entry: bool = False
    of_organisations: bool = False

    def holds(self, day: date) -> bool:
        return day <= self.until and (self.after is None or self.after < day)

    def holds_between(self, earliest: date, latest: date) -> bool | None:
        """Whether a day that is known to lie between two is in the window; None: it may be."""
        if self.holds(earliest) and self.holds(latest):
            return True
        outside = latest < earliest or earliest > self.until
        return False if outside or (self.after is not None and latest <= self.after) else None

    def of_state(self, entry_into_force: date | None) -> "Window | None":
        """The window for one state; None if it has no entry into force to come before."""
        if not self.before_entry:
            return self
        if entry_into_force is None:
            return None
        until = min(self.until, entry_into_force - timedelta(days=1))
        return replace(self, until=until, before_entry=False)


@dataclass(frozen=True)
class Definition:
    """A name in words. `theme` is the title under which it is explained."""

    name: str
    title: str | Promise
    explanation: str | Promise
    kind: Kind = Kind.SET
    theme: str | Promise = ""
    has_no: bool = False
    unit: str = ""


class Table(Protocol):
    """The names of one app, with the data behind them loaded for one evaluation."""

    @property
    def definitions(self) -> Mapping[str, Definition]:
        """The names that the app offers."""

    @property
    def day_functions(self) -> Mapping[str, Definition]:
        """The functions of one day that the app offers, such as `reports.initial.due_by`."""

    def prepare(self, names: frozenset[str], detailed: frozenset[str]) -> None:
        """Hear which names will be asked for, so that all are loaded at once.

        `detailed` are those of which more matters than who: when it happened, or organisations.
        """

    def members(self, name: str, window: Window) -> Value:
        """What a name, or a name with `.no`, means, looked at through a window of time."""

    def members_by_day(self, function: str, day: date, window: Window) -> StateSet:
        """The states that a function means for a day, looked at through a window of time."""

    def landmark(self, code: str) -> date | None:
        """The day that a code such as `1MSP` stands for, or None if it is not this app's."""

    def evidence(self, lookups: Iterable[Lookup]) -> Mapping[Lookup, tuple[Evidence, ...]]:
        """What the app's lookups stand for, all at once."""


class PlainTable:
    """What most tables do: nothing to prepare, no functions, no landmarks, no lookups."""

    @property
    def day_functions(self) -> Mapping[str, Definition]:
        return {}

    def prepare(self, names: frozenset[str], detailed: frozenset[str]) -> None:
        """All is loaded at once in any case."""

    def members_by_day(self, function: str, day: date, window: Window) -> StateSet:
        """No function of a day is offered."""
        raise KeyError(function)

    def landmark(self, code: str) -> date | None:
        """No day is named."""
        return None

    def evidence(self, lookups: Iterable[Lookup]) -> Mapping[Lookup, tuple[Evidence, ...]]:
        """Evidence comes with the members."""
        return {}


@dataclass(frozen=True)
class Vocabulary:
    """The tables of all apps as one. Where two tables have a name, the first one's counts."""

    tables: tuple[Table, ...]

    @property
    def definitions(self) -> dict[str, Definition]:
        found: dict[str, Definition] = {}
        for table in self.tables:
            found |= {name: it for name, it in table.definitions.items() if name not in found}
        return found

    @property
    def day_functions(self) -> dict[str, Definition]:
        return {
            name: definition
            for table in self.tables
            for name, definition in table.day_functions.items()
        }

    def prepare(self, names: frozenset[str], detailed: frozenset[str]) -> None:
        """Tell every table which names will be asked for, and of which more matters than who."""
        for table in self.tables:
            table.prepare(names, detailed)

    def knows(self, name: str) -> bool:
        """Whether a name, or its beginning before `.no`, is in a table."""
        return self._table(name) is not None or self._table(name.removesuffix(NO)) is not None

    def members_by_day(self, function: str, day: date, window: Window) -> StateSet:
        """The states that one of `day_functions` means for a day."""
        table = next(table for table in self.tables if function in table.day_functions)
        return table.members_by_day(function, day, window)

    def members(
        self, name: str, window: Window, *, position: int = 0, more: Iterable[str] = ()
    ) -> Value:
        """What a name means. Raises `ExpressionError` for an unknown one.

        `more` are names known elsewhere that an unknown one may have meant.
        """
        table = self._table(name)
        if table is not None:
            return table.members(name, window)
        base = name.removesuffix(NO)
        table = self._table(base) if base != name else None
        if table is None:
            raise ExpressionError(
                _("no set is called “%(name)s”.") % {"name": name},
                position,
                nearest(name, [*self.definitions, *more]),
            )
        if not table.definitions[base].has_no:
            raise ExpressionError(
                _("“%(name)s” is not recorded as a yes or a no, so it has no “.no”.")
                % {"name": base},
                position,
            )
        return table.members(name, window)

    def landmark(self, text: str, *, position: int = 0) -> date:
        """The day that a landmark stands for. Raises `ExpressionError` for an unknown one."""
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
        for table in self.tables:
            day = table.landmark(text)
            if day is not None:
                return day
        raise ExpressionError(
            _("“%(text)s” is neither a day nor the code of a meeting.") % {"text": text}, position
        )

    def evidence(self, lookups: Iterable[Lookup]) -> dict[Lookup, tuple[Evidence, ...]]:
        """What lookups stand for; each table is asked once at most."""
        by_table: dict[int, list[Lookup]] = {}
        for lookup in dict.fromkeys(lookups):
            for index, table in enumerate(self.tables):
                if lookup.name in table.definitions:
                    by_table.setdefault(index, []).append(lookup)
                    break
        found: dict[Lookup, tuple[Evidence, ...]] = {}
        for index, wanted in by_table.items():
            found |= self.tables[index].evidence(wanted)
        return found

    def _table(self, name: str) -> Table | None:
        return next((table for table in self.tables if name in table.definitions), None)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that looks most like another, or "" if none does."""
    found = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=60)
    return str(found[0]) if found else ""
