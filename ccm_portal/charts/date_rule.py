"""The date rule: the measured scale under the masthead, with landmarks and a needle."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import get_language

from ccm_portal.dates import date_format

from .labels import Wish, place, text_width
from .scale import TimeScale

LINE_Y = 34
WIDE, NARROW = 700, 288
"""The narrowest widths in px at which the wide and the narrow rule are shown."""
REMEMBERED = 100
"""How many rows of ticks a process keeps: one for a width, a language and a year."""


@dataclass(frozen=True)
class RuleMark:
    """Something that happened on a day. Lower `priority` gets a label first."""

    day: date
    label: str
    detail: str
    url: str
    priority: int = 0
    prefers_end: bool = False


@dataclass(frozen=True)
class DrawnMark:
    """A landmark in its place. One without room for its label shows a tick only."""

    x: float
    url: str
    label: str
    detail: str
    is_to_come: bool
    is_labelled: bool
    anchor: str
    dx: int
    line_y: int = LINE_Y


@dataclass(frozen=True)
class YearTick:
    """A year's first day, with its number where there is room."""

    x: float
    text: str


@dataclass(frozen=True)
class Ticks:
    """The months and years of a rule, the same for all days of a year."""

    months: tuple[float, ...]
    years: tuple[YearTick, ...]
    year_dx: int
    line_y: int = LINE_Y


@dataclass(frozen=True)
class DateRule:
    """The drawing: positions in per cent, needle at the day, nothing solid after it."""

    name: str
    start: float
    end: float
    needle: float
    ticks: Ticks
    marks: tuple[DrawnMark, ...]
    line_y: int = LINE_Y


def draw(
    on: date,
    *,
    start: date,
    end: date,
    marks: Sequence[RuleMark],
    name: str,
    width: int = WIDE,
    is_mirrored: bool = False,
) -> DateRule:
    """Draw the rule from `start` to `end` with the needle on a day, for at least `width` px.

    Labels that would cover each other are left out, the least important first.
    """
    scale = TimeScale(start, end, is_mirrored=is_mirrored)
    px = TimeScale(start, end, right=width)
    shown = [mark for mark in marks if start <= mark.day <= end]
    return DateRule(
        name=name,
        start=scale.at(start),
        end=scale.at(end),
        needle=scale.at(on),
        ticks=_ticks(scale, width, get_language()),
        marks=_drawn(shown, on, scale, px, width),
    )


@lru_cache(maxsize=REMEMBERED)
def _ticks(scale: TimeScale, width: int, _language: str | None) -> Ticks:
    px = TimeScale(scale.start, scale.end, right=width)
    year_width = width * 365 / max((scale.end - scale.start).days, 1)
    return Ticks(
        months=tuple(scale.at(month) for month in scale.months()) if year_width > 60 else (),
        years=tuple(
            YearTick(scale.at(year), _year_text(year, year_width, width - px.at(year)))
            for year in scale.years()
        ),
        year_dx=-5 if scale.is_mirrored else 5,
    )


def _year_text(year: date, year_width: float, room: float) -> str:
    """Every year's number where they fit, else every second or fifth one's."""
    every = 1 if year_width > 44 else 2 if year_width > 24 else 5
    is_shown = (year.year - 2010) % every == 0 and room > 36
    return date_format(year, "Y") if is_shown else ""


def _drawn(
    marks: Sequence[RuleMark], on: date, scale: TimeScale, px: TimeScale, width: int
) -> tuple[DrawnMark, ...]:
    wishes = [
        Wish(
            at=px.at(mark.day),
            width=text_width(f"{mark.label} {mark.detail}".strip()),
            priority=mark.priority,
            prefers="end" if mark.prefers_end else "start",
        )
        for mark in marks
    ]
    drawn = []
    for mark, found in zip(marks, place(wishes, width=width), strict=True):
        forward = -6 if scale.is_mirrored else 6
        side = found.side if found else "start"
        drawn.append(
            DrawnMark(
                x=scale.at(mark.day),
                url=mark.url,
                label=mark.label,
                detail=mark.detail,
                is_to_come=mark.day > on,
                is_labelled=found is not None,
                anchor=side,
                dx=forward if side == "start" else -forward,
            )
        )
    return tuple(drawn)
