"""What is compared: a printed figure, and the portal's own answer to it. Pure values."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum


class Verdict(StrEnum):
    """What a printed figure and the portal's own come to. It is computed each time, never stored.

    `OPEN`: what the records leave open decides. `NO_NUMBER`: the document printed none, the portal
    counts one.
    """

    SAME = "same"
    DIFFERS = "differs"
    OPEN = "open"
    NO_NUMBER = "no_number"
    NOT_COMPUTED = "not_computed"


class Comparison(StrEnum):
    """How exactly a document meant its number; the same words as `PrintedFigure.Comparison`."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    ABOUT = "about"


@dataclass(frozen=True)
class PrintedName:
    """A name in a footnote as printed; `iso3` is "" where no state is called so."""

    text: str
    iso3: str = ""


@dataclass(frozen=True)
class Printed:
    """A figure as the document printed it.

    `value` is the number or the month or day as printed, "" where there is none. `said_to_be` is
    the expression for the set to which the document says its states belong.
    """

    key: str
    paragraph: int
    chapter: str
    claim: str
    value: str
    comparison: Comparison
    unit: str
    footnote: int | None
    names: tuple[PrintedName, ...]
    said_to_be: str
    kind: str
    implied: frozenset[str] | None = None
    """Without a footnote of its own: the states that related figures name for this very number."""

    @property
    def number(self) -> Decimal | None:
        """The number; None where nothing or a date was printed."""
        try:
            return Decimal(self.value) if self.value else None
        except InvalidOperation:
            return None

    @property
    def is_date(self) -> bool:
        return re.fullmatch(r"[0-9]{4}(-[0-9]{2}){1,2}", self.value) is not None

    @property
    def states(self) -> frozenset[str]:
        """The states of the footnote, as far as the names are known."""
        return frozenset(name.iso3 for name in self.names if name.iso3)

    @property
    def listed(self) -> frozenset[str] | None:
        """Whom the document means by the number, as far as it can be told; None where it cannot.

        Those of the footnote, else those of related figures; of a zero nobody.
        """
        if self.names:
            return self.states
        return frozenset() if self.number == 0 else self.implied

    @property
    def unknown_names(self) -> tuple[str, ...]:
        return tuple(name.text for name in self.names if not name.iso3)


@dataclass(frozen=True)
class Own:
    """The portal's answer under the same key.

    `number` is what is certain and `most` what it comes to if all that is open belongs (None:
    nobody can tell). `reason` says why there is no answer; then everything else is empty.
    """

    number: Decimal | None = None
    most: Decimal | None = None
    unit: str = ""
    day: date | None = None
    certain: frozenset[str] = frozenset()
    undetermined: frozenset[str] = frozenset()
    expression: str = ""
    chapter: str = ""
    index: int | None = None
    """The figure's place in the edition, by which its page is found."""
    reason: str = ""

    @property
    def is_computed(self) -> bool:
        return self.number is not None or self.day is not None


@dataclass(frozen=True)
class Compared:
    """A printed figure beside the portal's own, with the states that make the difference."""

    printed: Printed
    own: Own
    verdict: Verdict
    only_printed: frozenset[str] = frozenset()
    only_own: frozenset[str] = frozenset()
    open_states: frozenset[str] = field(default=frozenset())
