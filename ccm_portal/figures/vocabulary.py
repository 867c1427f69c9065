"""The names that expressions may use: a table from each app, put together at the top."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from .expression import ExpressionError
from .sets import StateSet


@dataclass(frozen=True)
class Window:
    """The time that a figure looks at: after a day (None: since ever), up to a day inclusive."""

    until: date
    after: date | None = None

    def holds(self, day: date) -> bool:
        return day <= self.until and (self.after is None or self.after < day)


@dataclass(frozen=True)
class Definition:
    """A named set in words."""

    name: str
    title: str | Promise
    explanation: str | Promise


class Table(Protocol):
    """The names of one app, with the data behind them loaded for one evaluation."""

    @property
    def definitions(self) -> Mapping[str, Definition]:
        """The names that the app offers."""

    @property
    def day_functions(self) -> Mapping[str, Definition]:
        """The functions of one day that the app offers, such as `reports.initial.due_by`."""

    def members(self, name: str, window: Window) -> StateSet:
        """The states that a name means, looked at through a window of time."""

    def members_by_day(self, function: str, day: date, window: Window) -> StateSet:
        """The states that a function means for a day, looked at through a window of time."""

    def landmark(self, code: str) -> date | None:
        """The day that a code such as `1MSP` stands for, or None if it is not this app's."""


@dataclass(frozen=True)
class Vocabulary:
    """The tables of all apps as one."""

    tables: tuple[Table, ...]

    @property
    def definitions(self) -> dict[str, Definition]:
        return {
            name: definition
            for table in self.tables
            for name, definition in table.definitions.items()
        }

    @property
    def day_functions(self) -> dict[str, Definition]:
        return {
            name: definition
            for table in self.tables
            for name, definition in table.day_functions.items()
        }

    def members_by_day(self, function: str, day: date, window: Window) -> StateSet:
        """The states that one of `day_functions` means for a day."""
        table = next(table for table in self.tables if function in table.day_functions)
        return table.members_by_day(function, day, window)

    def members(self, name: str, window: Window, *, position: int = 0) -> StateSet:
        """The states that a name means. Raises `ExpressionError` for an unknown name."""
        for table in self.tables:
            if name in table.definitions:
                return table.members(name, window)
        raise ExpressionError(
            _("no set is called “%(name)s”.") % {"name": name},
            position,
            nearest(name, self.definitions),
        )

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


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that looks most like another, or "" if none does."""
    found = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=60)
    return str(found[0]) if found else ""
