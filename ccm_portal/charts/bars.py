"""Stacked bars from a common start: how a whole is made up, or how far each part reaches."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Segment:
    """A part of a bar, in per cent of the drawing's width; `name` is the class that draws it."""

    name: str
    count: int
    x: float
    width: float


@dataclass(frozen=True)
class Bar:
    """A bar's segments in order, and where it ends."""

    segments: tuple[Segment, ...]
    end: float


def stacked(parts: Sequence[tuple[str, int]], *, whole: int, is_mirrored: bool = False) -> Bar:
    """Parts beside one another, as classes and counts; `whole` fills the width."""
    scale = 100 / max(whole, 1)
    segments, begun = [], 0
    for name, count in parts:
        if count:
            x, width = begun * scale, count * scale
            left = 100 - x - width if is_mirrored else x
            segments.append(Segment(name, count, round(left, 3), round(width, 3)))
        begun += count
    return Bar(tuple(segments), round(begun * scale, 3))
