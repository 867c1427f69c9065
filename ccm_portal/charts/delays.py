"""Delays on one scale of time: a thin line while there was time, then a bar for the delay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from ccm_portal.dates import date_format

from .scale import TimeScale

LONG = timedelta(days=3 * 365)
"""Beyond this the scale counts years; below it, quarters."""
LABEL_ROOM, FIRST_LABEL_ROOM = 11.0, 22.0
"""The least distance between two labels, in per cent of the line; the first one is longer."""


@dataclass(frozen=True)
class Span:
    """The time that somebody had, and the day on which it ended."""

    begun_on: date
    due_on: date


@dataclass(frozen=True)
class Delay:
    """One line, in per cent of its width: from `begun_x` to `due_x`, and the bar beyond."""

    begun_x: float
    due_x: float
    bar_x: float
    bar_width: float


@dataclass(frozen=True)
class Tick:
    """A day on the scale; `text` is empty where there is no room for it."""

    x: float
    text: str
    anchor: str


@dataclass(frozen=True)
class Delays:
    """Lines in the order given, and the scale that they share. `now` is where the day stands."""

    rows: tuple[Delay, ...]
    ticks: tuple[Tick, ...]
    now: float


@dataclass(frozen=True)
class Bar:
    """A bar from a common start, in per cent of the longest."""

    x: float
    width: float


def bars(lengths: Sequence[int], *, is_mirrored: bool = False) -> tuple[Bar, ...]:
    """Bars of some lengths, in the order given, from one common start."""
    longest = max(lengths, default=1) or 1
    widths = [round(100 * length / longest, 2) for length in lengths]
    return tuple(Bar(round(100 - width, 2) if is_mirrored else 0.0, width) for width in widths)


def draw(spans: Sequence[Span], *, on: date, is_mirrored: bool = False) -> Delays:
    """Draw spans that ended before a day. The scale ends with the day."""
    start = min((span.begun_on for span in spans), default=on)
    scale = TimeScale(start, on, is_mirrored=is_mirrored)
    return Delays(
        rows=tuple(_delay(span, scale, on) for span in spans),
        ticks=_ticks(scale),
        now=scale.at(on),
    )


def _delay(span: Span, scale: TimeScale, on: date) -> Delay:
    begun, due, now = scale.at(span.begun_on), scale.at(span.due_on), scale.at(on)
    return Delay(
        begun_x=begun,
        due_x=due,
        bar_x=min(due, now),
        bar_width=round(abs(now - due), 3),
    )


def _ticks(scale: TimeScale) -> tuple[Tick, ...]:
    """The beginning of the scale, then quarters or years, as many as have room for their words."""
    is_long = scale.end - scale.start > LONG
    ticks = [Tick(scale.at(scale.start), date_format(scale.start, "M Y"), "start")]
    for day in _round_days(scale, is_long=is_long):
        x = scale.at(day)
        room = FIRST_LABEL_ROOM if sum(bool(tick.text) for tick in ticks) == 1 else LABEL_ROOM
        has_room = abs(x - _last_labelled(ticks)) > room
        fits = abs(scale.at(scale.end) - x) > LABEL_ROOM / 2
        text = _words(day, is_long=is_long) if has_room and fits else ""
        ticks.append(Tick(x, text, "start"))
    return tuple(ticks)


def _last_labelled(ticks: Sequence[Tick]) -> float:
    return next(tick.x for tick in reversed(ticks) if tick.text)


def _words(day: date, *, is_long: bool) -> str:
    if is_long:
        return str(day.year)
    return date_format(day, "M Y" if day.month == 1 else "M")


def _round_days(scale: TimeScale, *, is_long: bool) -> list[date]:
    """The first days of years, or of quarters, after the beginning and before the end."""
    step = relativedelta(years=1) if is_long else relativedelta(months=3)
    day = scale.start.replace(month=1, day=1)
    days = []
    while day < scale.end:
        if day > scale.start:
            days.append(day)
        day += step
    return days
