"""Coming deadlines as a calendar (RFC 5545), for all states or for one."""

from collections.abc import Callable, Iterable
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


def calendar(
    deadlines: Iterable[ReportDeadline], *, on: date, name: str, url_of: Callable[[str], str]
) -> bytes:
    """A calendar of days. `on`: the day of the answer; `url_of`: a state's address by its slug."""
    result = Calendar()
    result.add("prodid", f"-//{DOMAIN}//deadlines//EN")
    result.add("version", "2.0")
    result.add("method", "PUBLISH")
    result.add("x-wr-calname", name)
    for deadline in coming(deadlines):
        result.add_component(_event(deadline, on, url_of(deadline.standing.state.slug)))
    return bytes(result.to_ical())


def _event(deadline: ReportDeadline, on: date, url: str) -> Event:
    event = Event()
    event.add("uid", uid(deadline))
    event.add("dtstamp", datetime.combine(on, time.min, tzinfo=UTC))
    event.add("dtstart", deadline.due_on)
    event.add("dtend", deadline.due_on + timedelta(days=1))
    event.add(
        "summary",
        _("%(state)s: %(report)s due")
        % {
            "state": deadline.standing.state.name,
            "report": _in_lower_case(wording.title(deadline)),
        },
    )
    event.add("description", due_sentence(deadline))
    event.add("categories", [str(Kind(deadline.kind).label)])
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    return event


def _in_lower_case(text: str) -> str:
    return text[:1].lower() + text[1:]
