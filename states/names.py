"""What states are called on a date, and which state a spelling means."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from .models import StateName

FALLBACK_LANGUAGE = "en"
LEAST_LIKENESS = 73
"""Below this, of 100, two spellings have too little in common to be proposed for one another."""


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """A spelling without what people vary: accents, case, punctuation, "&" and a leading "the"."""
    text = text.replace("&", " and ").replace("’", "").replace("'", "")
    plain = "".join(
        character
        for character in unicodedata.normalize("NFKD", text.casefold())
        if not unicodedata.combining(character)
    )
    words = re.sub(r"[^\w]+", " ", plain).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words)


@dataclass(frozen=True)
class NameRow:
    """A published name of a state with the time of its use (`valid_until` is not included)."""

    state_id: int
    language: str
    kind: str
    name: str
    valid_from: date | None
    valid_until: date | None

    def holds(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_until is None or on < self.valid_until
        )


@dataclass(frozen=True)
class NameBook:
    """All published names of all states, loaded once. Costs one query."""

    rows: tuple[NameRow, ...]

    @classmethod
    def load(cls) -> "NameBook":
        fields = ("state_id", "language", "kind", "name", "valid_from", "valid_until")
        rows = StateName.objects.published().order_by("pk").values_list(*fields)
        return cls(rows=tuple(NameRow(*row) for row in rows))

    @cached_property
    def _dated(self) -> dict[tuple[int, str, str], list[NameRow]]:
        index: dict[tuple[int, str, str], list[NameRow]] = defaultdict(list)
        for row in self.rows:
            index[row.state_id, row.language, row.kind].append(row)
        return index

    def short(self, state_id: int, on: date, language: str = FALLBACK_LANGUAGE) -> str:
        """The short name in use on a day, in the language or else in English; "" if unknown."""
        return self._name(state_id, StateName.Kind.SHORT, on, language)

    def formal(self, state_id: int, on: date, language: str = FALLBACK_LANGUAGE) -> str:
        """The formal name in use on a day; the short name where no formal one is recorded."""
        return self._name(state_id, StateName.Kind.FORMAL, on, language) or self.short(
            state_id, on, language
        )

    def of_state(self, state_id: int) -> Iterator[NameRow]:
        """Every name and spelling of one state."""
        return (row for row in self.rows if row.state_id == state_id)

    def find(self, spelling: str) -> int | None:
        """The state that a spelling of any time, kind and language means, or None."""
        return self._by_spelling.get(fold(spelling))

    def containing(self, text: str) -> frozenset[int]:
        """The states with a name or spelling that contains a text, folded."""
        wanted = fold(text)
        return frozenset(
            state_id for spelling, state_id in self._by_spelling.items() if wanted in spelling
        )

    def suggestions(self, spelling: str, limit: int = 3) -> list[str]:
        """The known names that are like a spelling, nearest first, one a state."""
        names: dict[str, NameRow] = {}
        for row in self.rows:
            names.setdefault(fold(row.name), row)
        nearest = process.extract(
            fold(spelling), list(names), scorer=ratio, limit=limit * 4, score_cutoff=LEAST_LIKENESS
        )
        found: dict[int, str] = {}
        for key, _score, _place in nearest:
            found.setdefault(names[key].state_id, names[key].name)
        return list(found.values())[:limit]

    @cached_property
    def _by_spelling(self) -> dict[str, int]:
        return {fold(row.name): row.state_id for row in self.rows}

    def _name(self, state_id: int, kind: str, on: date, language: str) -> str:
        for wanted in (language, FALLBACK_LANGUAGE):
            for row in self._dated.get((state_id, wanted, kind), ()):
                if row.holds(on):
                    return row.name
        return ""


def in_order_of_name(names: Iterable[str]) -> list[str]:
    """Names in alphabetical order, accents and a leading "the" aside."""
    return sorted(names, key=fold)
