"""A kind of record as a table with keys: its columns, and which recorded row a row of it means."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, ClassVar

import tablib
from django.db import models
from import_export.fields import Field
from import_export.resources import ModelResource

from states import publishing

from .cells import STATE_BY_NAME, Cell, IdCell, StateCell
from .header import check_columns
from .matching import Keys, Match, Wanted, match
from .reading import Sheet, as_sheet

ID = "id"
Row = Mapping[str, Any]


class KeyedResource(ModelResource):  # type: ignore[misc]
    """One kind of record as a table.

    `keys` lists the natural keys, the most precise first, each with whether it may stand only once
    in a file. `related` is what a row needs from other tables.
    """

    keys: ClassVar[Sequence[tuple[tuple[str, ...], bool]]] = ()
    related: ClassVar[tuple[str, ...]] = ()
    locators: ClassVar[dict[str, Cell]] = {ID: IdCell()}
    """Columns that only help to find the recorded row that is meant."""
    rows_of_records: ClassVar[tuple[tuple[type[models.Model], str], ...]] = ()
    """Other models that a row of a file also writes, and their attribute with the record's id."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.sheet = Sheet([])
        self.matches: list[Match[Any]] = []

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """The columns of an export, in order: also those that an import knows."""
        return tuple(cls._meta.fields)

    @classmethod
    def names_state(cls) -> bool:
        """Whether the state that a row is about may be given by its name."""
        return any(
            isinstance(field.widget, StateCell) and field.widget.by_name
            for field in cls.fields.values()
        )

    def prepare(self, dataset: tablib.Dataset) -> list[Match[Any]]:
        """Read the table's header and tell which recorded row each of its rows means.

        Needs a transaction, in which it locks the states and what is recorded. Raises `Unreadable`
        or `Refusal` where the table as a whole cannot be imported.
        """
        self.sheet = as_sheet(dataset)
        locators = {*self.locators, *([STATE_BY_NAME] if self.names_state() else [])}
        check_columns(
            self.sheet, known=self.columns(), locators=locators, required=self._required()
        )
        for field in self.fields.values():
            field.widget.prepare()
        publishing.lock_states(self._state_ids())
        recorded = list(self.recorded().select_for_update(of=("self",)))
        self.matches = match(
            [self._wanted(index, row) for index, row in enumerate(self.sheet.records())],
            [
                (record.pk, keys, record)
                for record, keys in zip(recorded, self.keys_of(recorded), strict=True)
            ],
            once=[once for _names, once in self.keys],
        )
        return self.matches

    def _required(self) -> list[str]:
        by_name = STATE_BY_NAME in self.sheet.headers
        return [
            field.column_name
            for field in self.get_import_fields()
            if field.widget.required
            and not (by_name and isinstance(field.widget, StateCell) and field.widget.by_name)
        ]

    def recorded(self) -> models.QuerySet[Any]:
        """Where to look for the rows that the table may mean: everywhere."""
        return self.get_queryset()

    def keys_of(self, records: Sequence[Any]) -> list[Keys]:
        """The natural keys of recorded rows, or of records of their history."""
        return [
            tuple(tuple(self._stored(record, name) for name in names) for names, _once in self.keys)
            for record in records
        ]

    def _stored(self, record: Any, name: str) -> Hashable:
        attribute = self.fields[name].attribute
        if attribute is None:
            return None
        # By its column in the database: records of the history would ask for each related row.
        return hashable(getattr(record, self._meta.model._meta.get_field(attribute).attname))

    def _state_ids(self) -> set[int]:
        """The states that the file is about."""
        if not self.names_state():
            return set()
        states = (self._key_in(row, ["iso3"]) for row in self.sheet.records())
        return {state[0] for state in states if isinstance(state, tuple)}

    def keys_in(self, row: Row) -> Keys:
        """The natural keys that a row of a file gives; None where a cell cannot be read."""
        return tuple(self._key_in(row, names) for names, _once in self.keys)

    def _key_in(self, row: Row, names: Sequence[str]) -> Hashable | None:
        cells = []
        for name in names:
            field = self.fields[name]
            try:
                value = field.widget.clean(row.get(field.column_name, ""), row)
            except ValueError:
                return None
            if value is None and field.widget.required:
                return None
            cells.append(hashable(value))
        return tuple(cells)

    def _wanted(self, index: int, row: Row) -> Wanted:
        number = self.sheet.numbers[index]
        try:
            wanted_id = self.locators[ID].clean(row.get(ID, ""))
        except ValueError:
            # The row is refused for it when its turn comes.
            return Wanted(number=number, keys=(None,) * len(self.keys))
        return Wanted(number=number, keys=self.keys_in(row), id=wanted_id)

    def label(self, row: Row) -> str:
        """What a row is about, in its own words: the cells of its key."""
        names = [self.fields[name].column_name for name in self.keys[0][0]]
        cells = [row.get(STATE_BY_NAME) if STATE_BY_NAME in row else None]
        cells += [row.get(name) for name in names]
        return ", ".join(str(cell)[:60] for cell in cells if cell not in (None, ""))

    def label_of(self, record: models.Model) -> str:
        """What a recorded row is about, as in an export."""
        cells = [self.fields[name].export(record) for name in self.keys[0][0]]
        return ", ".join(str(cell) for cell in cells if cell != "")

    def get_queryset(self) -> models.QuerySet[Any]:
        queryset: models.QuerySet[Any] = super().get_queryset()
        return queryset.select_related(*self.related)


def column(attribute: str | None, widget: Any, name: str | None = None) -> Field:
    """A column that fills an attribute; `name` where the column is called otherwise."""
    return Field(attribute=attribute, column_name=name or attribute, widget=widget)


def hashable(value: Any) -> Hashable:
    """A cell's value as part of a key: records by their id, texts as they read."""
    if isinstance(value, models.Model):
        value = value.pk
    key: Hashable = legible(value) if isinstance(value, str) else value
    return key


def legible(text: str) -> str:
    """A text without what a spreadsheet cannot keep."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
