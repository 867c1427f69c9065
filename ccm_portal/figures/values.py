"""What an expression can mean beside a set: occurrences, quantities, percentages."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Generic, Self, TypeAlias, TypeVar

from .expression import Sign
from .sets import Key, Members, Proof, Proofs, StateSet

Pair: TypeAlias = tuple[str, str]
"""An actor and the label of what it did."""
Entry: TypeAlias = tuple[str, str, str, str]
"""An actor, the name of the quantity, its label, and its time: one amount, counted once."""
Item = TypeVar("Item", Pair, Entry)


class Kind(StrEnum):
    """What an expression gives."""

    SET = "set"
    OCCURRENCE = "occurrence"
    QUANTITY = "quantity"
    SHARE = "share"
    GROWTH = "growth"


class KindMismatch(TypeError):
    """Two values that an operator cannot put together."""


@dataclass(frozen=True)
class ItemsOfActors(Members[Item], Generic[Item]):
    """Members each of which belongs to an actor, so that sets of states narrow them."""

    @property
    def actors(self) -> StateSet:
        """Whoever has an item; certain where one of its items is."""
        certain = frozenset(item[0] for item in self.certain)
        evidence: dict[str, dict[Proof, None]] = {}
        for item in sorted(self.possible):
            proofs = evidence.setdefault(item[0], {})
            proofs.update(dict.fromkeys(self.evidence.get(item, ())))
        return StateSet(
            certain=certain,
            undetermined=frozenset(item[0] for item in self.undetermined),
            disputed=frozenset(item[0] for item in self.disputed),
            is_open=self.is_open,
            evidence={actor: tuple(proofs) for actor, proofs in evidence.items()},
        )

    def narrowed(self, states: StateSet) -> Self:
        """The items of those states: certain where both the item and the state are."""
        return self._kept(certain=states.certain, possible=states.possible, by=states)

    def without(self, states: StateSet) -> Self:
        """The items of all others."""
        mine = frozenset(item[0] for item in self.possible)
        certain: frozenset[str] = frozenset() if states.is_open else mine - states.possible
        kept = self._kept(certain=certain, possible=mine - states.certain, by=states)
        return replace(kept, is_open=self.is_open)

    def _kept(self, *, certain: frozenset[str], possible: frozenset[str], by: StateSet) -> Self:
        possibly = frozenset(item for item in self.possible if item[0] in possible)
        doubted = {
            item: by.evidence.get(item[0], ()) for item in possibly if item[0] not in certain
        }
        return replace(
            self,
            certain=frozenset(item for item in self.certain if item[0] in certain),
            undetermined=possibly,
            disputed=self.disputed | {item for item in possibly if item[0] in by.disputed},
            is_open=self.is_open or by.is_open,
            evidence=Proofs((self.evidence, doubted)),
        )


@dataclass(frozen=True)
class Occurrences(ItemsOfActors[Pair]):
    """What happened, each thing once however many documents tell of it.

    `unit` is what is counted, such as `papers`.
    """

    unit: str = "occurrences"


@dataclass(frozen=True)
class Quantities(ItemsOfActors[Entry]):
    """Amounts in one unit. An amount that is not known, or on which documents differ, is missing.

    `unit` is a word such as `tonnes`. `lower_bounds` are entries that the source gives as "at
    least" so much.
    """

    unit: str = ""
    amounts: Mapping[Entry, Decimal] = field(default_factory=dict, compare=False)
    disputed_amounts: frozenset[Entry] = field(default=frozenset(), compare=False)
    lower_bounds: frozenset[Entry] = field(default=frozenset(), compare=False)

    @property
    def unknown(self) -> frozenset[Entry]:
        """Entries that may belong, or belong with an amount that is not known."""
        return self.undetermined | {entry for entry in self.certain if entry not in self.amounts}

    @property
    def total(self) -> Decimal:
        """The sum of what is known for certain."""
        return sum((self.amounts.get(entry, Decimal(0)) for entry in self.certain), Decimal(0))

    @property
    def most(self) -> Decimal | None:
        """The sum if whatever may belong does; None where that cannot be told."""
        if self.is_open or self.possible & self.lower_bounds or self.possible - set(self.amounts):
            return None
        return sum((self.amounts[entry] for entry in self.possible), Decimal(0))

    @property
    def actors(self) -> StateSet:
        """Whoever has an amount: certain where all its amounts are, and are known."""
        actors = super().actors
        doubtful = frozenset(entry[0] for entry in self.unknown)
        disputed = frozenset(entry[0] for entry in self.possible & self.disputed_amounts)
        return replace(
            actors,
            certain=actors.certain - doubtful,
            undetermined=actors.possible & doubtful,
            disputed=actors.disputed | disputed,
        )

    def joined(self, other: "Quantities") -> "Quantities":
        """Both sums together. Raises `KindMismatch` for different units."""
        if self.unit != other.unit:
            raise KindMismatch(self.unit, other.unit)
        return replace(
            self | other,
            amounts={**other.amounts, **self.amounts},
            disputed_amounts=self.disputed_amounts | other.disputed_amounts,
            lower_bounds=self.lower_bounds | other.lower_bounds,
        )


Value: TypeAlias = StateSet | Occurrences | Quantities


def kind_of(value: Value) -> Kind:
    """Which kind of value it is."""
    if isinstance(value, Quantities):
        return Kind.QUANTITY
    return Kind.OCCURRENCE if isinstance(value, Occurrences) else Kind.SET


def actors_of(value: Value) -> StateSet:
    """Whoever is behind a value."""
    return value if isinstance(value, StateSet) else value.actors


def combined(sign: Sign, left: Value, right: Value) -> Value:
    """Two values put together. Raises `KindMismatch` where that has no meaning."""
    if isinstance(left, StateSet) and isinstance(right, StateSet):
        return _of_one_kind(sign, left, right)
    if isinstance(left, Occurrences) and isinstance(right, Occurrences):
        unit = left.unit if left.unit == right.unit or sign == "-" else Occurrences.unit
        return replace(_of_one_kind(sign, left, right), unit=unit)
    if isinstance(left, Quantities) and isinstance(right, Quantities) and sign == "|":
        return left.joined(right)
    if isinstance(right, StateSet) and not isinstance(left, StateSet) and sign != "|":
        return left.narrowed(right) if sign == "&" else left.without(right)
    if isinstance(left, StateSet) and not isinstance(right, StateSet) and sign != "|":
        return right.narrowed(left) if sign == "&" else left - right.actors
    raise KindMismatch(kind_of(left), kind_of(right))


Same = TypeVar("Same", StateSet, Occurrences)


def _of_one_kind(sign: Sign, left: Same, right: Same) -> Same:
    match sign:
        case "|":
            return left | right
        case "&":
            return left & right
        case "-":
            return left - right


@dataclass(frozen=True)
class Percentage:
    """How much of a whole has something (`share`), or how much more there is than there was.

    `subject` is what the whole is compared with: of a share the set that is looked for in it, of
    `growth` the same expression as of now, with `whole` as of then.
    """

    kind: Kind
    subject: Value
    whole: Value

    @property
    def part(self) -> Value:
        """Of a share what lies in the whole; of growth what there is now."""
        if self.kind is Kind.SHARE and not isinstance(self.subject, Quantities):
            return combined("&", self.subject, self.whole)
        return self.subject

    @property
    def bounds(self) -> tuple[Fraction | None, Fraction | None]:
        """The lowest and highest that it may be; None where that cannot be told."""
        if self.kind is Kind.SHARE:
            if isinstance(self.subject, StateSet) and isinstance(self.whole, StateSet):
                return _share_bounds(self.subject, self.whole)
            if isinstance(self.subject, Occurrences) and isinstance(self.whole, Occurrences):
                return _share_bounds(self.subject, self.whole)
        less = 1 if self.kind is Kind.GROWTH else 0
        (least, most), (whole_least, whole_most) = _bounds(self.subject), _bounds(self.whole)
        lowest = least / whole_most - less if whole_most else None
        highest = most / whole_least - less if most is not None and whole_least else None
        return lowest, highest


def _share_bounds(
    subject: Members[Key], whole: Members[Key]
) -> tuple[Fraction | None, Fraction | None]:
    """Who is open in the whole counts above and below the line, or in neither place."""
    if not whole.possible:
        return None, None
    surely = len(subject.certain & whole.certain)
    against = len(whole.certain) + len(whole.undetermined - subject.certain)
    lowest = Fraction(surely, against) if against else Fraction(1)
    perhaps = len(whole.undetermined & subject.possible)
    for_it = len(whole.certain & subject.possible) + perhaps
    out_of = len(whole.certain) + perhaps
    highest = Fraction(for_it, out_of) if out_of else Fraction(0)
    if whole.is_open:
        return Fraction(0), Fraction(1)
    return lowest, Fraction(1) if subject.is_open else highest


def _bounds(value: Value) -> tuple[Fraction, Fraction | None]:
    if isinstance(value, Quantities):
        return Fraction(value.total), None if value.most is None else Fraction(value.most)
    most = None if value.is_open else Fraction(len(value.possible))
    return Fraction(len(value.certain)), most


def percent(fraction: Fraction) -> Decimal:
    """A fraction in percent with one decimal; 100 and 0 only where it is all and none."""
    tenths = Decimal("0.1")
    exact = Decimal(fraction.numerator) * 100 / Decimal(fraction.denominator)
    rounded = exact.quantize(tenths, rounding=ROUND_HALF_UP)
    if rounded == 100 and fraction < 1:
        return Decimal("99.9")
    if rounded == 0 and fraction > 0:
        return tenths
    return rounded
