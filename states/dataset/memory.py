"""What the loader of a dataset wrote in the past, and what staff have done with it since.

The history of each record tells: its reason names the dataset where the loader wrote it. A row
whose latest record is anybody else's belongs to staff, and so does one that they deleted.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Self

from states.exchange.matching import Keys
from states.exchange.resource import RegisterResource

WORD = "Dataset"


def reason_for(name: str, version: str) -> str:
    """What the history says of rows that the loader wrote; `name` is "" for the register's own."""
    return " ".join(word for word in (WORD, name, version) if word)


@dataclass(frozen=True)
class Memory:
    """What is known of one kind of record, of one dataset.

    `written` holds the keys that the loader wrote last and the id of their row; `own` the ids of
    rows that nobody else has touched since, `existing` those of all rows; `withdrawn` those that
    the loader published and that are not published any more.
    """

    written: dict[tuple[int, Hashable], int]
    own: frozenset[int]
    existing: frozenset[int]
    withdrawn: frozenset[int]
    has_other_hands: bool

    @classmethod
    def load(cls, resource: RegisterResource, *, name: str = "") -> Self:
        """Costs two queries, and one for each other model that the resource writes."""
        model = resource._meta.model
        latest: dict[int, Any] = {}
        loaded: dict[int, Any] = {}
        has_other_hands = False
        for record in model.history.order_by("history_date", "history_id"):
            latest[record.id] = record
            if is_by_loader(record, name):
                loaded[record.id] = record
            elif not is_by_any_loader(record):
                has_other_hands = True
        existing = frozenset(model._default_manager.values_list("pk", flat=True))
        touched = _touched(resource)
        return cls(
            written={
                (level, key): record.id
                for record, keys in zip(
                    loaded.values(), resource.keys_of(list(loaded.values())), strict=True
                )
                for level, key in enumerate(keys)
                if key is not None
            },
            own=frozenset(pk for pk, record in latest.items() if is_by_loader(record, name))
            & existing - touched,
            existing=existing,
            withdrawn=frozenset(
                pk
                for pk, record in loaded.items()
                if _shows(record) and pk in existing and not _shows(latest[pk])
            ),
            has_other_hands=has_other_hands or bool(touched),
        )

    def row_written_as(self, keys: Keys) -> int | None:
        """The id of the row that the loader wrote with one of these keys, recorded still or not."""
        for level, key in enumerate(keys):
            if key is not None and (level, key) in self.written:
                return self.written[level, key]
        return None


def is_by_loader(record: Any, name: str = "") -> bool:
    """Whether a record of a history was written by the loader of the dataset of a name."""
    return is_by_any_loader(record) and record.history_change_reason.split()[1:-1] == name.split()


def is_by_any_loader(record: Any) -> bool:
    """Whether a record of a history was written by the loader of any dataset."""
    given = record.history_change_reason or ""
    return record.history_user_id is None and given.split()[:1] == [WORD]


def _touched(resource: RegisterResource) -> frozenset[int]:
    """The records of which somebody else wrote a row that the resource also writes."""
    return frozenset(
        getattr(record, link)
        for model, link in resource.rows_of_records
        for record in model.history.all()  # type: ignore[attr-defined]
        if not is_by_any_loader(record)
    )


def _shows(record: Any) -> bool:
    return bool(getattr(record, "published_at", None) or getattr(record, "is_public", False))
