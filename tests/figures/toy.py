"""A small table of names for tests: sets of letters, some of them open, dated ones, amounts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ccm_portal.figures import (
    Definition,
    Evidence,
    Kind,
    Occurrences,
    PlainTable,
    Quantities,
    StateSet,
    Value,
    Vocabulary,
    Window,
)


def proven(evidence: Mapping[str, Iterable[Evidence]]) -> StateSet:
    """A set in which everything is known, with the evidence of each."""
    return StateSet(
        certain=frozenset(evidence),
        evidence={actor: tuple(items) for actor, items in evidence.items()},
    )


NAMES = ("p", "q", "r", "group.one", "dated")
MEETING_DAYS = {"1MSP": date(2010, 11, 12), "2MSP": date(2011, 9, 16)}
DATED = {"A": date(2009, 1, 1), "B": date(2010, 11, 12), "C": date(2011, 3, 1)}
ENTRIES = {"A": date(2010, 8, 1), "B": date(2010, 11, 12), "C": None}

PAPERS = Occurrences(
    certain=frozenset({("A", "one"), ("A", "two"), ("org:x", "one")}),
    undetermined=frozenset({("B", "one")}),
    unit="papers",
)
TONNES = Quantities(
    certain=frozenset({("A", "tonnes", "", "/"), ("B", "tonnes", "", "/")}),
    undetermined=frozenset({("C", "tonnes", "", "/")}),
    unit="tonnes",
    amounts={("A", "tonnes", "", "/"): Decimal("1.5"), ("C", "tonnes", "", "/"): Decimal(4)},
)
ITEMS = Quantities(
    certain=frozenset({("A", "items", "", "/")}),
    unit="items",
    amounts={("A", "items", "", "/"): Decimal(7)},
)
MORE: dict[str, Value] = {"papers": PAPERS, "tonnes": TONNES, "items": ITEMS}


@dataclass(frozen=True)
class Toy(PlainTable):
    """`dated` holds the states of DATED from their day on; the other names as they are given."""

    sets: Mapping[str, StateSet] = field(default_factory=dict)

    @property
    def definitions(self) -> dict[str, Definition]:
        sets = {name: Definition(name, name.upper(), f"All of {name}.") for name in NAMES}
        answered = Definition("said", "SAID", "Said or denied.", has_no=True)
        more = {name: Definition(name, name, name, kind=Kind.QUANTITY) for name in MORE}
        return sets | {"said": answered} | more

    @property
    def day_functions(self) -> dict[str, Definition]:
        return {"born_by": Definition("born_by", "BORN BY", "Those of a day.")}

    def members(self, name: str, window: Window) -> Value:
        if window.of_organisations and name not in MORE:
            return StateSet()
        if name != "dated":
            return MORE.get(name) or self.sets.get(name, StateSet())
        found = {}
        for state, day in DATED.items():
            seen = window.of_state(ENTRIES[state])
            if seen is not None and seen.holds(day):
                found[state] = [Evidence(text="Dated", on=day)]
        return proven(found)

    def members_by_day(self, function: str, day: date, window: Window) -> StateSet:
        return proven({state: () for state, born in DATED.items() if born <= day})

    def landmark(self, code: str) -> date | None:
        return MEETING_DAYS.get(code.upper())


def vocabulary(**sets: StateSet) -> Vocabulary:
    """The toy's names with some sets filled."""
    return Vocabulary(tables=(Toy(sets),))


def known(letters: str) -> StateSet:
    """A set in which everything is known."""
    return StateSet(certain=frozenset(letters))
