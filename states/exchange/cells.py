"""What a cell of each kind may hold, in a file and in the database.

Each class reads one kind of cell and refuses what it cannot read with a sentence (a `ValueError`),
and gives the same cell back on export.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from import_export.widgets import Widget
from rapidfuzz import process

from ccm_portal.exports import restore
from states.models import State
from states.names import NameBook

STATE_BY_NAME = "state"
"""The column that gives a state by any of its names, instead of or beside its ISO code."""


class Cell(Widget):  # type: ignore[misc]
    """A cell; `required` refuses an empty one, `default` is what an empty one means otherwise."""

    def __init__(self, *, required: bool = False, default: Any = None) -> None:
        super().__init__()
        self.required = required
        self.default = default

    def prepare(self) -> None:
        """Load what the cells of a whole file are looked up in, once."""

    def clean(self, value: Any, row: Mapping[str, Any] | None = None, **kwargs: Any) -> Any:
        """The value that a cell means. Raises `ValueError` with a sentence."""
        if isinstance(value, str):
            value = restore(value.strip())
            if "\r" in value:
                value = value.replace("\r\n", "\n").replace("\r", "\n")
        if value == "" or value is None:
            if self.required:
                raise ValueError(_("The cell is empty: it needs a value."))
            return self.default
        return self.read(value)

    def read(self, value: Any) -> Any:
        """The value that a cell with something in it means."""
        raise NotImplementedError

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return "" if value is None else value


class TextCell(Cell):
    """Text."""

    def __init__(self, *, required: bool = False) -> None:
        super().__init__(required=required, default="")

    def read(self, value: Any) -> str:
        return str(value)


class ChoiceCell(Cell):
    """One of a fixed set of words."""

    def __init__(
        self, choices: type[models.TextChoices], *, required: bool = False, default: str = ""
    ) -> None:
        super().__init__(required=required, default=default)
        self.allowed = tuple(choices.values)

    def read(self, value: Any) -> str:
        word = str(value).casefold()
        if word not in self.allowed:
            raise ValueError(
                _("“%(given)s” is not allowed here: use one of %(allowed)s.")
                % {"given": _shortened(value), "allowed": ", ".join(self.allowed)}
            )
        return word


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class DateCell(Cell):
    """A day, written as year-month-day or as a date of the spreadsheet program."""

    def read(self, value: Any) -> date:
        if isinstance(value, date):
            return value
        try:
            # Python would also read weeks and dates without hyphens.
            if isinstance(value, str) and _DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise ValueError(
            _("“%(given)s” is not a date: write it as year-month-day, such as 2010-12-31.")
            % {"given": _shortened(value)}
        )


class NumberCell(Cell):
    """A whole number from 1 on."""

    LARGEST = 9999

    def read(self, value: Any) -> int:
        if re.fullmatch(r"[0-9]{1,18}", str(value)) and 1 <= int(value) <= self.LARGEST:
            return int(value)
        raise ValueError(
            _("“%(given)s” is not a whole number from 1 to %(largest)s.")
            % {"given": _shortened(value), "largest": self.LARGEST}
        )


class IdCell(NumberCell):
    """The number under which the database keeps a row."""

    LARGEST = 2**53


class YesNoCell(Cell):
    """Yes or no."""

    MEANINGS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}

    def __init__(self, *, required: bool = False) -> None:
        super().__init__(required=required, default=False)

    def read(self, value: Any) -> bool:
        meaning = self.MEANINGS.get(str(value).casefold())
        if meaning is None:
            raise ValueError(_("“%(given)s” is neither yes nor no.") % {"given": _shortened(value)})
        return meaning

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "yes" if value else "no"


class StateCell(Cell):
    """A state by its ISO code or by any of its names; `by_name` lets another column give it too."""

    def __init__(self, *, required: bool = False, by_name: bool = False) -> None:
        super().__init__(required=required)
        self.by_name = by_name
        self._by_iso3: dict[str, State] = {}
        self._by_id: dict[int, State] = {}
        self._names = NameBook(rows=())

    def prepare(self) -> None:
        states = list(State.objects.all())
        self._by_iso3 = {state.iso3: state for state in states}
        self._by_id = {state.pk: state for state in states}
        self._names = NameBook.load()

    def clean(self, value: Any, row: Mapping[str, Any] | None = None, **kwargs: Any) -> Any:
        spelling = row.get(STATE_BY_NAME, "") if self.by_name and row else ""
        if value in ("", None) or not spelling:
            return super().clean(value or spelling, row)
        state, named = super().clean(value, row), super().clean(spelling, row)
        if state != named:
            raise ValueError(
                _("%(code)s and “%(name)s” are two different states.")
                % {"code": _shortened(value), "name": _shortened(spelling)}
            )
        return state

    def read(self, value: Any) -> State:
        spelling = str(value)
        state = self._by_iso3.get(spelling.upper())
        if state is None:
            state = self._by_id.get(self._names.find(spelling) or 0)
        if state is None:
            raise ValueError(_unknown(spelling, self._names.suggestions(spelling)))
        return state

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.iso3 if value is not None else ""


class CodeCell(Cell):
    """A row of another table, by its code: a document or a meeting."""

    def __init__(self, model: type[models.Model], *, required: bool = False) -> None:
        super().__init__(required=required)
        self.model = model
        self._by_code: dict[str, models.Model] = {}

    def prepare(self) -> None:
        rows = self.model._default_manager.all()
        self._by_code = {row.code: row for row in rows}  # type: ignore[attr-defined]

    def read(self, value: Any) -> models.Model:
        code = str(value)
        if code not in self._by_code:
            nearest = process.extract(code, self._by_code.keys(), limit=3, score_cutoff=60)
            raise ValueError(_unknown(code, [match[0] for match in nearest]))
        return self._by_code[code]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.code if value is not None else ""


def _unknown(given: str, suggestions: list[str]) -> str:
    if not suggestions:
        return _("“%(given)s” is not known: check the spelling.") % {"given": _shortened(given)}
    return _("“%(given)s” is not known; the nearest known are: %(known)s.") % {
        "given": _shortened(given),
        "known": ", ".join(f"“{name}”" for name in suggestions),
    }


def _shortened(given: Any) -> str:
    text = str(given)
    return text if len(text) <= 60 else f"{text[:60]}…"
