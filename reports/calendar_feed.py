"""Coming deadlines as a calendar (RFC 5545), for all states or for one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from . import wording
from .deadlines import Kind, ReportDeadline
from .explanations import due_sentence
from .state_of_play import StateOfPlay

CONTENT_TYPE = "text/calendar; charset=utf-8"
DOMAIN = "article7.convention-on-cluster-munitions"
"""Makes the identifiers of events unique in the world; no address, so that a move changes none."""


def uid(deadline: ReportDeadline) -> str:
    """The event's identifier, independent of the due date, which moves when a date is corrected.

    An initial report goes by the year of the deposit, an annual one by the year that it covers.
    """
    year = deadline.year or deadline.membership.deposited.on.year
    return f"{deadline.kind}-{deadline.standing.state.iso3}-{year}@{DOMAIN}"


def coming(deadlines: Iterable[ReportDeadline]) -> list[ReportDeadline]:
    """Those that are still to come and not in yet, the first due first."""
    found = [item for item in deadlines if item.state_of_play is StateOfPlay.NOT_DUE]
    return sorted(found, key=lambda item: (item.due_on, item.standing.state.sort_key, item.kind))


@dataclass(frozen=True)
class Entry:
    """A day to come in a calendar. `slug` leads to the state's page."""

    uid: str
    on: date
    summary: str
    description: str
    category: str
    slug: str


def entries(deadlines: Iterable[ReportDeadline]) -> list[Entry]:
    """The reports that are still to come as days of a calendar."""
    return [_entry(deadline) for deadline in coming(deadlines)]


def calendar(days: Iterable[Entry], *, on: date, name: str, url_of: Callable[[str], str]) -> bytes:
    """A calendar of days. `on`: the day of the answer; `url_of`: a state's address by its slug."""
    result = Calendar()
    result.add("prodid", f"-//{DOMAIN}//deadlines//EN")
    result.add("version", "2.0")
    result.add("method", "PUBLISH")
    result.add("x-wr-calname", name)
    for day in days:
        result.add_component(_event(day, on, url_of(day.slug)))
    return bytes(result.to_ical())


def _entry(deadline: ReportDeadline) -> Entry:
    return Entry(
        uid=uid(deadline),
        on=deadline.due_on,
        summary=_("%(state)s: %(report)s due")
        % {
            "state": deadline.standing.state.name,
            "report": _in_lower_case(wording.title(deadline.kind, deadline.year)),
        },
        description=due_sentence(deadline),
        category=str(Kind(deadline.kind).label),
        slug=deadline.standing.state.slug,
    )


def _event(day: Entry, on: date, url: str) -> Event:
    event = Event()
    event.add("uid", day.uid)
    event.add("dtstamp", datetime.combine(on, time.min, tzinfo=UTC))
    event.add("dtstart", day.on)
    event.add("dtend", day.on + timedelta(days=1))
    event.add("summary", day.summary)
    event.add("description", day.description)
    event.add("categories", [day.category])
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    return event


def _in_lower_case(text: str) -> str:
    return text[:1].lower() + text[1:]
