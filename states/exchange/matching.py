"""Which recorded row a row of a file means.

A row that gives an `id` means the row with that id. Any other is matched by its natural keys, the
most precise first: a treaty action by its day, else as the n-th act of its kind, so that a
corrected date changes the act and does not add a second one.
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

Recorded = TypeVar("Recorded")
Keys = tuple[Hashable | None, ...]
"""The natural keys of a row, the most precise first; None for a key that it does not have."""


@dataclass(frozen=True)
class Wanted:
    """A row of a file: its number there, the id that it gives, and its keys."""

    number: int
    keys: Keys
    id: int | None = None


@dataclass(frozen=True)
class Match(Generic[Recorded]):
    """The recorded row that is meant (None: a new one), or why that cannot be told."""

    recorded: Recorded | None = None
    refusal: str = ""


def match(
    wanted: Sequence[Wanted],
    recorded: Sequence[tuple[int, Keys, Recorded]],
    *,
    once: Sequence[bool],
) -> list[Match[Recorded]]:
    """The match of each wanted row, in their order.

    `recorded` gives each recorded row with its id and keys; `once` says for each key whether it may
    stand only once in a file. No recorded row is matched twice.
    """
    return _Matching(wanted, recorded, once).matches()


class _Matching(Generic[Recorded]):
    def __init__(
        self,
        wanted: Sequence[Wanted],
        recorded: Sequence[tuple[int, Keys, Recorded]],
        once: Sequence[bool],
    ) -> None:
        self.wanted = wanted
        self.recorded = recorded
        self.once = once
        self.found: dict[int, Match[Recorded]] = {}
        self.taken: dict[int, int] = {}

    def matches(self) -> list[Match[Recorded]]:
        self._refuse_repeats()
        self._match_ids()
        for level in range(len(self.once)):
            self._match_keys(level)
        return [self.found.get(index, Match()) for index in range(len(self.wanted))]

    def _refuse_repeats(self) -> None:
        first: dict[tuple[int, Hashable], int] = {}
        for index, row in enumerate(self.wanted):
            for level, key in enumerate(row.keys):
                if key is None or not self.once[level]:
                    continue
                earlier = first.setdefault((level, key), row.number)
                if earlier != row.number:
                    self._refuse_repeat(index, earlier)

    def _match_ids(self) -> None:
        by_id = {pk: record for pk, _keys, record in self.recorded}
        for index, row in enumerate(self.wanted):
            if row.id is None or index in self.found:
                continue
            if row.id not in by_id:
                self.found[index] = Match(
                    refusal=_("No row with the id %(id)s is recorded.") % {"id": row.id}
                )
            elif row.id in self.taken:
                self._refuse_repeat(index, self.taken[row.id])
            else:
                self._take(index, row.id, by_id[row.id])

    def _match_keys(self, level: int) -> None:
        candidates: dict[Hashable, list[tuple[int, Recorded]]] = defaultdict(list)
        for pk, keys, record in self.recorded:
            if pk not in self.taken and keys[level] is not None:
                candidates[keys[level]].append((pk, record))
        for index, row in enumerate(self.wanted):
            if index in self.found or row.keys[level] is None:
                continue
            free = [pair for pair in candidates[row.keys[level]] if pair[0] not in self.taken]
            if len(free) == 1:
                self._take(index, *free[0])
            elif len(free) > 1:
                self.found[index] = Match(
                    refusal=_("Several recorded rows fit: say in a column “id” which one is meant.")
                )

    def _take(self, index: int, pk: int, record: Recorded) -> None:
        self.found[index] = Match(recorded=record)
        self.taken[pk] = self.wanted[index].number

    def _refuse_repeat(self, index: int, earlier: int) -> None:
        self.found[index] = Match(
            refusal=_("The row repeats row %(row)s: each may stand once in a file.")
            % {"row": earlier}
        )
