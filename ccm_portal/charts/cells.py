"""One equal cell for each state, filled as far as it has come: progress against a whole."""

from dataclasses import dataclass

SIZE, PITCH, PER_ROW = 40, 43, 10


@dataclass(frozen=True)
class Cells:
    """Cells in rows: `outline` and `fill` are paths in a box of `width` by `height` units."""

    count: int
    width: int
    height: int
    outline: str
    fill: str


def cells(count: int, filled: float, *, is_mirrored: bool = False) -> Cells:
    """Cells of one stage. `filled` is the share of a cell's height, from 0 to 1."""
    columns = max(min(count, PER_ROW), 1)
    height = round(SIZE * min(max(filled, 0.0), 1.0))
    outline, fill = [], []
    for at in range(count):
        column, row = at % PER_ROW, at // PER_ROW
        x = (columns - 1 - column if is_mirrored else column) * PITCH
        y = row * PITCH
        outline.append(f"M{x + 0.5} {y + 0.5}h{SIZE - 1}v{SIZE - 1}h-{SIZE - 1}z")
        if height:
            fill.append(f"M{x} {y + SIZE - height}h{SIZE}v{height}h-{SIZE}z")
    gap = PITCH - SIZE
    return Cells(
        count=count,
        width=columns * PITCH - gap,
        height=max(-(-count // PER_ROW), 1) * PITCH - gap,
        outline="".join(outline),
        fill="".join(fill),
    )
