"""Sets of which some members may be open: what is known and what is not."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Generic, Self, TypeAlias, TypeVar

Key = TypeVar("Key", bound=Hashable)

ORGANISATION = "org:"
"""What the key of an actor begins with that is not a state, before the organisation's code."""

LONG_TITLE = 60


def is_state(actor: str) -> bool:
    """Whether the key of an actor is a state's (ISO3) and not an organisation's."""
    return not actor.startswith(ORGANISATION)


@dataclass(frozen=True)
class Evidence:
    """Why an actor is in a set: a sentence, the day it happened, and the document to look in.

    `answer` is False for evidence that says no, None where the question is not one of yes or no.
    `day_words` says the day as far as it is known where `on` cannot; `reported_on` is the day on
    which the document said so. `document_id` and `finding` lead back to the records.
    """

    text: str
    on: date | None = None
    document: str = ""
    place: str = ""
    url: str = ""
    answer: bool | None = None
    day_words: str = ""
    reported_on: date | None = None
    remark: str = ""
    document_id: int | None = None
    finding: int | None = None


def title_in_brief(title: str) -> str:
    """A document's title; of a long one only what stands before its colon."""
    begin, _colon, _subtitle = title.partition(": ")
    return begin if len(title) > LONG_TITLE else title


@dataclass(frozen=True)
class Lookup:
    """Evidence that a table looks up when it is shown: which name, of whom, said what, when."""

    name: str
    actor: str
    label: str = ""
    answer: bool = True
    until: date | None = None
    after: date | None = None


Proof: TypeAlias = Evidence | Lookup


class Proofs(Mapping[Key, tuple[Proof, ...]]):
    """The proofs of several mappings as one, each proof once. Put together only when read.

    A chain of operators would otherwise join its evidence anew at each step.
    """

    def __init__(self, parts: Iterable[Mapping[Key, tuple[Proof, ...]]]) -> None:
        self.parts: tuple[Mapping[Key, tuple[Proof, ...]], ...]
        flat: dict[int, Mapping[Key, tuple[Proof, ...]]] = {}
        for part in parts:
            for single in part.parts if isinstance(part, Proofs) else (part,):
                flat[id(single)] = single
        self.parts = tuple(flat.values())

    def __getitem__(self, key: Key) -> tuple[Proof, ...]:
        found = [part[key] for part in self.parts if key in part]
        if not found:
            raise KeyError(key)
        return tuple(dict.fromkeys(proof for proofs in found for proof in proofs))

    def __iter__(self) -> Iterator[Key]:
        return iter(dict.fromkeys(key for part in self.parts for key in part))

    def __len__(self) -> int:
        return len(set().union(*self.parts))


@dataclass(frozen=True)
class Members(Generic[Key]):
    """Things that certainly belong, and those that perhaps do.

    `certain` and `undetermined` have no member in common. `disputed` are those undetermined ones
    of which one document says yes and another no. `is_open`: the source left its list open, so
    that others may belong whom nobody named. `evidence` says for each member why.
    """

    certain: frozenset[Key] = frozenset()
    undetermined: frozenset[Key] = frozenset()
    evidence: Mapping[Key, tuple[Proof, ...]] = field(default_factory=dict, compare=False)
    disputed: frozenset[Key] = frozenset()
    is_open: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "undetermined", self.undetermined - self.certain)
        object.__setattr__(self, "disputed", self.disputed & self.undetermined)

    @property
    def possible(self) -> frozenset[Key]:
        """Those that belong or may belong."""
        return self.certain | self.undetermined

    def __or__(self, other: Self) -> Self:
        return replace(
            self,
            certain=self.certain | other.certain,
            undetermined=self.possible | other.possible,
            disputed=self.disputed | other.disputed,
            is_open=self.is_open or other.is_open,
            evidence=Proofs((self.evidence, other.evidence)),
        )

    def __and__(self, other: Self) -> Self:
        return replace(
            self,
            certain=self.certain & other.certain,
            undetermined=self.possible & other.possible,
            disputed=self.disputed | other.disputed,
            is_open=self.is_open or other.is_open,
            evidence=Proofs((self.evidence, other.evidence)),
        )

    def __sub__(self, other: Self) -> Self:
        # Whoever remains may be among those whom an open list did not name.
        certain: frozenset[Key] = frozenset() if other.is_open else self.certain - other.possible
        return replace(
            self,
            certain=certain,
            undetermined=self.possible - other.certain,
            disputed=self.disputed | other.disputed,
        )

    def left_open(self) -> Self:
        """The same members, marked as a list that its source left open."""
        return replace(self, is_open=True)


@dataclass(frozen=True)
class StateSet(Members[str]):
    """States (ISO3 codes), or other actors (`org:` and their code), that belong or may belong."""
