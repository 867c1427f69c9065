"""The names that `states` offers to figures: who is bound, who signed, and groups of states."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy

from ccm_portal.figures import Definition, Evidence, PlainTable, StateSet, Window
from ccm_portal.kept import kept

from .models import Meeting, Region, UNRegionalGroup
from .register import DEPOSIT_KINDS, Event, History, Kind, Register, Standing

REMEMBERED = 4096
"""How many reasons in words a process keeps: those of all states in a few languages."""


@dataclass(frozen=True)
class _Said:
    """A reason that no document gives: what follows from the register."""

    text: str | Promise
    on: date | None = None


Reason = Event | _Said
"""Why a state belongs. It is put into words when somebody reads the evidence."""

_OF_ITSELF = _Said("")
_NEITHER = _Said(gettext_lazy("Neither signature nor deposit is recorded"))


class _Evidence(Mapping[str, tuple[Evidence, ...]]):
    """The evidence of each state, made when it is read: most sets are only counted."""

    def __init__(self, reasons: Mapping[str, list[Reason]]) -> None:
        self._reasons = reasons

    def __getitem__(self, iso3: str) -> tuple[Evidence, ...]:
        language = get_language()
        reasons = self._reasons[iso3]
        return tuple(_in_words(one, language) for one in reasons if one is not _OF_ITSELF)

    def __iter__(self) -> Iterator[str]:
        return iter(self._reasons)

    def __len__(self) -> int:
        return len(self._reasons)


@lru_cache(maxsize=REMEMBERED)
def _in_words(reason: Reason, _language: str | None) -> Evidence:
    if isinstance(reason, _Said):
        return Evidence(text=str(reason.text), on=reason.on)
    source = reason.source
    return Evidence(
        text=reason.label,
        on=reason.on,
        document=source.title if source else "",
        place=source.place if source else "",
        url=source.url if source else "",
    )


def _events(standing: Standing, kinds: Collection[str], window: Window) -> list[Reason]:
    return [event for event in standing.events if event.kind in kinds and window.holds(event.on)]


def _latest_deposit(standing: Standing, window: Window) -> list[Reason]:
    event = standing.deposited
    return [event] if event and window.holds(event.on) else []


def _party(standing: Standing, window: Window) -> list[Reason]:
    return [] if standing.is_withdrawn else _latest_deposit(standing, window)


def _bound(standing: Standing, window: Window) -> list[Reason]:
    since = standing.entry_into_force
    if not standing.is_bound or since is None or not window.holds(since):
        return []
    return [
        _Said(gettext_lazy("In force"), since),
        *_latest_deposit(standing, Window(window.until)),
    ]


def _awaiting(standing: Standing, window: Window) -> list[Reason]:
    return _party(standing, window) if not standing.is_bound else []


def _signatory(standing: Standing, window: Window) -> list[Reason]:
    return [] if standing.deposited else _events(standing, {Kind.SIGNATURE}, window)


def _withdrawn(standing: Standing, window: Window) -> list[Reason]:
    since = standing.withdrawn_on
    if not standing.is_withdrawn or since is None or not window.holds(since):
        return []
    effect = _Said(gettext_lazy("Withdrawal took effect"), since)
    return [effect, *_events(standing, {Kind.WITHDRAWAL}, Window(window.until))]


def _not_party(standing: Standing, window: Window) -> list[Reason]:
    if _party(standing, Window(window.until)) or _signatory(standing, Window(window.until)):
        return []
    return _withdrawn(standing, Window(window.until)) or [_NEITHER]


def _performed(*kinds: str) -> Callable[[Standing, Window], list[Reason]]:
    wanted = frozenset(kinds)
    return lambda standing, window: _events(standing, wanted, window)


def _if(condition: Callable[[Standing], bool]) -> Callable[[Standing, Window], list[Reason]]:
    return lambda standing, window: [_OF_ITSELF] if condition(standing) else []


_STANDING = gettext_lazy("Who is bound")
_REGIONS = gettext_lazy("Regions")


@dataclass(frozen=True)
class _Entry:
    definition: Definition
    reasons: Callable[[Standing, Window], list[Reason]]


def _entry(
    name: str, title: object, explanation: object, reasons: Callable[..., list[Reason]]
) -> _Entry:
    theme = _STANDING
    if name.startswith(("region.", "un_group.")):
        theme = _REGIONS
    return _Entry(Definition(name, title, explanation, theme=theme), reasons)  # type: ignore[arg-type]


_STATUS_ENTRIES = [
    _entry(
        "states",
        gettext_lazy("All states"),
        gettext_lazy(
            "The 193 Member States of the United Nations, the Holy See, the State of Palestine, "
            "the Cook Islands and Niue."
        ),
        _if(lambda standing: True),
    ),
    _entry(
        "parties",
        gettext_lazy("States Parties"),
        gettext_lazy(
            "States that have deposited an instrument of ratification, acceptance, approval, "
            "accession or succession and have not withdrawn, counted from the day of deposit."
        ),
        _party,
    ),
    _entry(
        "in_force",
        gettext_lazy("States for which the Convention is in force"),
        gettext_lazy("States Parties from the day of entry into force (Article 17)."),
        _bound,
    ),
    _entry(
        "awaiting_entry_into_force",
        gettext_lazy("States Parties awaiting entry into force"),
        gettext_lazy("States Parties that deposited and are not bound yet (Article 17)."),
        _awaiting,
    ),
    _entry(
        "signatories",
        gettext_lazy("Signatories"),
        gettext_lazy("States that signed and have not ratified, accepted or approved."),
        _signatory,
    ),
    _entry(
        "not_party",
        gettext_lazy("States not party"),
        gettext_lazy("States that neither signed nor joined, and states that withdrew."),
        _not_party,
    ),
    _entry(
        "withdrawn",
        gettext_lazy("States that withdrew"),
        gettext_lazy("States whose withdrawal has taken effect (Article 20) and that stayed away."),
        _withdrawn,
    ),
    _entry(
        "signed",
        gettext_lazy("States that signed"),
        gettext_lazy("Every state that ever signed, whatever it did afterwards."),
        _performed(Kind.SIGNATURE),
    ),
    _entry(
        "deposited",
        gettext_lazy("States that deposited an instrument"),
        gettext_lazy("Every state that ever deposited, including those that withdrew later."),
        _performed(*DEPOSIT_KINDS),
    ),
    _entry(
        "acceded",
        gettext_lazy("States that acceded"),
        gettext_lazy("States that joined without having signed (Article 16)."),
        _performed(Kind.ACCESSION),
    ),
    _entry(
        "ratified",
        gettext_lazy("Signatories that ratified"),
        gettext_lazy("States that signed and then ratified, accepted or approved (Article 16)."),
        _performed(Kind.RATIFICATION, Kind.ACCEPTANCE, Kind.APPROVAL),
    ),
    _entry(
        "provisional_application",
        gettext_lazy("States that declared provisional application"),
        gettext_lazy(
            "States that declared to apply Article 1 before entry into force (Article 18)."
        ),
        _performed(Kind.PROVISIONAL_APPLICATION),
    ),
    _entry(
        "un_members",
        gettext_lazy("UN Member States"),
        gettext_lazy("Member States of the United Nations on the date."),
        _if(lambda standing: standing.state.is_un_member),
    ),
]

_REGION_ENTRIES = [
    _entry(
        f"region.{region.value}",
        region.label,
        gettext_lazy("All states of this region, as the Convention's community groups them."),
        _if(lambda standing, region=region: standing.state.ccm_region == region.value),  # type: ignore[misc]
    )
    for region in Region
] + [
    _entry(
        f"un_group.{group.value}",
        group.label,
        gettext_lazy("All states of this regional group of the United Nations."),
        _if(lambda standing, group=group: standing.state.un_region == group.value),  # type: ignore[misc]
    )
    for group in UNRegionalGroup
]

_ENTRIES: dict[str, _Entry] = {
    entry.definition.name: entry for entry in _STATUS_ENTRIES + _REGION_ENTRIES
}

DEFINITIONS: dict[str, Definition] = {name: entry.definition for name, entry in _ENTRIES.items()}


def _last_days_of_meetings() -> dict[str, date]:
    meetings = Meeting.objects.published().values_list("code", "ends_on")
    return {code.upper(): ends_on for code, ends_on in meetings}


@dataclass(frozen=True)
class StatesTable(PlainTable):
    """The names of `states` with a loaded history behind them. Costs a query for the meetings."""

    history: History

    @property
    def definitions(self) -> dict[str, Definition]:
        return DEFINITIONS

    def members(self, name: str, window: Window) -> StateSet:
        """The states that a name means up to the window's end; with a beginning, since then."""
        if window.of_organisations:
            return StateSet()
        reasons_of = _ENTRIES[name].reasons
        found: dict[str, list[Reason]] = {}
        for standing in self._register(window.until):
            seen = window.of_state(standing.entry_into_force)
            if seen is not None and (reasons := reasons_of(standing, seen)):
                found[standing.state.iso3] = reasons
        return StateSet(certain=frozenset(found), evidence=_Evidence(found))

    def landmark(self, code: str) -> date | None:
        """The last day of a published meeting."""
        return self._meetings.get(code.upper())

    def entries_into_force(self, on: date) -> dict[str, date | None]:
        """When the Convention entered or enters into force for each state, as known on a day."""
        return {standing.state.iso3: standing.entry_into_force for standing in self._register(on)}

    def _register(self, on: date) -> Register:
        if on not in self._registers:
            self._registers[on] = self.history.on(on)
        return self._registers[on]

    @cached_property
    def _registers(self) -> dict[date, Register]:
        return {}

    @cached_property
    def _meetings(self) -> dict[str, date]:
        return kept("last days of meetings", make=_last_days_of_meetings)
