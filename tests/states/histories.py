"""Histories of treaty actions that exist in memory alone, for the rules that need no database."""

from collections.abc import Iterable, Mapping
from datetime import date

from hypothesis import strategies as st

from states.models import State, TreatyAction
from states.names import NameBook, NameRow
from states.register import Event, Extension, History, OfficialEffect, Source, Standing

SOURCE = Source(title="Depositary's notification", place="C.N.1", url="https://example.org/cn1")
STATES = ("AAA", "BBB", "CCC")


def event(kind: str, on: str | date, *, officially: str | None = "derived") -> Event:
    """A confirmed treaty action; `officially` gives an official date of effect, None: not yet."""
    official = None
    if officially != "derived":
        effect = date.fromisoformat(officially) if officially else None
        official = OfficialEffect(takes_effect_on=effect, reason="As notified.", source=SOURCE)
    day = on if isinstance(on, date) else date.fromisoformat(on)
    return Event(kind=kind, on=day, is_confirmed=True, note="", source=SOURCE, official=official)


def extension(article: str, decided_on: str, new_deadline: str) -> Extension:
    return Extension(
        article=article,
        decided_on=date.fromisoformat(decided_on),
        meeting="Ninth Meeting of States Parties",
        new_deadline=date.fromisoformat(new_deadline),
        source=None,
    )


def history(
    events: Mapping[str, Iterable[Event]],
    extensions: Mapping[str, Iterable[Extension]] | None = None,
) -> History:
    """States with the given events (in order of time) by ISO code; the others did nothing."""
    states = {
        iso3: State(pk=key, iso3=iso3, iso2=iso3[:2], slug=iso3.lower())
        for key, iso3 in enumerate(sorted({*STATES, *events}), start=1)
    }
    names = (NameRow(state.pk, "en", "short", iso3, None, None) for iso3, state in states.items())
    return History(
        states=tuple(states.values()),
        events={states[iso3].pk: tuple(done) for iso3, done in events.items()},
        extensions={states[iso3].pk: tuple(given) for iso3, given in (extensions or {}).items()},
        names=NameBook(rows=tuple(names)),
    )


def standing(on: str, *events: Event, extensions: Iterable[Extension] = ()) -> Standing:
    """How one state with these events stands on a day."""
    register = history({"AAA": events}, {"AAA": extensions}).on(date.fromisoformat(on))
    return register.by_iso3["AAA"]


DAYS = st.dates(min_value=date(2008, 12, 3), max_value=date(2040, 12, 31))
EVENTS = st.lists(
    st.builds(event, st.sampled_from([str(kind) for kind in TreatyAction.Kind]), DAYS), max_size=6
).map(lambda events: sorted(events, key=lambda done: done.on))
HISTORIES = st.fixed_dictionaries({"AAA": EVENTS, "BBB": EVENTS, "CCC": EVENTS})
"""Any treaty actions of three states, possible or not, each state's in order of time."""
