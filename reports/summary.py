"""The register's findings in sentences: what has fallen due, what is in, what is not known."""

from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.dates import date_format
from ccm_portal.figures import Figure
from states.register import Standing

from .day import Day
from .deadlines import Kind, ReportDeadline
from .state_of_play import StateOfPlay
from .wording import named, number_link, phrase_link

DUE = "reports.initial.due"
RECEIVED = "reports.initial.due & reports.initial.received"
OVERDUE = "reports.initial.overdue"
NOT_KNOWN = "reports.initial.not_known"
MOST_NAMED = 3
"""Open cases up to this many are named, more are counted."""


@dataclass(frozen=True)
class Summary:
    """Sentences whose numbers lead to their states. The first says how many have fallen due."""

    sentences: tuple[SafeString, ...]

    @property
    def text(self) -> SafeString:
        """The sentences one after the other."""
        return format_html_join(" ", "{}", ((sentence,) for sentence in self.sentences))


def build(day: Day) -> Summary:
    """The initial reports of a day in sentences."""
    due = day.figure(DUE)
    if not due.count:
        return Summary(_nothing_due(day))
    sentences = [
        _in(day, due, day.figure(RECEIVED), day.figure(NOT_KNOWN)),
        _overdue(day),
        _open(day),
    ]
    return Summary(tuple(sentence for sentence in sentences if sentence is not None))


def _url(day: Day, expression: str) -> str:
    return day.links.to("figures", expression=expression)


def _nothing_due(day: Day) -> tuple[SafeString, ...]:
    first = format_html(
        _("No initial report had fallen due by {day}."), day=date_format(day.on, "j F Y")
    )
    coming = [deadline.due_on for deadline in day.of_kind(Kind.INITIAL)]
    if not coming:
        return (first,)
    next_on = min(coming)
    expression = f"reports.initial.due_by({next_on.isoformat()})"
    count = day.figure(expression).count
    follows = format_html(
        ngettext(
            "The first, {count} of them, falls due on {day}.",
            "The first, {count} of them, fall due on {day}.",
            count,
        ),
        count=number_link(count, _url(day, expression), in_words=True),
        day=date_format(next_on, "j F Y"),
    )
    return (first, follows)


def _in(day: Day, due: Figure, received: Figure, not_known: Figure) -> SafeString:
    """How many are in, “at least” where some are open."""
    total = number_link(due.count, _url(day, DUE))
    if due.count == 1:
        state = named([(deadline.standing, day.url(deadline)) for deadline in _due(day)])
        if received.count:
            text = _("The one initial report that has fallen due by this date, of {state}, is in.")
        else:
            text = _("One initial report has fallen due by this date, that of {state}.")
        return format_html(text, state=state)
    if not received.count:
        return format_html(
            _("Of the {total} initial reports due by this date, none is known to be in."),
            total=total,
        )
    count = number_link(received.count, _url(day, RECEIVED))
    if not_known.count:
        text = ngettext(
            "At least {count} of the {total} initial reports due by this date is in.",
            "At least {count} of the {total} initial reports due by this date are in.",
            received.count,
        )
    else:
        text = ngettext(
            "{count} of the {total} initial reports due by this date is in.",
            "{count} of the {total} initial reports due by this date are in.",
            received.count,
        )
    return format_html(text, count=count, total=total)


def _due(day: Day) -> list[ReportDeadline]:
    return [deadline for deadline in day.of_kind(Kind.INITIAL) if deadline.has_fallen_due]


def _overdue(day: Day) -> SafeString | None:
    overdue = day.having(StateOfPlay.OVERDUE, kind=Kind.INITIAL)
    if not overdue:
        is_open = day.having(StateOfPlay.NOT_KNOWN, StateOfPlay.NOT_ENTERED, kind=Kind.INITIAL)
        return None if is_open else conditional_escape(_("None is overdue."))
    if len(_due(day)) == 1:
        return conditional_escape(_("It is overdue."))
    if len(overdue) == 1:
        state = named([(overdue[0].standing, day.url(overdue[0]))])
        return format_html(_("That of {state} is overdue."), state=state)
    text = ngettext("%(count)s is overdue", "%(count)s are overdue", len(overdue))
    words = text % {"count": capfirst(str(apnumber(len(overdue))))}
    return format_html("{}.", phrase_link(words, _url(day, OVERDUE)))


def _open(day: Day) -> SafeString | None:
    """The cases that the evidence leaves open, by name where they are few."""
    cases = day.having(StateOfPlay.NOT_KNOWN, StateOfPlay.NOT_ENTERED, kind=Kind.INITIAL)
    if not cases:
        return None
    through = day.complete_through(Kind.INITIAL)
    states: list[tuple[Standing, str]] = [
        (deadline.standing, day.url(deadline)) for deadline in cases
    ]
    which = (
        named(states)
        if len(cases) <= MOST_NAMED
        else format_html(
            ngettext("{count} more", "{count} more", len(cases)),
            count=number_link(len(cases), _url(day, NOT_KNOWN), in_words=True),
        )
    )
    if through is not None and day.on > through:
        return format_html(
            _("Whether that of {which} has come is not known: the entries end on {day}.")
            if len(cases) <= MOST_NAMED
            else _("Whether {which} have come is not known: the entries end on {day}."),
            which=which,
            day=date_format(through, "j F Y"),
        )
    return format_html(
        _("Whether that of {which} has come is not known.")
        if len(cases) <= MOST_NAMED
        else _("Whether {which} have come is not known."),
        which=which,
    )
