"""What `states` gives to a state's page: sentence, facts, life line, dates, actions, names."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from ccm_portal.as_of import EARLIEST
from ccm_portal.charts import life_line
from ccm_portal.charts.life_line import LifeLine, Moment
from ccm_portal.dates import date_format
from ccm_portal.links import Links, Number

from . import convention
from .clocks import Clock, ClockKind, clocks
from .models import Region, StateName
from .moments import anchor, of_standing
from .names import NameRow
from .register import Event, Extension, Register, Standing, Status
from .wording import performed


@dataclass(frozen=True)
class Fact:
    """One of the few facts under the name, each “one of N” with a link to the N."""

    title: str
    value: str
    number: Number
    of: str
    status: str = ""


@dataclass(frozen=True)
class DatedClock:
    """A clock with the words for how far off its day is."""

    clock: Clock
    when: str
    is_past: bool


@dataclass(frozen=True)
class NameSpan:
    """A short or formal name and the time of its use."""

    name: str
    kind: str
    language: str
    valid_from: date | None
    valid_until: date | None
    is_in_use: bool


@dataclass(frozen=True)
class ActionRow:
    """A treaty action and the id of its row."""

    event: Event
    anchor: str


@dataclass(frozen=True)
class StatesSection:
    """Everything the register says of one state on one day."""

    standing: Standing
    sentence: SafeString
    facts: tuple[Fact, ...]
    life_line: LifeLine | None
    moments: tuple[tuple[Moment, bool], ...]
    clocks: tuple[DatedClock, ...]
    events: tuple[Event, ...]
    extensions: tuple[Extension, ...]
    names: tuple[NameSpan, ...]
    spellings: tuple[str, ...]

    @property
    def actions(self) -> tuple[ActionRow, ...]:
        return tuple(ActionRow(event, anchor(event)) for event in self.events)

    @property
    def moments_past(self) -> int:
        """How many moments of the life line lie at or before the day."""
        return sum(not is_to_come for _, is_to_come in self.moments)

    @property
    def is_before_independence(self) -> bool:
        since = self.standing.state.independent_from
        return since is not None and self.standing.on < since


def section(register: Register, standing: Standing, links: Links) -> StatesSection:
    """Put together what the page of a state shows of the register. No query."""
    dated = [_dated(clock, standing.on) for clock in clocks(standing)]
    moments = of_standing(standing, [item.clock for item in dated])
    rows = list(register.history.names.of_state(standing.state.id))
    return StatesSection(
        standing=standing,
        sentence=_sentence(standing),
        facts=tuple(_facts(register, standing, links)),
        life_line=life_line.draw(
            moments, start=EARLIEST, on=standing.on, is_mirrored=get_language_bidi()
        )
        if moments
        else None,
        moments=tuple((moment, moment.day > standing.on) for moment in moments),
        clocks=tuple(item for item in dated if not item.clock.is_conditional),
        events=standing.events,
        extensions=standing.extensions,
        names=tuple(_names(rows, standing.on)),
        spellings=tuple(
            dict.fromkeys(row.name for row in rows if row.kind == StateName.Kind.SPELLING)
        ),
    )


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _event_link(event: Event) -> SafeString:
    return format_html('<a class="number" href="#{}">{}</a>', anchor(event), _day(event.on))


def _clock_link(kind: ClockKind, day: date) -> SafeString:
    return format_html('<a class="number" href="#{}">{}</a>', f"clock-{kind.value}", _day(day))


def _sentence(standing: Standing) -> SafeString:
    """The state's standing in one sentence, with links to the rows that prove it."""
    match standing.status:
        case Status.PARTY:
            return _party_sentence(standing)
        case Status.SIGNATORY:
            return _signatory_sentence(standing)
        case _:
            return _not_party_sentence(standing)


def _party_sentence(standing: Standing) -> SafeString:
    deposited, since = standing.deposited, standing.entry_into_force
    assert deposited is not None
    values = {"did": performed(deposited.kind), "day": _event_link(deposited)}
    if since is None:
        text = _("A State Party since it {did} on {day}; nobody can tell yet when it is bound.")
    elif since <= standing.on:
        text = _("A State Party since it {did} on {day}, bound since {since}.")
    else:
        text = _("A State Party since it {did} on {day}, to be bound from {since}.")
    if since is not None:
        values["since"] = _clock_link(ClockKind.ENTRY_INTO_FORCE, since)
    sentence = format_html(text, **values)
    if standing.withdrawal is not None:
        sentence = format_html("{} {}", sentence, _withdrawal_to_come(standing))
    return sentence


def _withdrawal_to_come(standing: Standing) -> SafeString:
    assert standing.withdrawal is not None
    if standing.withdrawn_on is None:
        return format_html(
            _("It notified its withdrawal on {day}, which has not taken effect."),
            day=_event_link(standing.withdrawal),
        )
    return format_html(
        _("It notified its withdrawal on {day}, to take effect on {effect}."),
        day=_event_link(standing.withdrawal),
        effect=_clock_link(ClockKind.WITHDRAWAL, standing.withdrawn_on),
    )


def _signatory_sentence(standing: Standing) -> SafeString:
    assert standing.signature is not None
    return format_html(
        _("A signatory since {day} that has not ratified."), day=_event_link(standing.signature)
    )


def _not_party_sentence(standing: Standing) -> SafeString:
    if standing.withdrawal is not None and standing.withdrawn_on is not None:
        assert standing.deposited is not None
        return format_html(
            _(
                "No longer a State Party: it {did} on {day}, and its withdrawal took effect on "
                "{effect}."
            ),
            did=performed(standing.deposited.kind),
            day=_event_link(standing.deposited),
            effect=_clock_link(ClockKind.WITHDRAWAL, standing.withdrawn_on),
        )
    if convention.is_open_for_signature(standing.on):
        return conditional_escape(
            _("Not party to the Convention: it has neither signed nor joined.")
        )
    return conditional_escape(
        _("Not party to the Convention: it did not sign, and it may accede at any time.")
    )


def _facts(register: Register, standing: Standing, links: Links) -> Iterator[Fact]:
    titles = {
        Status.PARTY: (_("State Party"), _("States Parties")),
        Status.SIGNATORY: (_("Signatory"), _("signatories")),
        Status.NOT_PARTY: (_("State not party"), _("states not party")),
    }
    group, (title, plural) = register.having(standing.status), titles[standing.status]
    status = standing.status.value
    yield Fact(_("Status"), title, links.states(len(group), status=status), plural, status)
    if standing.status is Status.PARTY:
        yield _effect_fact(register, standing, links)
    if standing.is_withdrawn:
        count = len(register.withdrawn)
        number = links.states(count, status="withdrawn")
        yield Fact(
            _("Until"), _day(standing.withdrawn_on or standing.on), number, _("that withdrew")
        )
    region = Region(standing.state.ccm_region)
    here = sum(other.state.ccm_region == region.value for other in group)
    yield Fact(
        _("Region"),
        str(region.label),
        links.states(here, status=status, region=region.value),
        _("%(status)s there") % {"status": plural},
    )


def _effect_fact(register: Register, standing: Standing, links: Links) -> Fact:
    bound = len(register.bound)
    if standing.is_bound:
        number = links.figure(bound, "in_force")
        return Fact(_("The Convention is"), _("In force"), number, _("that are bound"))
    number = links.figure(len(register.parties) - bound, "awaiting_entry_into_force")
    return Fact(_("The Convention is"), _("Not yet in force"), number, _("that wait for it"))


def _dated(clock: Clock, on: date) -> DatedClock:
    if clock.due_on is None:
        return DatedClock(clock, _("not known yet"), is_past=False)
    days = (clock.due_on - on).days
    if days == 0:
        return DatedClock(clock, _("on this day"), is_past=False)
    if days > 0:
        return DatedClock(clock, _in_days(days), is_past=False)
    return DatedClock(clock, _days_ago(-days), is_past=True)


def _in_days(days: int) -> str:
    if days > 730:
        return _("in %(years)d years") % {"years": round(days / 365.25)}
    return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}


def _days_ago(days: int) -> str:
    if days > 730:
        return _("%(years)d years ago") % {"years": round(days / 365.25)}
    return ngettext("%(days)d day ago", "%(days)d days ago", days) % {"days": days}


def _names(rows: list[NameRow], on: date) -> Iterator[NameSpan]:
    """Short and formal names in order of time; with one language only where it is English."""
    shown = [row for row in rows if row.kind in (StateName.Kind.SHORT, StateName.Kind.FORMAL)]
    shown.sort(key=lambda row: (row.language != "en", row.language, row.valid_from or date.min))
    for row in shown:
        yield NameSpan(
            name=row.name,
            kind=str(StateName.Kind(row.kind).label),
            language=row.language,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            is_in_use=row.holds(on),
        )
