"""What the findings on one indicator come to, looked at through a window of time.

A yes and a no on the same actor are a dispute: it may belong, and the newest never silently wins.
Of a finding that says when a thing happened that day counts, else the day it was reported on.
Where one finding says that it happened outside the window and another, which does not say when,
was reported within it, nobody can tell.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from ccm_portal.figures import Lookup, Occurrences, Proof, Quantities, StateSet, Window
from ccm_portal.figures.values import Entry, Pair

from .indicator_names import Measure
from .tallies import Amount, Tally

Belongs = bool | None
"""True: it belongs; False: it does not; None: the evidence leaves it open."""
Key = TypeVar("Key", bound=Hashable)


@dataclass
class _Found(Generic[Key]):
    """Members as they are found, with where to look up why."""

    certain: set[Key] = field(default_factory=set)
    undetermined: set[Key] = field(default_factory=set)
    disputed: set[Key] = field(default_factory=set)
    proofs: dict[Key, tuple[Proof, ...]] = field(default_factory=dict)

    def add(self, key: Key, belongs: Belongs, *, is_disputed: bool, proof: Lookup) -> None:
        """Put a key where it belongs. A disputed one is open, with both answers as evidence."""
        if belongs is False:
            return
        contrary = _contrary(proof) if is_disputed else ()
        self.proofs[key] = (proof, *contrary)
        if is_disputed:
            self.disputed.add(key)
        (self.certain if belongs and not is_disputed else self.undetermined).add(key)


def _contrary(proof: Lookup) -> tuple[Lookup, ...]:
    return (Lookup(proof.name, proof.actor, proof.label, not proof.answer, proof.until),)


@dataclass(frozen=True)
class _Asked(Mapping[str, tuple[Proof, ...]]):
    """Where to look up why each of some states belongs: written down when somebody asks."""

    states: frozenset[str]
    disputed: frozenset[str]
    proof: Lookup

    def __getitem__(self, iso3: str) -> tuple[Proof, ...]:
        if iso3 not in self.states:
            raise KeyError(iso3)
        proof = replace(self.proof, actor=iso3)
        return (proof, *_contrary(proof)) if iso3 in self.disputed else (proof,)

    def __iter__(self) -> Iterator[str]:
        return iter(self.states)

    def __len__(self) -> int:
        return len(self.states)


def of_states(
    measure: Measure,
    answers: Mapping[str, set[bool]],
    window: Window,
    *,
    yes: bool,
    is_open: bool,
) -> StateSet:
    """The states with an answer (`yes`, or no), whenever it was; some may be disputed."""
    having = frozenset(iso3 for iso3, said in answers.items() if yes in said)
    disputed = frozenset(iso3 for iso3, said in answers.items() if len(said) > 1)
    return StateSet(
        certain=having - disputed,
        undetermined=disputed,
        disputed=disputed,
        evidence=_Asked(having, disputed, Lookup(measure.code, "", answer=yes, until=window.until)),
        is_open=is_open and yes,
    )


def in_window(
    measure: Measure,
    rows: Iterable[tuple[str, Tally]],
    window: Window,
    entries: Mapping[str, date | None],
    *,
    yes: bool,
) -> StateSet:
    """The states, or the organisations, with an answer given of that time."""
    found: _Found[str] = _Found()
    is_open = False
    by_actor: dict[str, list[Tally]] = defaultdict(list)
    for actor, tally in rows:
        by_actor[actor].append(tally)
    for actor, tallies in by_actor.items():
        belongs = _belongs(tallies, window, entries.get(actor), yes=yes)
        proof = Lookup(measure.code, actor, answer=yes, until=window.until, after=window.after)
        is_disputed = any(tally.is_yes is not yes for tally in tallies)
        found.add(actor, belongs, is_disputed=is_disputed, proof=proof)
        is_open |= belongs is not False and any(tally.is_open for tally in tallies)
    return StateSet(
        certain=frozenset(found.certain),
        undetermined=frozenset(found.undetermined),
        disputed=frozenset(found.disputed),
        evidence=found.proofs,
        is_open=is_open and yes,
    )


def of_occurrences(
    measure: Measure,
    rows: Iterable[tuple[str, Tally]],
    window: Window,
    entries: Mapping[str, date | None],
) -> Occurrences:
    """What happened in that time: an actor and a label are one occurrence."""
    found: _Found[Pair] = _Found()
    is_open = False
    by_pair: dict[Pair, list[Tally]] = defaultdict(list)
    for actor, tally in rows:
        by_pair[actor, tally.label].append(tally)
    for pair, tallies in by_pair.items():
        belongs = _belongs(tallies, window, entries.get(pair[0]), yes=True)
        proof = Lookup(measure.code, *pair, until=window.until, after=window.after)
        is_disputed = not all(tally.is_yes for tally in tallies)
        found.add(pair, belongs, is_disputed=is_disputed, proof=proof)
        is_open |= belongs is not False and any(tally.is_open for tally in tallies)
    return Occurrences(
        certain=frozenset(found.certain),
        undetermined=frozenset(found.undetermined),
        disputed=frozenset(found.disputed),
        evidence=found.proofs,
        is_open=is_open,
        unit=measure.unit or Occurrences.unit,
    )


def of_amounts(
    measure: Measure,
    rows: Iterable[tuple[str, Amount]],
    window: Window,
    entries: Mapping[str, date | None],
) -> Quantities:
    """The amounts of that time, each once however many documents give it."""
    found: _Found[Entry] = _Found()
    known: dict[Entry, Decimal] = {}
    differing: set[Entry] = set()
    lower: set[Entry] = set()
    by_entry: dict[Entry, list[Amount]] = defaultdict(list)
    for actor, amount in rows:
        by_entry[actor, measure.code, amount.label, amount.time].append(amount)
    for entry, given in by_entry.items():
        said = [amount for amount in given if amount.is_yes]
        seen = window.of_state(entries.get(entry[0]))
        if not said or seen is None:
            continue
        within = [seen.holds_between(amount.earliest, amount.latest) for amount in said]
        proof = Lookup(measure.code, *_actor_and_label(entry), until=window.until)
        is_disputed = len(said) < len(given)
        found.add(entry, _any(within), is_disputed=is_disputed, proof=proof)
        numbers = {amount.quantity for amount in said if _has_number(amount, measure)}
        if len(numbers) == 1:
            known[entry] = numbers.pop() or Decimal(0)
        elif numbers:
            differing.add(entry)
        if any(amount.is_lower_bound for amount in said):
            lower.add(entry)
    return Quantities(
        certain=frozenset(found.certain),
        undetermined=frozenset(found.undetermined),
        disputed=frozenset(found.disputed),
        evidence=found.proofs,
        unit=measure.unit,
        amounts=known,
        disputed_amounts=frozenset(differing),
        lower_bounds=frozenset(lower),
    )


def _actor_and_label(entry: Entry) -> tuple[str, str]:
    return entry[0], entry[2]


def _has_number(amount: Amount, measure: Measure) -> bool:
    return amount.quantity is not None and amount.unit in {"", measure.unit}


def _any(answers: Iterable[Belongs]) -> Belongs:
    """Whether one of several belongs."""
    said = list(answers)
    return True if True in said else None if None in said else False


def _belongs(
    tallies: Iterable[Tally], window: Window, entry_into_force: date | None, *, yes: bool
) -> Belongs:
    """Whether a thing that some findings tell of happened in the window."""
    seen = window.of_state(entry_into_force)
    if seen is None:
        return False
    wanted = [tally for tally in tallies if tally.is_yes is yes]
    dated = _any(_tally_in(tally, seen) for tally in wanted if tally.is_dated)
    undated = _any(_tally_in(tally, seen) for tally in wanted if not tally.is_dated)
    if dated is not False:
        return _any((dated, undated))
    is_said_to_lie_elsewhere = any(tally.is_dated for tally in wanted)
    return None if undated and is_said_to_lie_elsewhere else undated


def _tally_in(tally: Tally, window: Window) -> Belongs:
    """Whether one of the things counted together certainly, or perhaps, was in the window.

    With both ends set, several things that all lie outside can look open: then nobody is called
    certain who is not.
    """
    if window.after is None:
        certain = tally.first_latest <= window.until
        possible = tally.first_earliest <= window.until
    elif tally.last_latest <= window.until:
        certain = tally.last_earliest > window.after
        possible = tally.last_latest > window.after
    else:
        certain = False
        possible = tally.last_latest > window.after and tally.first_earliest <= window.until
    return True if certain else None if possible else False
