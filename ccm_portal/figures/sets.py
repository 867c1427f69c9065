"""Sets of states of which some members may be open: what is known and what is not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Evidence:
    """Why a state is in a set: a sentence, the day it happened, and the document to look in."""

    text: str
    on: date | None = None
    document: str = ""
    place: str = ""
    url: str = ""


@dataclass(frozen=True)
class StateSet:
    """States (ISO3 codes) that certainly belong, and those that perhaps do.

    `certain` and `undetermined` have no member in common. `evidence` says for each member why.
    """

    certain: frozenset[str] = frozenset()
    undetermined: frozenset[str] = frozenset()
    evidence: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "undetermined", self.undetermined - self.certain)

    @classmethod
    def of(cls, evidence: Mapping[str, Iterable[Evidence]]) -> "StateSet":
        """A set in which everything is known."""
        return cls(
            certain=frozenset(evidence),
            evidence={iso3: tuple(items) for iso3, items in evidence.items()},
        )

    @property
    def possible(self) -> frozenset[str]:
        """Those that belong or may belong."""
        return self.certain | self.undetermined

    def __or__(self, other: "StateSet") -> "StateSet":
        return StateSet(
            certain=self.certain | other.certain,
            undetermined=self.possible | other.possible,
            evidence=_joined(self.evidence, other.evidence),
        )

    def __and__(self, other: "StateSet") -> "StateSet":
        return StateSet(
            certain=self.certain & other.certain,
            undetermined=self.possible & other.possible,
            evidence=_joined(self.evidence, other.evidence),
        )

    def __sub__(self, other: "StateSet") -> "StateSet":
        return StateSet(
            certain=self.certain - other.possible,
            undetermined=self.possible - other.certain,
            evidence=self.evidence,
        )


def _joined(
    first: Mapping[str, tuple[Evidence, ...]], second: Mapping[str, tuple[Evidence, ...]]
) -> dict[str, tuple[Evidence, ...]]:
    joined = dict(first)
    for iso3, items in second.items():
        known = joined.get(iso3, ())
        joined[iso3] = known + tuple(item for item in items if item not in known)
    return joined
