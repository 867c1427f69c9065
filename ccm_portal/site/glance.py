"""The overview at a glance: the number of each subject, how it changed, and what comes next."""

from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from ccm_portal.charts.ticks import Squares, squares
from ccm_portal.dates import date_format
from ccm_portal.links import Links, Number
from reports.coming import Coming
from reports.wording import number_link
from states.models import Meeting

from .changes import TwoDays
from .numbers import GROUPS
from .themes.answers import Answers
from .themes.catalogue import THEMES
from .themes.description import Description, Said

SHOWN = {
    "transparency": (1, _lazy("initial reports are in")),
    "stockpile-destruction": (0, _lazy("States Parties with stockpiles to destroy")),
    "clearance": (0, _lazy("States Parties with land to clear")),
    "victim-assistance": (0, _lazy("States Parties responsible for victims")),
    "cooperation-assistance": (0, _lazy("States Parties in need of assistance")),
    "national-implementation": (0, _lazy("States Parties with a law on cluster munitions")),
}
"""Which of a theme's numbers stands for it, by its place in `GROUPS`, and what it counts."""
BESIDE = {
    "transparency": Said(
        _lazy("of {1} due; {0} is overdue"),
        _lazy("of {1} due; {0} are overdue"),
        ("reports.initial.overdue", "reports.initial.due"),
        none=_lazy("of {1} due"),
    ),
    "stockpile-destruction": Said(
        _lazy("{0} has finished"),
        _lazy("{0} have finished"),
        ("stockpile.completed & parties",),
    ),
    "clearance": Said(
        _lazy("{0} has finished"), _lazy("{0} have finished"), ("clearance.completed & parties",)
    ),
    "victim-assistance": Said(
        _lazy("{0} coordinates it"),
        _lazy("{0} coordinate it"),
        ("victims.coordination & victims.declared & parties",),
    ),
    "cooperation-assistance": Said(
        _lazy("{0} reports funding"),
        _lazy("{0} report funding"),
        ("assistance.funding_provided & parties",),
    ),
    "national-implementation": Said(
        _lazy("{0} prepares one"),
        _lazy("{0} prepare one"),
        ("legislation.in_preparation & parties",),
    ),
}
"""The words beside each number, by theme."""


MOST_NAMED = 3


@dataclass(frozen=True)
class Glance:
    """One subject: its number, what the number counts, and a sentence beside it."""

    title: str
    url: str
    number: Number
    counts: str
    beside: SafeString
    change: str


@dataclass(frozen=True)
class Next:
    """The next day on which reports fall due."""

    on: date
    days_left: str
    states: SafeString


@dataclass(frozen=True)
class DutyRow:
    """A theme in the table of duties."""

    title: str
    basis: str
    url: str
    parties: Number
    party_squares: Squares
    signatories: Number
    signatory_squares: Squares
    done: SafeString


def expressions() -> list[str]:
    """The questions behind the table of duties."""
    wanted = [part for theme in THEMES.values() for part in theme.of_the_overview()]
    return [*wanted, *(part for said in BESIDE.values() for part in said.expressions)]


def glances(two_days: TwoDays, answers: Answers, links: Links) -> tuple[Glance, ...]:
    """The subjects of which something is known."""
    found = []
    for group in GROUPS:
        if group.theme not in SHOWN:
            continue
        place, words = SHOWN[group.theme]
        counted = group.counted[place]
        change = two_days.of(counted)
        if change is None:
            continue
        beside = answers.sentence(BESIDE[group.theme], has_capital=False)
        found.append(
            Glance(
                title=str(group.title),
                url=links.to("theme", group.theme),
                number=change.now,
                counts=str(words),
                beside=beside or SafeString(""),
                change=change.signed if change.by else "",
            )
        )
    return tuple(found)


def duties(answers: Answers, links: Links, *, is_mirrored: bool) -> tuple[DutyRow, ...]:
    """The themes with states that have a duty, those of which nothing is recorded left out."""
    return tuple(
        _duty(theme, answers, links, is_mirrored)
        for theme in THEMES.values()
        if theme.is_duty and answers.knows(theme.of_parties(theme.concerned))
    )


def _duty(theme: Description, answers: Answers, links: Links, is_mirrored: bool) -> DutyRow:
    parties = answers.number(theme.of_parties(theme.concerned))
    signatories = answers.number(theme.of_signatories(theme.concerned))
    return DutyRow(
        title=str(theme.title),
        basis=f"{theme.basis}, {theme.concerned_words}",
        url=links.to("theme", theme.code),
        parties=parties,
        party_squares=squares("party", parties.count, is_mirrored=is_mirrored),
        signatories=signatories,
        signatory_squares=squares("signatory", signatories.count, is_mirrored=is_mirrored),
        done=answers.sentences(theme.done),
    )


def coming_next(coming: Coming, links: Links) -> Next | None:
    """The next day of the calendar: its states by name where they are few."""
    if not coming.days:
        return None
    day = coming.days[0]
    if day.number is not None or len(day.deadlines) > MOST_NAMED:
        count = day.number.count if day.number else len(day.deadlines)
        url = day.number.url if day.number else links.to("reports:register")
        words = ngettext("{count} report", "{count} reports", count)
        states = format_html(words, count=number_link(count, url))
    else:
        states = format_html_join(
            ", ",
            '<a href="{}">{}</a>',
            (
                (links.to("state", due.standing.state.slug), due.standing.state.name)
                for due in day.deadlines
            ),
        )
    return Next(on=day.on, days_left=day.days_left, states=states)


def since_words(meeting: Meeting | None, day: date) -> str:
    """What the changes are counted from."""
    if meeting is None:
        return _("since %(day)s") % {"day": date_format(day, "j F Y")}
    return _("since the %(meeting)s, %(month)s") % {
        "meeting": meeting.name,
        "month": date_format(meeting.ends_on, "F Y"),
    }
