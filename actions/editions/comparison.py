"""Two editions, two dates, or an edition then and now: compared figure by figure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .canonical import Json, figures_of


class Change(StrEnum):
    """What became of a figure."""

    SAME = "same"
    EVIDENCE = "evidence"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Difference:
    """One figure on both sides; a side on which it does not stand is None."""

    before: Json | None
    after: Json | None

    @property
    def change(self) -> Change:
        """Another number, other states or other words; only other evidence; or nothing."""
        if self.before is None:
            return Change.ADDED
        if self.after is None:
            return Change.REMOVED
        if _said(self.before) != _said(self.after):
            return Change.CHANGED
        return Change.SAME if _proved(self.before) == _proved(self.after) else Change.EVIDENCE

    @property
    def figure(self) -> Json:
        """The later side, or the only one."""
        figure = self.after or self.before
        assert figure is not None
        return figure

    @property
    def gained(self) -> tuple[str, ...]:
        """Names that stand only on the later side."""
        return _names_only(self.after, self.before)

    @property
    def lost(self) -> tuple[str, ...]:
        """Names that stand only on the earlier side."""
        return _names_only(self.before, self.after)


def compare(before: Json, after: Json) -> tuple[Difference, ...]:
    """Every figure of both sides, in the order of the later one; those that are gone come last.

    Figures with a key meet by it; others by chapter, question and their order there.
    """
    earlier = _by_identity(figures_of(before))
    later = _by_identity(figures_of(after))
    found = [Difference(earlier.get(identity), figure) for identity, figure in later.items()]
    found += [
        Difference(figure, None) for identity, figure in earlier.items() if identity not in later
    ]
    return tuple(found)


def changed(differences: Iterable[Difference]) -> tuple[Difference, ...]:
    """Those that are not the same."""
    return tuple(item for item in differences if item.change is not Change.SAME)


Identity = tuple[str, ...]


def _by_identity(figures: Iterable[Json]) -> Mapping[Identity, Json]:
    found: dict[Identity, Json] = {}
    seen: dict[Identity, int] = defaultdict(int)
    for figure in figures:
        if figure["key"]:
            found["key", figure["key"]] = figure
            continue
        question = figure["expression"] or figure["kind"]
        identity = (figure["chapter"], question)
        seen[identity] += 1
        found[(*identity, str(seen[identity]))] = figure
    return found


def _said(figure: Json) -> tuple[object, ...]:
    """What a reader sees of a figure: its number and who is behind it."""
    states = [
        (state["iso3"], state["certain"], state["disputed"])
        for state in sorted(figure["states"], key=lambda state: str(state["iso3"]))
    ]
    printed = figure["printed"]["words"] if figure["printed"] else None
    return (
        figure["number"],
        figure["most"],
        figure["unit"],
        figure["is_open"],
        figure["day"],
        printed,
        states,
    )


def _proved(figure: Json) -> dict[str, list[tuple[object, ...]]]:
    return {
        state["iso3"]: sorted(
            (
                tuple(str(item[name]) for name in ("text", "on", "document", "place"))
                for item in state["evidence"]
            ),
        )
        for state in figure["states"]
    }


def _names_only(side: Json | None, other: Json | None) -> tuple[str, ...]:
    if side is None:
        return ()
    there = {state["iso3"] for state in other["states"]} if other else set()
    return tuple(state["name"] for state in side["states"] if state["iso3"] not in there)
