"""Growth of membership: two stepped lines, the gap between them hatched, values at landmarks."""

from collections.abc import Iterable, Sequence
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

TOP, BOTTOM = 84, 364
HEIGHT = 392
GRID_STEP = 30
WIDE, NARROW = 656, 288


@dataclass(frozen=True)
class Count:
    """Membership from a day on: parties, and parties with signatories."""

    day: date
    lower: int
    upper: int


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
    width = NARROW if is_narrow else WIDE
    scale = TimeScale(start, end, left, right, is_mirrored=is_mirrored)
    inner = TimeScale(start, end, right=UNITS)
    last = counts[-1] if counts else Count(start, 0, 0)
    highest = max((count.upper for count in counts), default=1)
    ceiling = -(-highest // GRID_STEP) * GRID_STEP

    def height_of(value: int) -> float:
        return round((BOTTOM - TOP) * (1 - value / ceiling), 2)

    lower = steps_path([(inner.at(count.day), height_of(count.lower)) for count in counts])
    upper = steps_path([(inner.at(count.day), height_of(count.upper)) for count in counts])
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
        years=years(scale, width),
        landmarks=place_landmarks(
            landmarks,
            scale,
            width=width,
            values=[(count.day, count.lower) for count in counts],
            y_of=lambda value: TOP + height_of(value),
            always_below=False,
        ),
        label_dx=-14 if is_mirrored else 14,
        is_narrow=is_narrow,
        is_mirrored=is_mirrored,
    )
