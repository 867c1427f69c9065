"""What a tag's question came to: a value, who is behind it, and the evidence. Pure values."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ccm_portal.figures import Evidence

from .languages import Amount
from .languages.grammar import Number


class AnswerKind(StrEnum):
    """What kind of value a tag was answered with."""

    COUNT = "count"
    QUANTITY = "quantity"
    PERCENT = "percent"
    PRINTED = "printed"
    DATE = "date"
    CONSTANT = "constant"


@dataclass(frozen=True)
class Actor:
    """A state or an organisation behind a figure. `key` is its ISO3 code, or `org:` and a code.

    `status` is that of the cut-off date: party, signatory, not_party or organisation.
    """

    key: str
    name: str
    status: str
    is_certain: bool = True
    is_disputed: bool = False
    slug: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class LookedAt:
    """The set in which a figure looked, shown where it found nobody."""

    expression: str
    count: int


@dataclass(frozen=True)
class Printed:
    """A number that another document printed and no record can give."""

    words: str
    document: str = ""
    place: str = ""
    url: str = ""
    is_public: bool = True


@dataclass(frozen=True)
class Answer:
    """The answer to one tag. `expression` is the question that the page `/figures/` answers too."""

    kind: AnswerKind
    expression: str = ""
    amount: Amount | None = None
    unit: str = ""
    actors: tuple[Actor, ...] = ()
    is_open: bool = False
    looked_at: LookedAt | None = None
    printed: Printed | None = None
    day: date | None = None
    basis: str = ""
    """Of a date or a constant: where it comes from, such as a meeting or an article."""

    @property
    def certain(self) -> tuple[Actor, ...]:
        """Those who certainly belong, in order of name."""
        return tuple(actor for actor in self.actors if actor.is_certain)

    @property
    def undetermined(self) -> tuple[Actor, ...]:
        """Those who may belong, in order of name."""
        return tuple(actor for actor in self.actors if not actor.is_certain)

    @property
    def number(self) -> Number | None:
        """What is known for certain; None of a date or a printed word."""
        return self.amount.number if self.amount else None
