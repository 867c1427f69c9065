"""Deadlines of Articles 3 and 4 as days of a calendar, beside those of reports."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from reports import calendar_feed
from reports.calendar_feed import Entry
from reports.deadlines import ReportDeadline

from . import words
from .assembling import Duty, DutyState
from .joined import Deadline


def entries(deadlines: Iterable[Deadline]) -> list[Entry]:
    """What is still to come, the first due first: of duties only those that are recorded."""
    deadlines = list(deadlines)
    found = calendar_feed.entries(item for item in deadlines if isinstance(item, ReportDeadline))
    found += [
        _entry(item)
        for item in deadlines
        if isinstance(item, Duty) and item.state_of_play is DutyState.NOT_DUE
    ]
    return sorted(found, key=lambda entry: entry.on)


def _entry(duty: Duty) -> Entry:
    # By the year of the deposit, so that an extension moves the day and makes no second event.
    deposited = duty.standing.deposited
    year = deposited.on.year if deposited else 0
    state = duty.standing.state
    return Entry(
        uid=f"{duty.kind}-{state.iso3}-{year}@{calendar_feed.DOMAIN}",
        on=duty.due_on,
        summary=_("%(state)s: deadline for %(duty)s")
        % {"state": state.name, "duty": words.title(duty.kind)},
        description=duty.clock.explanation,
        category=duty.clock.title,
        slug=state.slug,
    )
