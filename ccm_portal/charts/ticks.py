"""Rows of equal marks, one a state: the ladder of ticks and the rows of squares."""

from dataclasses import dataclass
from functools import lru_cache

PITCH = 10
TICK = 6.4
HEIGHTS = (84, 50, 20)
"""Tall for parties, middle for signatories, short for the others: greyscale relies on it."""

REMEMBERED = 256
"""How many of these drawings a process keeps: the same counts stand for many days."""


@dataclass(frozen=True)
class TickGroup:
    """The ticks of one status as a path, with the class that colours them."""

    name: str
    path: str


@dataclass(frozen=True)
class Ladder:
    """All states as ticks in one row: `width` units wide, one `PITCH` a state."""

    width: int
    height: int
    groups: tuple[TickGroup, ...]


@dataclass(frozen=True)
class WrappedTicks:
    """The ticks of one status in rows of a fixed length, for narrow screens."""

    width: int
    height: int
    path: str


@lru_cache(maxsize=REMEMBERED)
def ladder(counts: tuple[tuple[str, int], ...], *, is_mirrored: bool = False) -> Ladder:
    """One row of ticks for groups in order, the first the tallest. At most three groups."""
    total = sum(count for _name, count in counts)
    groups, begun = [], 0
    for (name, count), height in zip(counts, HEIGHTS, strict=False):
        places = range(begun, begun + count)
        groups.append(
            TickGroup(
                name,
                "".join(
                    _bar(
                        (total - 1 - at if is_mirrored else at) * PITCH, HEIGHTS[0] - height, height
                    )
                    for at in places
                ),
            )
        )
        begun += count
    return Ladder(
        width=max(total * PITCH - int(PITCH - TICK), 1), height=HEIGHTS[0], groups=tuple(groups)
    )


@lru_cache(maxsize=REMEMBERED)
def wrapped(
    count: int, *, height: int, per_row: int = 35, is_mirrored: bool = False
) -> WrappedTicks:
    """Ticks of one status in rows. `height` is that of one row; rows stand 5 units apart."""
    step = height + 5
    path = "".join(
        _bar(
            (per_row - 1 - at % per_row if is_mirrored else at % per_row) * PITCH,
            at // per_row * step,
            height,
        )
        for at in range(count)
    )
    rows = -(-count // per_row)
    return WrappedTicks(width=per_row * PITCH, height=max(rows * step - 5, 1), path=path)


SQUARE, SQUARE_PITCH, SQUARES_PER_ROW = 8, 11, 10


@dataclass(frozen=True)
class Squares:
    """Squares in rows, one a state: `fill` and `outline` are paths, either may be empty."""

    name: str
    count: int
    width: int
    height: int
    fill: str
    outline: str


@lru_cache(maxsize=REMEMBERED)
def squares(name: str, count: int, *, is_mirrored: bool = False) -> Squares:
    """The squares of a status: solid for `party`, half for `signatory`, hollow for the others."""
    columns = max(min(count, SQUARES_PER_ROW), 1)
    fill, outline = [], []
    for at in range(count):
        column, row = at % SQUARES_PER_ROW, at // SQUARES_PER_ROW
        x = (columns - 1 - column if is_mirrored else column) * SQUARE_PITCH
        y = row * SQUARE_PITCH
        if name == "party":
            fill.append(f"M{x} {y}h{SQUARE}v{SQUARE}h-{SQUARE}z")
        else:
            outline.append(f"M{x + 0.5} {y + 0.5}h{SQUARE - 1}v{SQUARE - 1}h-{SQUARE - 1}z")
        if name == "signatory":
            fill.append(f"M{x} {y + SQUARE // 2}h{SQUARE}v{SQUARE // 2}h-{SQUARE}z")
    gap = SQUARE_PITCH - SQUARE
    return Squares(
        name=name,
        count=count,
        width=columns * SQUARE_PITCH - gap,
        height=max(-(-count // SQUARES_PER_ROW), 1) * SQUARE_PITCH - gap,
        fill="".join(fill),
        outline="".join(outline),
    )


def _bar(x: float, y: float, height: float) -> str:
    return f"M{x:g} {y:g}h{TICK:g}v{height:g}h-{TICK:g}z"
