"""The one place where status is derived: who is bound by the Convention on a date, since when.

Two meanings of State Party are kept apart and never guessed. The community counts a state from
the day it *deposits* its instrument (`Standing.status`, `Register.parties`); the law binds it from
*entry into force* (`Standing.is_bound`, `Register.bound`).
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Protocol, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ccm_portal.kept import Recent, kept

from . import convention
from .models import Certainty, Document, ExtensionDecision, State, TreatyAction
from .names import NameBook, fold

Kind = TreatyAction.Kind

DEPOSIT_KINDS = frozenset(
    {Kind.RATIFICATION, Kind.ACCEPTANCE, Kind.APPROVAL, Kind.ACCESSION, Kind.SUCCESSION}
)

DAYS = 8
"""For how many days a loaded history remembers its answer."""


class Status(models.TextChoices):
    """How a state stands towards the Convention. The three statuses add up to all states."""

    PARTY = "party", _("State Party")
    SIGNATORY = "signatory", _("Signatory")
    NOT_PARTY = "not_party", _("State not party")


@dataclass(frozen=True)
class Source:
    """Where an event or a date was read. A document that is not public shows no title or place."""

    title: str
    place: str = ""
    url: str = ""
    is_public: bool = True

    @classmethod
    def of(cls, document: Document | None, place: str) -> "Source | None":
        """What may be said outside the admin: nothing but its existence if it is not public."""
        if document is None:
            return None
        if not document.is_public:
            return cls(title="", is_public=False)
        return cls(title=document.title, place=place, url=document.url)


@dataclass(frozen=True)
class OfficialEffect:
    """An official date of effect that replaces the derived one; None: the effect has not come."""

    takes_effect_on: date | None
    reason: str
    source: Source | None


@dataclass(frozen=True)
class Event:
    """A published treaty action."""

    kind: str
    on: date
    is_confirmed: bool
    note: str
    source: Source | None
    official: OfficialEffect | None = None

    @property
    def label(self) -> str:
        return str(Kind(self.kind).label)


@dataclass(frozen=True)
class Extension:
    """A meeting's decision that moved a deadline of Article 3 or 4."""

    article: str
    decided_on: date
    meeting: str
    new_deadline: date
    source: Source | None


@dataclass(frozen=True)
class StateFacts:
    """A state as the register knows it on a day, with its name of that day."""

    id: int
    iso3: str
    iso2: str
    slug: str
    name: str
    formal_name: str
    ccm_region: str
    un_region: str
    is_un_member: bool
    independent_from: date | None
    note: str

    @cached_property
    def sort_key(self) -> str:
        return fold(self.name)


@dataclass(frozen=True)
class Membership:
    """One time of a state as party: from a deposit to a withdrawal, if there is one.

    A state that withdrew and joined again has several. `on` is the day of the question: what could
    not be told on that day is None.
    """

    deposited: Event
    on: date
    withdrawal: Event | None = None

    @cached_property
    def entry_into_force(self) -> date | None:
        """The day from which the Convention binds the state: derived, or as officially given."""
        if self.deposited.official is not None:
            return self.deposited.official.takes_effect_on
        if not convention.entry_into_force_is_known(self.deposited.on, on=self.on):
            return None
        return convention.entry_into_force(self.deposited.on)

    @cached_property
    def withdrawn_on(self) -> date | None:
        """The first day on which the state is no longer party, past or to come."""
        if self.withdrawal is None:
            return None
        if self.withdrawal.official is not None:
            return self.withdrawal.official.takes_effect_on
        return convention.withdrawal_effect(self.withdrawal.on)

    @property
    def is_over(self) -> bool:
        return self.withdrawn_on is not None and self.withdrawn_on <= self.on

    def owes(self, due_on: date) -> bool:
        """Whether a duty that falls due on a day does so while the state is bound (Article 20)."""
        return self.withdrawn_on is None or due_on < self.withdrawn_on


@dataclass(frozen=True)
class Standing:
    """How one state stands on a day, and the events behind it (none later than that day).

    Deposit, entry into force and withdrawal are those of the latest membership: for a state that
    rejoined, of the later one. A date of effect is None where nothing was done or where the day
    could not be told yet.
    """

    state: StateFacts
    on: date
    events: tuple[Event, ...]
    extensions: tuple[Extension, ...] = ()

    @cached_property
    def memberships(self) -> tuple[Membership, ...]:
        """Every time as party, oldest first."""
        found: list[Membership] = []
        for event in self.events:
            if event.kind in DEPOSIT_KINDS:
                found.append(Membership(deposited=event, on=self.on))
            elif event.kind == Kind.WITHDRAWAL and found:
                found[-1] = replace(found[-1], withdrawal=event)
        return tuple(found)

    @cached_property
    def membership(self) -> Membership | None:
        """The latest time as party."""
        return self.memberships[-1] if self.memberships else None

    @cached_property
    def signature(self) -> Event | None:
        return self._latest({Kind.SIGNATURE})

    @property
    def deposited(self) -> Event | None:
        return self.membership.deposited if self.membership else None

    @property
    def withdrawal(self) -> Event | None:
        return self.membership.withdrawal if self.membership else None

    @property
    def entry_into_force(self) -> date | None:
        return self.membership.entry_into_force if self.membership else None

    @property
    def withdrawn_on(self) -> date | None:
        return self.membership.withdrawn_on if self.membership else None

    @cached_property
    def provisional_application(self) -> Event | None:
        """The declaration of Article 18, while it lasts: from its day until entry into force."""
        event = self._latest({Kind.PROVISIONAL_APPLICATION})
        if event is None or (self.entry_into_force and self.entry_into_force <= self.on):
            return None
        if self.deposited is not None and event.on < self.deposited.on:
            return None  # it belonged to an earlier membership
        return event

    @property
    def is_withdrawn(self) -> bool:
        return self.membership is not None and self.membership.is_over

    @property
    def is_bound(self) -> bool:
        """Whether the Convention is in force for the state (Articles 17 and 20)."""
        return (
            self.entry_into_force is not None
            and self.entry_into_force <= self.on
            and not self.is_withdrawn
        )

    @property
    def status(self) -> Status:
        if self.membership is not None:
            return Status.NOT_PARTY if self.membership.is_over else Status.PARTY
        return Status.SIGNATORY if self.signature is not None else Status.NOT_PARTY

    def _latest(self, kinds: Iterable[str]) -> Event | None:
        return next((event for event in reversed(self.events) if event.kind in kinds), None)


@dataclass(frozen=True)
class Register:
    """Every state's standing on one day, in order of the names of that day.

    Two registers of different days can be made from the same loaded `History` without a query.
    """

    on: date
    standings: tuple[Standing, ...]
    history: "History" = field(repr=False, compare=False)

    @classmethod
    def load(cls, on: date, *, language: str = "en") -> "Register":
        """Load everything and look at it on a day. Costs as many queries as `History.load`."""
        return History.load(language=language).on(on)

    def __iter__(self) -> Iterator[Standing]:
        return iter(self.standings)

    @cached_property
    def by_iso3(self) -> dict[str, Standing]:
        return {standing.state.iso3: standing for standing in self.standings}

    @cached_property
    def parties(self) -> tuple[Standing, ...]:
        """States Parties as the community counts them: from the deposit to the withdrawal."""
        return self.having(Status.PARTY)

    @cached_property
    def signatories(self) -> tuple[Standing, ...]:
        """States that signed and have not joined yet."""
        return self.having(Status.SIGNATORY)

    @cached_property
    def not_party(self) -> tuple[Standing, ...]:
        """States that neither signed nor joined, and those that withdrew."""
        return self.having(Status.NOT_PARTY)

    @cached_property
    def bound(self) -> tuple[Standing, ...]:
        """States for which the Convention is in force."""
        return tuple(standing for standing in self.standings if standing.is_bound)

    @cached_property
    def withdrawn(self) -> tuple[Standing, ...]:
        """States that withdrew and did not join again: a part of `not_party`."""
        return tuple(standing for standing in self.standings if standing.is_withdrawn)

    def having(self, status: Status) -> tuple[Standing, ...]:
        """The states of a status."""
        return self._by_status[status]

    @cached_property
    def _by_status(self) -> dict[Status, tuple[Standing, ...]]:
        found: dict[Status, list[Standing]] = {status: [] for status in Status}
        for standing in self.standings:
            found[standing.status].append(standing)
        return {status: tuple(standings) for status, standings in found.items()}


@dataclass(frozen=True)
class History:
    """All published treaty actions, extensions and names of all states, loaded once.

    The `events` of a state are in order of time.
    """

    states: tuple[State, ...]
    events: dict[int, tuple[Event, ...]]
    extensions: dict[int, tuple[Extension, ...]]
    names: NameBook
    language: str = "en"

    @classmethod
    def load(cls, *, language: str = "en") -> "History":
        """Costs four queries, however many states and events there are."""
        return kept("history", language, make=lambda: cls._loaded(language))

    @classmethod
    def _loaded(cls, language: str) -> "History":
        return cls(
            states=tuple(State.objects.all()),
            events=_published_events(),
            extensions=_published_extensions(),
            names=NameBook.load(),
            language=language,
        )

    def on(self, day: date) -> Register:
        """How every state stood on a day: later events are not looked at."""
        return self._registers.get(day, lambda: self._on(day))

    @cached_property
    def _registers(self) -> Recent[date, Register]:
        return Recent(DAYS)

    def _on(self, day: date) -> Register:
        standings = (self._standing(state, day) for state in self.states)
        return Register(
            on=day,
            standings=tuple(sorted(standings, key=lambda standing: standing.state.sort_key)),
            history=self,
        )

    def standing_of(self, state_id: int, day: date) -> Standing:
        """How one state stood on a day. Raises `KeyError` for an id that is none."""
        return self._standing(self._states_by_id[state_id], day)

    @cached_property
    def _states_by_id(self) -> dict[int, State]:
        return {state.pk: state for state in self.states}

    def latest_event_on(self) -> date | None:
        """The day of the latest recorded treaty action: what comes after may not be entered yet."""
        return max((event.on for events in self.events.values() for event in events), default=None)

    def _standing(self, state: State, day: date) -> Standing:
        events = self.events.get(state.pk, ())
        if events and events[-1].on > day:  # Most have none to come.
            events = tuple(event for event in events if event.on <= day)
        return Standing(
            state=self._facts(state, day),
            on=day,
            events=events,
            extensions=tuple(
                extension
                for extension in self.extensions.get(state.pk, ())
                if extension.decided_on <= day
            ),
        )

    def _facts(self, state: State, day: date) -> StateFacts:
        """What is known of a state on a day, made once for all days between two turns."""
        key = (state.pk, bisect_right(self._turns[state.pk], day))
        facts = self._known_facts.get(key)
        if facts is None:
            facts = self._known_facts[key] = self._facts_on(state, day)
        return facts

    @cached_property
    def _known_facts(self) -> dict[tuple[int, int], StateFacts]:
        return {}

    @cached_property
    def _turns(self) -> dict[int, list[date]]:
        """The days from which a state may have another name, or be in the United Nations or not."""
        turns: dict[int, set[date | None]] = {
            state.pk: {state.un_member_from, state.un_member_until} for state in self.states
        }
        for row in self.names.rows:
            if row.state_id in turns:
                turns[row.state_id] |= {row.valid_from, row.valid_until}
        return {pk: sorted(day for day in days if day is not None) for pk, days in turns.items()}

    def _facts_on(self, state: State, day: date) -> StateFacts:
        name = self.names.short(state.pk, day, self.language) or state.iso3
        return StateFacts(
            id=state.pk,
            iso3=state.iso3,
            iso2=state.iso2,
            slug=state.slug,
            name=name,
            formal_name=self.names.formal(state.pk, day, self.language) or name,
            ccm_region=state.ccm_region,
            un_region=state.un_region,
            is_un_member=_is_un_member(state, day),
            independent_from=state.independent_from,
            note=state.note,
        )


def parties(on: date) -> models.QuerySet[State]:
    """The States Parties of a day as a queryset, by deposit: a filter on the register's answer."""
    return State.objects.filter(
        pk__in=[standing.state.id for standing in Register.load(on).parties]
    )


def _is_un_member(state: State, day: date) -> bool:
    begun = state.un_member_from is None or state.un_member_from <= day
    ended = state.un_member_until is not None and state.un_member_until <= day
    return state.un_member and begun and not ended


# Events of one day take effect in this order, so that a state may sign and ratify on the same day.
_ORDER_WITHIN_A_DAY: dict[str, int] = {
    kind: position
    for position, kind in enumerate(
        [
            Kind.WITHDRAWAL,
            Kind.SIGNATURE,
            Kind.RATIFICATION,
            Kind.ACCEPTANCE,
            Kind.APPROVAL,
            Kind.ACCESSION,
            Kind.SUCCESSION,
            Kind.PROVISIONAL_APPLICATION,
        ]
    )
}


def _published_events() -> dict[int, tuple[Event, ...]]:
    actions = TreatyAction.objects.published().select_related(
        "document", "official_date", "official_date__document"
    )
    return _grouped(
        sorted(actions, key=lambda action: (action.date, _ORDER_WITHIN_A_DAY[action.kind])),
        lambda action: Event(
            kind=action.kind,
            on=action.date,
            is_confirmed=action.certainty == Certainty.CONFIRMED,
            note=action.note,
            source=Source.of(action.document, action.place),
            official=_official_effect(action),
        ),
    )


def _published_extensions() -> dict[int, tuple[Extension, ...]]:
    decisions = (
        ExtensionDecision.objects.published()
        .filter(meeting__published_at__isnull=False)
        .select_related("meeting", "document")
    )
    return _grouped(
        decisions,
        lambda decision: Extension(
            article=decision.article,
            decided_on=decision.meeting.ends_on,
            meeting=decision.meeting.name,
            new_deadline=decision.new_deadline,
            source=Source.of(decision.document, decision.place),
        ),
    )


class _OfState(Protocol):
    state_id: int


Row = TypeVar("Row", bound=_OfState)
Value = TypeVar("Value")


def _grouped(rows: Iterable[Row], convert: Callable[[Row], Value]) -> dict[int, tuple[Value, ...]]:
    groups: dict[int, list[Value]] = defaultdict(list)
    for row in rows:
        groups[row.state_id].append(convert(row))
    return {state_id: tuple(values) for state_id, values in groups.items()}


def _official_effect(action: TreatyAction) -> OfficialEffect | None:
    official = getattr(action, "official_date", None)
    if official is None or not official.is_published:
        return None
    return OfficialEffect(
        takes_effect_on=official.takes_effect_on,
        reason=official.reason,
        source=Source.of(official.document, official.place),
    )
