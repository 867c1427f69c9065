"""The document against itself: each number and its footnote, each relation, each status.

How figures should relate is data (`PrintedRelation`, `PrintedFigure.said_to_be`); whether they do
is found out here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from ccm_portal.figures import StateSet

from .values import Printed


class CheckKind(StrEnum):
    """What is checked: a number by its footnote, what states are said to be, or a relation."""

    FOOTNOTE = "footnote"
    SAID_TO_BE = "said_to_be"
    EQUAL = "equal"
    SUM = "sum"
    UNION = "union"
    SUBSET = "subset"


class Outcome(StrEnum):
    """Whether the document agrees with itself."""

    HOLDS = "holds"
    CONTRADICTS = "contradicts"
    OPEN = "open"
    NOT_CHECKABLE = "not_checkable"


@dataclass(frozen=True)
class Relation:
    """How a figure should relate to others, by their keys, and why."""

    kind: CheckKind
    figure: str
    others: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Check:
    """One thing that should hold within the document.

    `expected` is what the others, or the footnote, come to. `too_many` are states that the figure
    names and should not, `missing` those that it should name and does not. `said_to_be` is the set
    in which they should be.
    """

    kind: CheckKind
    figure: Printed
    outcome: Outcome
    others: tuple[Printed, ...] = ()
    expected: Decimal | None = None
    too_many: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    unknown_names: tuple[str, ...] = ()
    said_to_be: str = ""
    reason: str = ""
    by_names: bool = False
    """Whether `expected` was counted from the names in the footnotes, not from printed numbers."""


def with_implied(
    figures: Mapping[str, Printed], relations: Iterable[Relation]
) -> dict[str, Printed]:
    """The figures, each without a footnote with the states that others name for its number.

    They are those of the figures that it is the same as, the sum or the union of, where as many
    states are named there as its own number says.
    """
    found = dict(figures)
    for relation in relations:
        printed = figures.get(relation.figure)
        others = [figures[key] for key in relation.others if key in figures]
        is_whole = relation.kind is not CheckKind.SUBSET and len(others) == len(relation.others)
        if printed is None or printed.names or not is_whole:
            continue
        named = _named(others)
        if named is not None and printed.number == len(named):
            found[printed.key] = replace(printed, implied=named)
    return found


def footnote_checks(figures: Iterable[Printed]) -> Iterator[Check]:
    """Each number that has a list of its own against the length of that list."""
    for printed in figures:
        if printed.number is None or not printed.names:
            continue
        named = Decimal(len(printed.states) + len(printed.unknown_names))
        holds = named == printed.number
        yield Check(
            CheckKind.FOOTNOTE,
            printed,
            Outcome.HOLDS if holds else Outcome.CONTRADICTS,
            expected=named,
            by_names=True,
        )


def status_checks(
    figures: Iterable[Printed], sets: Mapping[str, StateSet | None]
) -> Iterator[Check]:
    """Whether the states of each footnote were what the document calls them.

    `sets` answers each expression of `said_to_be` on the cut-off date; None: it has a mistake.
    """
    for printed in figures:
        if not printed.names or not printed.said_to_be:
            continue
        states = sets[printed.said_to_be]
        if states is None:
            outcome, others = Outcome.NOT_CHECKABLE, frozenset[str]()
        else:
            others = printed.states - states.possible
            is_open = bool(printed.states - states.certain)
            outcome = Outcome.OPEN if is_open else Outcome.HOLDS
            if others or printed.unknown_names:
                outcome = Outcome.CONTRADICTS
        yield Check(
            CheckKind.SAID_TO_BE,
            printed,
            outcome,
            too_many=others,
            unknown_names=printed.unknown_names,
            said_to_be=printed.said_to_be,
        )


def relation_checks(
    figures: Mapping[str, Printed], relations: Iterable[Relation]
) -> Iterator[Check]:
    """Whether the figures relate to each other as they should."""
    for relation in relations:
        printed = figures.get(relation.figure)
        others = tuple(figures[key] for key in relation.others if key in figures)
        if printed is None:
            continue
        if len(others) < len(relation.others):
            yield Check(
                relation.kind, printed, Outcome.NOT_CHECKABLE, others, reason=relation.reason
            )
            continue
        yield _related(relation, printed, others)


def _related(relation: Relation, printed: Printed, others: tuple[Printed, ...]) -> Check:
    numbers = [other.number for other in others]
    known = [number for number in numbers if number is not None]
    total = sum(known, Decimal(0)) if len(known) == len(numbers) else None
    named = _named(others)
    is_subset = relation.kind is CheckKind.SUBSET
    too_many = printed.states - named if named is not None and printed.names else frozenset[str]()
    missing = frozenset[str]()
    if named is not None and printed.names and not is_subset:
        missing = named - printed.states
    judged = [bool(too_many or missing)] if named is not None and printed.names else []
    expected, by_names = total, False
    if printed.number is not None and total is not None:
        judged.append(_number_is_wrong(relation.kind, printed.number, known, total))
    if printed.number is not None and named is not None and not is_subset:
        counted = Decimal(len(named))
        judged.append(counted != printed.number)
        if counted != printed.number:
            expected, by_names = counted, True
    if not judged:
        outcome = Outcome.NOT_CHECKABLE
    else:
        outcome = Outcome.CONTRADICTS if any(judged) else Outcome.HOLDS
    return Check(
        relation.kind,
        printed,
        outcome,
        others,
        expected=expected,
        too_many=too_many,
        missing=missing,
        reason=relation.reason,
        by_names=by_names,
    )


def _named(others: Iterable[Printed]) -> frozenset[str] | None:
    """Everybody in the footnotes of all of them; None where one has no list."""
    together: set[str] = set()
    for other in others:
        if not other.names and other.number != 0:
            return None
        together |= other.states
    return frozenset(together)


def _number_is_wrong(
    kind: CheckKind, number: Decimal, parts: list[Decimal], total: Decimal
) -> bool:
    match kind:
        case CheckKind.SUBSET:
            return number > total
        case CheckKind.UNION:
            return not max(parts) <= number <= total
        case _:
            return number != total
