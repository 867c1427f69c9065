"""Growth of membership: two stepped lines, the gap between them hatched, values at landmarks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from .labels import Wish, place, text_width
from .scale import TimeScale

TOP, BOTTOM = 84, 364
HEIGHT = 392
GRID_STEP = 30
WIDE, NARROW = 656, 288
UNITS = 1000
"""Widths inside the plot: it is stretched to the width of the screen, its lines are not."""


@dataclass(frozen=True)
class Count:
    """Membership from a day on: parties, and parties with signatories."""

    day: date
    lower: int
    upper: int


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
    """A landmark in its place with the value on the lower line."""

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


@dataclass(frozen=True)
class GrowthChart:
    """The drawing. Paths stand in a plot of `UNITS` by (bottom - top); the rest as elsewhere."""

    name: str
    left: float
    right: float
    width: float
    axis_x: float
    axis_dx: int
    plot_height: int
    lower: str
    upper: str
    below: str
    above: str
    end_x: float
    end_lower_y: float
    end_upper_y: float
    label_lower_y: float
    label_upper_y: float
    grid: tuple[GridLine, ...]
    years: tuple[tuple[float, str], ...]
    landmarks: tuple[DrawnLandmark, ...]
    label_dx: int
    is_narrow: bool
    is_mirrored: bool
    top: int = TOP
    bottom: int = BOTTOM
    height: int = HEIGHT
    units: int = UNITS


def draw(
    counts: Sequence[Count],
    landmarks: Iterable[Landmark],
    *,
    start: date,
    end: date,
    is_narrow: bool = False,
    is_mirrored: bool = False,
) -> GrowthChart:
    """Draw membership from `start` to `end`; `counts` in order of time, none later than `end`."""
    left, right = (9.0, 97.0) if is_narrow else (4.0, 82.0)
    scale = TimeScale(start, end, left, right, is_mirrored=is_mirrored)
    inner = TimeScale(start, end, right=UNITS)
    last = counts[-1] if counts else Count(start, 0, 0)
    highest = max((count.upper for count in counts), default=1)
    ceiling = -(-highest // GRID_STEP) * GRID_STEP

    def height_of(value: int) -> float:
        return round((BOTTOM - TOP) * (1 - value / ceiling), 2)

    lower = _steps([(inner.at(count.day), height_of(count.lower)) for count in counts])
    upper = _steps([(inner.at(count.day), height_of(count.upper)) for count in counts])
    floor = BOTTOM - TOP
    lower_y, upper_y = TOP + height_of(last.lower), TOP + height_of(last.upper)
    return GrowthChart(
        name="narrow" if is_narrow else "wide",
        left=min(scale.at(start), scale.at(end)),
        right=max(scale.at(start), scale.at(end)),
        width=right - left,
        axis_x=scale.at(start),
        axis_dx=8 if is_mirrored else -8,
        plot_height=floor,
        lower=f"M0 {floor}{lower}",
        upper=f"M0 {floor}{upper}",
        below=f"M0 {floor}{lower}V{floor}z",
        above=f"M0 0V{floor}{upper}V0z",
        end_x=scale.at(end),
        end_lower_y=lower_y,
        end_upper_y=upper_y,
        label_lower_y=max(lower_y, min(upper_y + 62, BOTTOM - 20)),
        label_upper_y=upper_y,
        grid=tuple(
            GridLine(TOP + height_of(value), str(value))
            for value in range(0, ceiling + 1, GRID_STEP)
        ),
        years=_years(scale, NARROW if is_narrow else WIDE),
        landmarks=_landmarks(counts, landmarks, scale, height_of, is_narrow),
        label_dx=-14 if is_mirrored else 14,
        is_narrow=is_narrow,
        is_mirrored=is_mirrored,
    )


def _steps(points: Sequence[tuple[float, float]]) -> str:
    """Steps through points, from the plot's beginning to its end, as path commands."""
    return "".join(f"H{x:g}V{y:g}" for x, y in points) + f"H{UNITS}"


def _years(scale: TimeScale, width: int) -> tuple[tuple[float, str], ...]:
    years = list(scale.years())
    room = width * (scale.right - scale.left) / 100 / max(len(years), 1)
    every = 1 if room > 46 else 2 if room > 24 else 4
    return tuple(
        (scale.at(year), str(year.year) if (year.year - 2010) % every == 0 else "")
        for year in years
    )


def _landmarks(
    counts: Sequence[Count],
    landmarks: Iterable[Landmark],
    scale: TimeScale,
    height_of: Callable[[int], float],
    is_narrow: bool,
) -> tuple[DrawnLandmark, ...]:
    shown = [mark for mark in landmarks if scale.start < mark.day <= scale.end]
    width = NARROW if is_narrow else WIDE
    px = TimeScale(scale.start, scale.end, width * scale.left / 100, width * scale.right / 100)
    places = place(
        [
            Wish(px.at(mark.day), text_width(mark.label, mark.detail), mark.priority, "end")
            for mark in shown
        ],
        width=width,
    )
    drawn: list[DrawnLandmark] = []
    for mark, found in zip(shown, places, strict=True):
        if found is None:
            continue
        value = _value(counts, mark.day)
        # A value whose left-hand neighbour is near goes to the right and below its ring.
        is_crowded = bool(drawn) and abs(scale.at(mark.day) - drawn[-1].x) * width / 100 < 36
        forward = -6 if scale.is_mirrored else 6
        drawn.append(
            DrawnLandmark(
                x=scale.at(mark.day),
                y=TOP + height_of(value),
                value=value,
                label=mark.label,
                detail=mark.detail,
                url=mark.url,
                anchor=found.side,
                dx=forward if found.side == "start" else -forward,
                value_dx=(8 if is_crowded else -8) * (-1 if scale.is_mirrored else 1),
                value_dy=18 if is_crowded else -7,
                value_anchor="start" if is_crowded else "end",
            )
        )
    return tuple(drawn)


def _value(counts: Sequence[Count], day: date) -> int:
    return next((count.lower for count in reversed(counts) if count.day <= day), 0)
