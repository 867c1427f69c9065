"""A small table of names for tests: sets of letters, some of them open, and dated ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ccm_portal.figures import Definition, Evidence, PlainTable, StateSet, Vocabulary, Window

NAMES = ("p", "q", "r", "group.one", "dated")
MEETING_DAYS = {"1MSP": date(2010, 11, 12), "2MSP": date(2011, 9, 16)}
DATED = {"A": date(2009, 1, 1), "B": date(2010, 11, 12), "C": date(2011, 3, 1)}


@dataclass(frozen=True)
class Toy(PlainTable):
    """`dated` holds the states of DATED from their day on; the other names as they are given."""

    sets: Mapping[str, StateSet] = field(default_factory=dict)

    @property
    def definitions(self) -> dict[str, Definition]:
        return {name: Definition(name, name.upper(), f"All of {name}.") for name in NAMES}

    @property
    def day_functions(self) -> dict[str, Definition]:
        return {"born_by": Definition("born_by", "BORN BY", "Those of a day.")}

    def members(self, name: str, window: Window) -> StateSet:
        if name != "dated":
            return self.sets.get(name, StateSet())
        return StateSet.of(
            {
                state: [Evidence(text="Dated", on=day)]
                for state, day in DATED.items()
                if window.holds(day)
            }
        )

    def members_by_day(self, function: str, day: date, window: Window) -> StateSet:
        return StateSet.of({state: () for state, born in DATED.items() if born <= day})

    def landmark(self, code: str) -> date | None:
        return MEETING_DAYS.get(code.upper())


def vocabulary(**sets: StateSet) -> Vocabulary:
    """The toy's names with some sets filled."""
    return Vocabulary(tables=(Toy(sets),))


def known(letters: str) -> StateSet:
    """A set in which everything is known."""
    return StateSet(certain=frozenset(letters))
