"""The audit trail, read from the histories that every record keeps.

Nothing is stored for it: each entry is a row of some model's history, and what changed follows
from the row before it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AbstractUser, User
from django.db.models import CharField, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalChanges

KINDS = {"+": _("added"), "~": _("changed"), "-": _("deleted")}
HistoryModel = Any


@dataclass(frozen=True)
class Filters:
    """Which entries are meant. `by` is an account's number; `since` is included, `until` is not."""

    model: str = ""
    by: int | None = None
    kind: str = ""
    since: datetime | None = None
    until: datetime | None = None
    record: str = ""


@dataclass(frozen=True)
class Change:
    """One field of an entry: its value before and after, as people read them."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One write of one record. `by` is None where a command wrote it."""

    at: datetime
    by: str | None
    model: str
    record: str
    title: str
    kind: str
    reason: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class _Place:
    """Where an entry stands: its history and its number there."""

    model: str
    number: int


def visible_histories(user: AbstractUser) -> dict[str, HistoryModel]:
    """The histories that somebody may read, by the label of their model."""
    found = {}
    for history in apps.get_models():
        if not (issubclass(history, HistoricalChanges) and hasattr(history, "history_date")):
            continue  # the lists of records that a history holds are read with it
        meta = history._meta
        if user.has_perm(f"{meta.app_label}.view_{meta.model_name}"):
            found[history.instance_type._meta.label] = history  # type: ignore[attr-defined]
    return dict(sorted(found.items()))


def places(histories: dict[str, HistoryModel], filters: Filters) -> QuerySet[Any]:
    """The entries that filters leave, newest first, as (label, number, date). One query."""
    chosen = {filters.model: histories[filters.model]} if filters.model else histories
    parts = [_places_of(label, history, filters) for label, history in chosen.items()]
    if not parts:
        return User.objects.none().values_list("pk", "pk", "pk")
    first, *others = parts
    return first.union(*others, all=True).order_by("-history_date", "-history_id")


def entries(histories: dict[str, HistoryModel], found: Iterable[Sequence[Any]]) -> list[Entry]:
    """Entries in full for what `places` found, in the same order.

    Costs two queries for each model among them, one for the people, and one for each model that
    their fields lead to.
    """
    ordered = [_Place(label, number) for label, number, _date in found]
    numbers = defaultdict(list)
    for place in ordered:
        numbers[place.model].append(place.number)
    rows: dict[_Place, tuple[Any, Any]] = {}
    for label, wanted in numbers.items():
        for row, before in _with_the_one_before(histories[label], wanted):
            rows[_Place(label, row.history_id)] = (row, before)
    names = dict(
        User.objects.filter(
            pk__in={row.history_user_id for row, _before in rows.values()} - {None}
        ).values_list("pk", "username")
    )
    told = _Told.of(rows.values())
    return [_entry(place, *rows[place], names, told) for place in ordered if place in rows]


def pages(histories: dict[str, HistoryModel], filters: Filters, *, size: int) -> Iterator[Entry]:
    """All entries that filters leave, a few at a time, so that any number can be written out."""
    found = places(histories, filters)
    start = 0
    while part := list(found[start : start + size]):
        yield from entries(histories, part)
        start += size


def _places_of(label: str, history: HistoryModel, filters: Filters) -> QuerySet[Any]:
    rows = history._default_manager.order_by()
    if filters.by is not None:
        rows = rows.filter(history_user_id=filters.by)
    if filters.kind:
        rows = rows.filter(history_type=filters.kind)
    if filters.since:
        rows = rows.filter(history_date__gte=filters.since)
    if filters.until:
        rows = rows.filter(history_date__lt=filters.until)
    if filters.record:
        key = history.instance_type._meta.pk.attname
        rows = rows.annotate(trail_key=Cast(key, CharField())).filter(trail_key=filters.record)
    placed: QuerySet[Any] = rows.annotate(
        trail_model=Value(label, output_field=CharField())
    ).values_list("trail_model", "history_id", "history_date")
    return placed


def _with_the_one_before(history: HistoryModel, numbers: list[int]) -> list[tuple[Any, Any]]:
    """Rows of a history, each with the row before it of the same record, or None."""
    key = history.instance_type._meta.pk.attname
    earlier = history._default_manager.filter(
        **{key: OuterRef(key)}, history_id__lt=OuterRef("history_id")
    ).order_by("-history_id")
    rows = list(
        history._default_manager.filter(history_id__in=numbers).annotate(
            trail_before=Subquery(earlier.values("history_id")[:1])
        )
    )
    before = history._default_manager.in_bulk({row.trail_before for row in rows} - {None})
    return [(row, before.get(row.trail_before)) for row in rows]


@dataclass(frozen=True)
class _Told:
    """What the records are called that fields lead to."""

    names: dict[tuple[type[Model], Any], str]

    @classmethod
    def of(cls, rows: Iterable[tuple[Any, Any]]) -> "_Told":
        wanted: dict[type[Model], set[Any]] = defaultdict(set)
        for pair in rows:
            for row in filter(None, pair):
                for field in row.tracked_fields:
                    if field.is_relation:
                        wanted[field.related_model].add(getattr(row, field.attname))
        return cls(
            {
                (model, key): str(record)
                for model, keys in wanted.items()
                for key, record in model._default_manager.in_bulk(keys - {None}).items()
            }
        )

    def value(self, row: Any, field: Any) -> str:
        """A field's value as people read it; what a field led to and is gone, by its number."""
        value = getattr(row, field.attname)
        if value is None or value == "":
            return ""
        if field.is_relation:
            return self.names.get((field.related_model, value), f"#{value}")
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _entry(place: _Place, row: Any, before: Any, names: dict[int, str], told: _Told) -> Entry:
    changes = [] if row.history_type == "-" else _changes(row, before, told)
    return Entry(
        at=row.history_date,
        by=names.get(row.history_user_id),
        model=place.model,
        record=str(getattr(row, row.instance_type._meta.pk.attname)),
        title=_title(row, told),
        kind=row.history_type,
        reason=row.history_change_reason or "",
        changes=tuple(changes),
    )


def _changes(row: Any, before: Any, told: _Told) -> Iterator[Change]:
    for field in row.tracked_fields:
        if field.primary_key:
            continue
        old = told.value(before, field) if before is not None else ""
        new = told.value(row, field)
        if old != new:
            yield Change(str(field.verbose_name), old, new)
    yield from _changes_of_lists(row, before)


def _changes_of_lists(row: Any, before: Any) -> Iterator[Change]:
    """Fields that hold several records, such as the roles of an account."""
    for field in row._history_m2m_fields:
        old, new = _members(before, field), _members(row, field)
        if old != new:
            yield Change(str(field.verbose_name), ", ".join(old), ", ".join(new))


def _members(row: Any, field: Any) -> list[str]:
    if row is None:
        return []
    related = field.m2m_reverse_field_name()
    through = getattr(row, field.name).all().select_related(related)
    return sorted(str(getattr(item, related) or "#?") for item in through)


def _title(row: Any, told: _Told) -> str:
    """What the record is called: by the fields that name one, else by its number."""
    for name in ("code", "username", "name", "title", "iso3"):
        value = getattr(row, name, "")
        if isinstance(value, str) and value:
            return value
    for field in row.tracked_fields:
        if field.name == "state":
            return told.value(row, field)
    return f"#{getattr(row, row.instance_type._meta.pk.attname)}"
