"""A state's life line: what it did and has to do, drawn to scale up to the last deadline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .labels import Place, Wish, place, text_width
from .scale import TimeScale

WIDTH = 976
TIER_HEIGHT = 42
LINE_SPACE = 20
MOST_TIERS = 4
BOLD = 1.12


@dataclass(frozen=True)
class Moment:
    """A day in a state's life with its words and where they lead. Lower `priority` goes first."""

    day: date
    label: str
    detail: str
    url: str
    priority: int = 0


@dataclass(frozen=True)
class DrawnMoment:
    """A moment in its place, from `stem_y` down to the line at `line_y`.

    `label_y` is the first line's baseline, None without room.
    """

    x: float
    label: str
    detail: str
    url: str
    is_to_come: bool
    label_y: float | None
    stem_y: float
    line_y: int
    anchor: str
    dx: int


@dataclass(frozen=True)
class DrawnYear:
    """The first day of a year on the line at `line_y`; `text` is "" where there is no room."""

    x: float
    line_y: int
    text: str


@dataclass(frozen=True)
class LifeLine:
    """The drawing: solid from the first moment to the day, dashed after it."""

    height: int
    line_y: int
    begin: float
    end: float
    needle: float
    needle_anchor: str
    years: tuple[DrawnYear, ...]
    moments: tuple[DrawnMoment, ...]


def draw(
    moments: Sequence[Moment], *, start: date, on: date, is_mirrored: bool = False
) -> LifeLine:
    """Draw moments (in order of time, each day once) with the needle on a day."""
    last = max([on, *(moment.day for moment in moments)])
    end = last + timedelta(days=max((last - start).days // 25, 60))
    scale = TimeScale(start, end, is_mirrored=is_mirrored)
    px = TimeScale(start, end, right=WIDTH)
    places, tiers = _places(moments, px)
    line_y = tiers * TIER_HEIGHT + LINE_SPACE
    needle = scale.at(on)
    return LifeLine(
        height=line_y + 50,
        line_y=line_y,
        begin=scale.at(min((moment.day for moment in moments), default=start)),
        end=scale.at(end),
        needle=needle,
        needle_anchor=_anchor(px.at(on)),
        years=_years(scale, line_y),
        moments=tuple(
            _drawn(moment, found, scale, on, line_y)
            for moment, found in zip(moments, places, strict=True)
        ),
    )


def _places(moments: Sequence[Moment], px: TimeScale) -> tuple[list[Place | None], int]:
    """The places in as few tiers as hold every label.

    Labels near the end run backwards, the last one highest, so that no stem crosses them.
    """
    wishes = []
    for index, moment in enumerate(moments):
        is_near_end = px.at(moment.day) > WIDTH * 0.75
        rank = len(moments) - index if is_near_end else index
        wishes.append(
            Wish(
                at=px.at(moment.day),
                width=text_width(moment.label, moment.detail) * BOLD,
                priority=moment.priority * len(moments) * 2 + rank,
                prefers="end" if is_near_end else "start",
            )
        )
    for tiers in range(1, MOST_TIERS + 1):
        places = place(wishes, width=WIDTH, tiers=tiers)
        if None not in places:
            break
    return places, tiers


def _drawn(
    moment: Moment, found: Place | None, scale: TimeScale, on: date, line_y: int
) -> DrawnMoment:
    forward = -7 if scale.is_mirrored else 7
    side = found.side if found else "start"
    top = found.tier * TIER_HEIGHT if found else line_y - 10
    return DrawnMoment(
        x=scale.at(moment.day),
        label=moment.label,
        detail=moment.detail,
        url=moment.url,
        is_to_come=moment.day > on,
        label_y=top + 12 if found else None,
        stem_y=top,
        line_y=line_y,
        anchor=side,
        dx=forward if side == "start" else -forward,
    )


def _years(scale: TimeScale, line_y: int) -> tuple[DrawnYear, ...]:
    years = list(scale.years())
    every = 1 if len(years) <= 15 else 2 if len(years) <= 30 else 5
    return tuple(
        DrawnYear(scale.at(year), line_y, str(year.year) if _has_room(scale, year, every) else "")
        for year in years
    )


def _has_room(scale: TimeScale, year: date, every: int) -> bool:
    return (year.year - 2010) % every == 0 and 2 < scale.at(year) < 98


def _anchor(x: float) -> str:
    if x < 60:
        return "start"
    return "end" if x > WIDTH - 60 else "middle"
