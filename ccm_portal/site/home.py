"""The overview: who has joined, how that grew, what came last and what comes next."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, get_language_bidi

from actions.evaluation import Evaluation
from ccm_portal.as_of import EARLIEST, AsOf
from ccm_portal.charts.ticks import Squares, squares
from ccm_portal.exports import csv_response
from ccm_portal.links import Links, Number
from reports.sections import OverviewSection, overview_section
from states.meetings import formal_meetings
from states.membership import membership
from states.models import Region
from states.register import DEPOSIT_KINDS, Event, Kind, Register, Standing, Status
from states.wording import performed

from . import description, glance, growth, headline, world
from .changes import TwoDays
from .glance import DutyRow, Glance, Next
from .growth import Growth
from .headline import Headline
from .world import World

NEWEST = 7
NEXT = 12


@dataclass(frozen=True)
class RegionCell:
    """How many states of a region stand in one way, and their squares."""

    title: str
    number: Number
    squares: Squares


@dataclass(frozen=True)
class RegionRow:
    """A region with its three numbers."""

    title: str
    cells: tuple[RegionCell, ...]


@dataclass(frozen=True)
class News:
    """Something a state did, newest first."""

    on: date
    standing: Standing
    action: str
    in_force_on: date | None


@dataclass(frozen=True)
class Due:
    """A day to come and the states for which something happens on it."""

    on: date
    days_left: int
    standings: tuple[Standing, ...]


@dataclass(frozen=True)
class Home:
    """Everything on the overview. Costs 23 queries with its frame, however many states."""

    headline: Headline
    glances: tuple[Glance, ...]
    next: Next | None
    since: str
    duties: tuple[DutyRow, ...]
    growth: Growth
    world: World
    regions: tuple[RegionRow, ...]
    deposits: tuple[News, ...]
    signatures: tuple[News, ...]
    withdrawals: tuple[News, ...]
    entering_into_force: tuple[Due, ...]
    reports: OverviewSection


def home(request: HttpRequest) -> HttpResponse:
    """The overview of a day."""
    as_of: AsOf = request.as_of  # type: ignore[attr-defined]
    context = {"home": build(as_of), "structured": description.website(request)}
    return render(request, "site/home.html", context)


def growth_csv(request: HttpRequest) -> HttpResponse:
    """The numbers behind the growth chart."""
    as_of: AsOf = request.as_of  # type: ignore[attr-defined]
    steps = membership(Register.load(as_of.day))
    return csv_response(
        growth.rows(steps), growth.COLUMNS, filename=f"growth-{as_of.day.isoformat()}.csv"
    )


def build(as_of: AsOf) -> Home:
    """Load everything recorded, and look at it on the day."""
    links = Links(as_of)
    evaluation = Evaluation.load(as_of.day, language=get_language() or "en")
    register = evaluation.register
    steps = membership(register)
    meetings = formal_meetings()
    reports = overview_section(evaluation.reporting, as_of.day, meetings, links)
    past = [meeting for meeting in meetings if meeting.ends_on < as_of.day]
    two_days = TwoDays.since_meeting(evaluation, meetings, links, also=glance.expressions())
    answers = two_days.now
    return Home(
        glances=glance.glances(two_days, answers, links),
        next=glance.coming_next(reports.coming, links),
        since=glance.since_words(past[-1] if past else None, EARLIEST),
        duties=glance.duties(answers, links, is_mirrored=get_language_bidi()),
        headline=headline.build(evaluation, steps, meetings, links),
        growth=growth.build(steps, on=as_of.day, meetings=meetings, links=links),
        world=world.build(register, links),
        regions=tuple(_region(register, region, links) for region in Region),
        deposits=_newest(register, DEPOSIT_KINDS),
        signatures=_newest(register, {Kind.SIGNATURE}),
        withdrawals=_newest(register, {Kind.WITHDRAWAL}),
        entering_into_force=_due(
            register, lambda standing: standing.entry_into_force, after=as_of.day
        ),
        reports=reports,
    )


def _region(register: Register, region: Region, links: Links) -> RegionRow:
    here = [standing for standing in register if standing.state.ccm_region == region.value]
    cells = []
    for status in Status:
        count = sum(standing.status is status for standing in here)
        cells.append(
            RegionCell(
                title=str(status.label),
                number=links.states(count, status=status.value, region=region.value),
                squares=squares(
                    status.value.replace("_", "-"), count, is_mirrored=get_language_bidi()
                ),
            )
        )
    return RegionRow(title=str(region.label), cells=tuple(cells))


def _newest(register: Register, kinds: Collection[str]) -> tuple[News, ...]:
    happened = [
        (standing, event)
        for standing in register
        for event in standing.events
        if event.kind in kinds
    ]
    happened.sort(key=lambda item: item[1].on, reverse=True)
    return tuple(_news(standing, event) for standing, event in happened[:NEWEST])


def _news(standing: Standing, event: Event) -> News:
    is_latest = standing.deposited is event
    return News(
        on=event.on,
        standing=standing,
        action=performed(event.kind),
        in_force_on=standing.entry_into_force if is_latest else None,
    )


def _due(
    register: Register, day_of: Callable[[Standing], date | None], *, after: date
) -> tuple[Due, ...]:
    """The next days after a day on which something falls due, with their states."""
    coming = [
        (day, standing)
        for standing in register.parties
        if (day := day_of(standing)) is not None and day > after
    ]
    coming.sort(key=lambda item: (item[0], item[1].state.sort_key))
    groups = [
        Due(
            on=day,
            days_left=(day - register.on).days,
            standings=tuple(standing for _, standing in items),
        )
        for day, items in groupby(coming, key=lambda item: item[0])
    ]
    shown, count = [], 0
    for due in groups:
        if count >= NEXT:
            break
        shown.append(due)
        count += len(due.standings)
    return tuple(shown)
