"""A table that can be downloaded: its columns in words, and its rows on a day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from ccm_portal.exports import Cell
from states.register import History, Register, Source

Words = str | Promise
TableRow = tuple[Cell, ...]


@dataclass(frozen=True)
class Day:
    """What the rows of all tables are made from: the day, and the register of it."""

    on: date
    register: Register

    @classmethod
    def load(cls, on: date) -> "Day":
        return cls(on, History.load().on(on))

    @property
    def iso3(self) -> dict[int, str]:
        """From a state's id to its code."""
        return {standing.state.id: standing.state.iso3 for standing in self.register}


@dataclass(frozen=True)
class Column:
    """A column: its name in the files, its type and what it means."""

    name: str
    type: str
    meaning: Words


@dataclass(frozen=True)
class Table:
    """A table with its data dictionary. `rows` gives cells in the order of the columns."""

    code: str
    title: Words
    meaning: Words
    columns: tuple[Column, ...]
    rows: Callable[[Day], Iterable[TableRow]]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def citation(source: Source | None) -> tuple[str, str, str]:
    """Title, place and link of a source; nothing of a document that is not public."""
    if source is None or not source.is_public:
        return "", "", ""
    return source.title, source.place, source.url
