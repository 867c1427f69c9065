"""The moments of a state's life: what it did, and the days that follow from it."""

from datetime import date

from django.utils.translation import gettext as _

from ccm_portal.charts.life_line import Moment
from ccm_portal.dates import date_format

from .clocks import Clock, ClockKind
from .register import Event, Standing
from .wording import performed


def anchor(event: Event) -> str:
    """The id of a treaty action's row on the page."""
    return f"{event.kind}-{event.on.isoformat()}".replace("_", "-")


def of_standing(standing: Standing, dates: list[Clock]) -> list[Moment]:
    """What the life line shows, a moment a day: things of one day share their words."""
    by_day: dict[date, list[Moment]] = {}
    for event in standing.events:
        label = performed(event.kind)
        label = label[:1].upper() + label[1:]
        by_day.setdefault(event.on, []).append(Moment(event.on, label, "", f"#{anchor(event)}", 0))
    for clock in dates:
        if clock.due_on is not None:
            moment = Moment(
                clock.due_on, _short_title(clock), "", f"#clock-{clock.kind.value}", _urgency(clock)
            )
            by_day.setdefault(clock.due_on, []).append(moment)
    return [_merged(day, by_day[day]) for day in sorted(by_day)]


def _merged(day: date, moments: list[Moment]) -> Moment:
    first = moments[0]
    labels = [first.label, *(moment.label[:1].lower() + moment.label[1:] for moment in moments[1:])]
    return Moment(
        day=day,
        label=", ".join(labels),
        detail=date_format(day, "j M Y"),
        url=first.url,
        priority=min(moment.priority for moment in moments),
    )


def _short_title(clock: Clock) -> str:
    titles = {
        ClockKind.ENTRY_INTO_FORCE: _("In force"),
        ClockKind.INITIAL_REPORT: _("Initial report due"),
        ClockKind.ANNUAL_REPORT: _("Annual report due"),
        ClockKind.STOCKPILE_DESTRUCTION: _("Article 3 clock"),
        ClockKind.CLEARANCE: _("Article 4 clock"),
        ClockKind.WITHDRAWAL: _("Withdrawal takes effect"),
    }
    return titles[clock.kind]


def _urgency(clock: Clock) -> int:
    return 1 if clock.is_conditional else 0
