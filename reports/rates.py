"""Reporting over time: how many of the initial reports due by each day were in by then."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from ccm_portal.charts import rates as chart
from ccm_portal.charts.rates import RateChart, Step
from ccm_portal.charts.stepped import Landmark
from ccm_portal.dates import date_format
from ccm_portal.links import Number
from states.models import Meeting

from .day import Day
from .deadlines import Kind, ReportDeadline
from .state_of_play import StateOfPlay, play

COLUMNS = ("date", "due", "received", "open")


@dataclass(frozen=True)
class StepRow:
    """A step as a line of the table: the day leads to the register of that day."""

    on: date
    url: str
    due: int
    certain: int
    open: int


@dataclass(frozen=True)
class Rates:
    """What the chart says in a sentence, its drawings for wide and narrow screens, its steps.

    `table` has the steps as lines; `ends_on`: the day of the page, or the last day that the
    entries are vouched for.
    """

    finding: str
    charts: tuple[RateChart, ...]
    steps: tuple[Step, ...]
    table: tuple[StepRow, ...]
    ends_on: date
    is_cut: bool
    due: Number | None
    received: Number | None


def build(day: Day, meetings: Sequence[Meeting]) -> Rates:
    """Initial reports due and in, from the first due date to the day."""
    through = day.complete_through(Kind.INITIAL)
    ends_on = min(day.on, through) if through else day.on
    found = steps(day.of_kind(Kind.INITIAL), ends_on, through) if through else ()
    landmarks = _landmarks(day, [meeting for meeting in meetings if meeting.ends_on <= ends_on])
    is_cut = ends_on < day.on
    at_end = {"as_of": ends_on.isoformat()} if is_cut else {}
    has_chart = bool(found) and ends_on - found[0].on >= timedelta(days=30)
    return Rates(
        finding=_finding(found, ends_on, through),
        charts=tuple(
            chart.draw(
                found,
                landmarks,
                end=ends_on,
                is_narrow=is_narrow,
                is_mirrored=get_language_bidi(),
            )
            for is_narrow in (False, True)
            if has_chart
        ),
        steps=found,
        table=tuple(_step_row(day, step) for step in found),
        ends_on=ends_on,
        is_cut=is_cut,
        due=day.links.figure(found[-1].due, "reports.initial.due", **at_end) if found else None,
        received=day.links.figure(
            found[-1].certain, "reports.initial.due & reports.initial.received", **at_end
        )
        if found
        else None,
    )


def _step_row(day: Day, step: Step) -> StepRow:
    url = day.links.to("reports:register", as_of=step.on.isoformat())
    return StepRow(step.on, url, step.due, step.certain, step.open)


def steps(
    deadlines: Iterable[ReportDeadline], until: date, through: date | None
) -> tuple[Step, ...]:
    """The counts after each day on which they changed, up to a day; the oldest first.

    `deadlines` are initial reports; `through` is the last day that is vouched for.
    """
    changes: dict[date, Counter[str]] = {}
    for deadline in deadlines:
        before: Counter[str] = Counter()
        for on in _days_of_change(deadline):
            if deadline.due_on <= on <= until:
                now = _counted(deadline, on, through)
                changes.setdefault(on, Counter()).update(now)
                changes[on].subtract(before)
                before = now
    total: Counter[str] = Counter()
    found = []
    for on in sorted(changes):
        total.update(changes[on])
        step = Step(
            on=on, certain=total["in"], possible=total["in"] + total["open"], due=total["due"]
        )
        if any(changes[on].values()):
            found.append(step)
    return tuple(found)


def rows(found: Iterable[Step]) -> list[tuple[date, int, int, int]]:
    """The steps as rows of a table, in the order of `COLUMNS`."""
    return [(step.on, step.due, step.certain, step.open) for step in found]


def _days_of_change(deadline: ReportDeadline) -> list[date]:
    """Every day on which the answer about one report may change, in order of time."""
    days = {deadline.due_on}
    receipt = deadline.receipt
    if receipt is not None:
        days |= {day for day in (receipt.earliest, receipt.not_after) if day is not None}
        days |= {day + timedelta(days=1) for day in receipt.missing_on}
        days |= {deadline.due_on + timedelta(days=1)}
    return sorted(days)


def _counted(deadline: ReportDeadline, on: date, through: date | None) -> Counter[str]:
    """One report on a day from its due date on: due, and in, or open, or neither."""
    receipt = deadline.receipt
    stands = play(due_on=deadline.due_on, receipt=receipt, on=on, complete_through=through).state
    begun = receipt is not None and receipt.earliest is not None and receipt.earliest <= on
    counted = Counter({"due": 1})
    if stands.is_in:
        counted["in"] = 1
    elif begun or stands is StateOfPlay.NOT_KNOWN:
        counted["open"] = 1
    return counted


def percent(step: Step) -> int:
    """How many of a hundred reports due were certainly in, rounded down: it says “at least”."""
    return 100 * step.certain // step.due


def _finding(found: Sequence[Step], ends_on: date, through: date | None) -> str:
    if through is None:
        return _("Nobody vouches yet for the entries of initial reports: no rate is drawn.")
    if not found:
        return _("No initial report had fallen due by %(day)s.") % {
            "day": date_format(ends_on, "j F Y")
        }
    last = found[-1]
    values = {
        "day": date_format(ends_on, "j F Y"),
        "percent": percent(last),
        "count": last.certain,
        "due": last.due,
    }
    if last.possible > last.certain:
        return (
            _("By %(day)s, at least %(percent)d per cent of the initial reports due were in.")
            % values
        )
    return _("By %(day)s, %(percent)d per cent of the initial reports due were in.") % values


def _landmarks(day: Day, held: Sequence[Meeting]) -> list[Landmark]:
    return [
        Landmark(
            day=meeting.ends_on,
            label=meeting.code,
            detail=date_format(meeting.ends_on, "M Y"),
            url=day.links.to("reports:register", as_of=meeting.ends_on.isoformat()),
            priority=age,
        )
        for age, meeting in enumerate(reversed(held))
    ][::-1]
