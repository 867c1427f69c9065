"""How many of those due are in, over time: two stepped lines, and a band where it is open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from .scale import TimeScale
from .stepped import (
    UNITS,
    DrawnLandmark,
    GridLine,
    Landmark,
    place_landmarks,
    steps_path,
    years,
)

TOP, BOTTOM = 64, 324
HEIGHT = 352
WIDE, NARROW = 900, 300
GRIDS = ((4, 1), (8, 2), (20, 5), (40, 10), (60, 20), (80, 20), (120, 30), (160, 40), (200, 50))
"""The highest value of the scale, and the distance between its lines."""


@dataclass(frozen=True)
class Step:
    """Counts from a day on: `certain` are in, `possible` may be, `due` is the whole."""

    on: date
    certain: int
    possible: int
    due: int

    @property
    def open(self) -> int:
        """How many may be in without being certain."""
        return self.possible - self.certain


@dataclass(frozen=True)
class RateChart:
    """The drawing. Paths stand in a plot of `UNITS` by its height; the rest in per cent and px."""

    name: str
    left: float
    right: float
    width: float
    axis_x: float
    axis_dx: int
    plot_height: int
    due: str
    certain: str
    band: str
    above: str
    below: str
    end_x: float
    end_due_y: float
    end_certain_y: float
    label_due_y: float
    label_certain_y: float
    label_dx: int
    grid: tuple[GridLine, ...]
    years: tuple[tuple[float, str], ...]
    landmarks: tuple[DrawnLandmark, ...]
    is_narrow: bool
    is_mirrored: bool
    top: int = TOP
    bottom: int = BOTTOM
    height: int = HEIGHT
    units: int = UNITS


def draw(
    steps: Sequence[Step],
    landmarks: Sequence[Landmark],
    *,
    end: date,
    is_narrow: bool = False,
    is_mirrored: bool = False,
) -> RateChart:
    """Draw steps (at least one, in order of time, none later than `end`) up to `end`."""
    left, right = (9.0, 97.0) if is_narrow else (4.0, 84.0)
    width = NARROW if is_narrow else WIDE
    start, last = steps[0].on, steps[-1]
    scale = TimeScale(start, end, left, right, is_mirrored=is_mirrored)
    inner = TimeScale(start, end, right=UNITS)
    ceiling, distance = _grid(max(step.due for step in steps))
    floor = BOTTOM - TOP

    def y(count: int) -> float:
        return round(floor * (1 - count / ceiling), 2)

    due = steps_path([(inner.at(step.on), y(step.due)) for step in steps])
    certain = steps_path([(inner.at(step.on), y(step.certain)) for step in steps])
    end_due_y, end_certain_y = TOP + y(last.due), TOP + y(last.certain)
    return RateChart(
        name="narrow" if is_narrow else "wide",
        left=min(scale.at(start), scale.at(end)),
        right=max(scale.at(start), scale.at(end)),
        width=right - left,
        axis_x=scale.at(start),
        axis_dx=8 if is_mirrored else -8,
        plot_height=floor,
        due=f"M0 {floor}{due}",
        certain=f"M0 {floor}{certain}",
        band=_band(steps, inner, y),
        above=f"M0 0V{floor}{due}V0z",
        below=f"M0 {floor}{certain}V{floor}z",
        end_x=scale.at(end),
        end_due_y=end_due_y,
        end_certain_y=end_certain_y,
        label_due_y=end_due_y,
        label_certain_y=max(end_certain_y, min(end_due_y + 62, BOTTOM - 20)),
        label_dx=-14 if is_mirrored else 14,
        grid=tuple(
            GridLine(TOP + y(value), str(value)) for value in range(0, ceiling + 1, distance)
        ),
        years=years(scale, width),
        landmarks=place_landmarks(
            landmarks,
            scale,
            width=width,
            values=[(step.on, step.certain) for step in steps],
            y_of=lambda count: TOP + y(count),
            always_below=True,
        ),
        is_narrow=is_narrow,
        is_mirrored=is_mirrored,
    )


def _grid(highest: int) -> tuple[int, int]:
    return next(
        ((top, step) for top, step in GRIDS if top >= highest), (-(-highest // 50) * 50, 50)
    )


def _band(steps: Sequence[Step], inner: TimeScale, y: Callable[[int], float]) -> str:
    """A closed rectangle for each time in which some are open."""
    parts = []
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        if step.possible > step.certain:
            begin = inner.at(step.on)
            end = inner.at(following.on) if following else UNITS
            parts.append(
                f"M{begin:g} {y(step.certain):g}V{y(step.possible):g}H{end:g}V{y(step.certain):g}z"
            )
    return "".join(parts)
