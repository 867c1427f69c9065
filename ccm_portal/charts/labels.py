"""Puts labels beside the marks of a line so that none covers another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

CHARACTER_WIDTH = 6.9
"""The width of a character at 13 px, in px, on the safe side for the readers' own sans serifs."""
GAP = 7

Side = Literal["start", "end"]


@dataclass(frozen=True)
class Wish:
    """A label that wants a place: its mark's position (px from the line's beginning) and widths.

    Lower `priority` is served first. `prefers` is the side of the mark on which it would stand.
    """

    at: float
    width: float
    priority: int
    prefers: Side = "start"


@dataclass(frozen=True)
class Place:
    """Where a label stands: its tier (0 the highest) and the side of its mark."""

    tier: int
    side: Side


def text_width(*lines: str) -> float:
    """About how wide the longest of some lines is, in px at 13 px."""
    return max((len(line) * CHARACTER_WIDTH for line in lines), default=0.0)


def place(wishes: Sequence[Wish], *, width: float, tiers: int = 1) -> list[Place | None]:
    """A place for each wish, in their order; None where there is no room.

    A label starts at its mark and runs on ("start"), or ends at it ("end"). It never crosses
    another label, or the mark of another label that stands on the same or a higher tier.
    """
    places: list[Place | None] = [None] * len(wishes)
    taken: list[list[tuple[float, float]]] = [[] for _ in range(tiers)]
    stems: list[list[float]] = [[] for _ in range(tiers)]
    for index in sorted(range(len(wishes)), key=lambda index: wishes[index].priority):
        wish = wishes[index]
        for tier, side in _options(wish, tiers):
            span = _span(wish, side)
            if _fits(span, wish.at, tier, taken=taken, stems=stems, width=width):
                taken[tier].append(span)
                stems[tier].append(wish.at)
                places[index] = Place(tier, side)
                break
    return places


def _options(wish: Wish, tiers: int) -> list[tuple[int, Side]]:
    other: Side = "end" if wish.prefers == "start" else "start"
    sides: tuple[Side, Side] = (wish.prefers, other)
    return [(tier, side) for tier in range(tiers) for side in sides]


def _span(wish: Wish, side: Side) -> tuple[float, float]:
    if side == "start":
        return wish.at, wish.at + GAP + wish.width
    return wish.at - GAP - wish.width, wish.at


def _fits(
    span: tuple[float, float],
    stem: float,
    tier: int,
    *,
    taken: list[list[tuple[float, float]]],
    stems: list[list[float]],
    width: float,
) -> bool:
    if span[0] < 0 or span[1] > width:
        return False
    if any(span[0] < end + GAP and begin - GAP < span[1] for begin, end in taken[tier]):
        return False
    # A stem goes down from its label to the line, through the tiers below it.
    if any(
        span[0] - GAP < other < span[1] + GAP for above in range(tier) for other in stems[above]
    ):
        return False
    return not any(
        begin - 1 < stem < end + 1
        for below in range(tier + 1, len(taken))
        for begin, end in taken[below]
    )
