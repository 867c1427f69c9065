"""What charts of counts over time share: stepped lines, their scale, and landmarks with values."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ccm_portal.dates import date_format

from .labels import Wish, place, text_width
from .scale import TimeScale

UNITS = 1000
"""Widths inside the plot: it is stretched to the width of the screen, its lines are not."""
NEAR = 36
"""Pixels between two values, below which they would touch."""


@dataclass(frozen=True)
class Landmark:
    """A day worth a line. Lower `priority` gets a label first; without room it is not drawn."""

    day: date
    label: str
    detail: str
    url: str
    priority: int = 0


@dataclass(frozen=True)
class DrawnLandmark:
    """A landmark in its place, with the value on the line that counts."""

    x: float
    y: float
    value: int
    label: str
    detail: str
    url: str
    anchor: str
    dx: int
    value_dx: int
    value_dy: int
    value_anchor: str


@dataclass(frozen=True)
class GridLine:
    """A horizontal line of the scale with its value."""

    y: float
    text: str


def steps_path(points: Sequence[tuple[float, float]]) -> str:
    """Steps through points, from the plot's beginning to its end, as path commands."""
    return "".join(f"H{x:g}V{y:g}" for x, y in points) + f"H{UNITS}"


def years(scale: TimeScale, width: int) -> tuple[tuple[float, str], ...]:
    """Where each year begins, in per cent, with its number where there is room (`width` in px)."""
    begun = list(scale.years())
    if not begun:
        return _months(scale, width)
    room = width * (scale.right - scale.left) / 100 / max(len(begun), 1)
    every = 1 if room > 46 else 2 if room > 24 else 4
    return tuple(
        (scale.at(year), str(year.year) if (year.year - 2010) % every == 0 else "")
        for year in begun
    )


def _months(scale: TimeScale, width: int) -> tuple[tuple[float, str], ...]:
    """Within one year the months take the place of the years."""
    begun = list(scale.months())
    room = width * (scale.right - scale.left) / 100 / max(len(begun), 1)
    every = 1 if room > 70 else 2 if room > 35 else 3
    return tuple(
        (scale.at(month), date_format(month, "M Y") if number % every == 0 else "")
        for number, month in enumerate(begun)
    )


def place_landmarks(
    landmarks: Iterable[Landmark],
    scale: TimeScale,
    *,
    width: int,
    values: Sequence[tuple[date, int]],
    y_of: Callable[[int], float],
    always_below: bool,
) -> tuple[DrawnLandmark, ...]:
    """The landmarks for whose labels there is room, in a drawing `width` px wide.

    `values` are those of the line that counts, each from its day on, in order of time.
    A value stands above the line and before its ring; below it and after the ring where
    `always_below` says so or the value before it is near.
    """
    shown = [mark for mark in landmarks if scale.start < mark.day <= scale.end]
    px = TimeScale(scale.start, scale.end, width * scale.left / 100, width * scale.right / 100)
    wishes = [
        Wish(px.at(mark.day), text_width(mark.label, mark.detail), mark.priority, "end")
        for mark in shown
    ]
    drawn: list[DrawnLandmark] = []
    for mark, found in zip(shown, place(wishes, width=width), strict=True):
        if found is None:
            continue
        x = scale.at(mark.day)
        value = next((value for day, value in reversed(values) if day <= mark.day), 0)
        is_below = always_below or bool(drawn and abs(x - drawn[-1].x) * width / 100 < NEAR)
        forward = -1 if scale.is_mirrored else 1
        drawn.append(
            DrawnLandmark(
                x=x,
                y=y_of(value),
                value=value,
                label=mark.label,
                detail=mark.detail,
                url=mark.url,
                anchor=found.side,
                dx=6 * (forward if found.side == "start" else -forward),
                value_dx=8 * (forward if is_below else -forward),
                value_dy=18 if is_below else -7,
                value_anchor="start" if is_below else "end",
            )
        )
    return tuple(drawn)
