"""What cells of tables on reports may hold, besides what every table may."""

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from import_export.fields import Field

from reports.forms import FormLetter
from reports.models import KnownMissing, TransparencyReport
from states.exchange.cells import Cell, ChoiceCell, DateCell, NumberCell, StateCell

Kind = TransparencyReport.Kind


class DaysCell(Cell):
    """Days, separated by semicolons; their order does not matter."""

    def __init__(self) -> None:
        super().__init__(default=())
        self._day = DateCell()

    def read(self, value: Any) -> tuple[date, ...]:
        parts = [value] if isinstance(value, date) else str(value).split(";")
        days = {self._day.clean(part) for part in parts}
        return tuple(sorted(day for day in days if day is not None))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return ";".join(day.isoformat() for day in value or ())


class AmountCell(Cell):
    """A quantity that is not negative, with at most two decimals; an empty cell is unknown."""

    LARGEST_DIGITS = 18

    def read(self, value: Any) -> Decimal:
        text = str(value)
        if re.fullmatch(rf"[0-9]{{1,{self.LARGEST_DIGITS}}}(\.[0-9]{{1,2}}0*)?", text):
            return Decimal(text).quantize(Decimal("0.01"))
        raise ValueError(
            _(
                "“%(given)s” is not a quantity: write digits alone, with a point before decimals "
                "(at most two), such as 1250 or 0.5."
            )
            % {"given": text[:40]}
        )

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> int | str:
        if value is None:
            return ""
        return int(value) if value == int(value) else format(value.normalize(), "f")


class LetterCell(Cell):
    """A form of the reporting form, by its letter."""

    def __init__(self) -> None:
        super().__init__(required=True)

    def read(self, value: Any) -> str:
        letter = str(value).upper()
        if letter not in FormLetter.values:
            raise ValueError(
                _("“%(given)s” is not a form: use a letter from A to J.")
                % {"given": str(value)[:40]}
            )
        return letter


class ReportCell(StateCell):
    """A recorded report, by its state here and its kind, year and last day of receipt beside it.

    The last two may stay empty where a state has only one report of the kind.
    """

    def __init__(self) -> None:
        super().__init__(required=True, by_name=True)
        self.kind = ChoiceCell(Kind, required=True)
        self.year = NumberCell()
        self.received = DateCell()
        self._reports: dict[tuple[int, str], list[TransparencyReport]] = {}

    def prepare(self) -> None:
        super().prepare()
        found: dict[tuple[int, str], list[TransparencyReport]] = defaultdict(list)
        for report in TransparencyReport.objects.select_related("state").order_by("pk"):
            found[report.state_id, report.kind].append(report)
        self._reports = found

    def clean(self, value: Any, row: Mapping[str, Any] | None = None, **kwargs: Any) -> Any:
        state = super().clean(value, row)
        return None if state is None else self._report(state.pk, row or {})

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.state.iso3 if value is not None else ""

    def state_id(self, value: Any, row: Mapping[str, Any]) -> int | None:
        """The state that a row is about, whether or not the report is found; None if unreadable."""
        try:
            state = super().clean(value, row)
        except ValueError:
            return None
        return None if state is None else state.pk

    def _report(self, state_id: int, row: Mapping[str, Any]) -> TransparencyReport:
        kind = self.kind.clean(row.get("kind", ""))
        year, received = (
            cell.clean(row.get(name, ""))
            for cell, name in ((self.year, "year"), (self.received, "received"))
        )
        fitting = [
            report
            for report in self._reports.get((state_id, kind), ())
            if year in {None, report.year} and received in {None, report.received_not_after}
        ]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise ValueError(
                _("Several reports fit: say in “year” and “received” which one is meant.")
            )
        raise ValueError(_("No such report is recorded: record its receipt first."))


class MissingOn(Field):  # type: ignore[misc]
    """The days on which a report was known to be missing: rows of their own, in one cell."""

    def __init__(self) -> None:
        super().__init__(attribute="missing_on", column_name="missing_on", widget=DaysCell())

    def get_value(self, instance: Any) -> tuple[date, ...]:
        """Those that a file gives, until they are stored; else those that are stored."""
        entered: tuple[date, ...] | None = instance.__dict__.get("missing_on")
        if entered is not None:
            return entered
        return stored_missing_days(instance)


def stored_missing_days(report: Any) -> tuple[date, ...]:
    """Those that were stored when this record was read, in order.

    Noted beside the record, because a copy of it, which stays as it was while a file changes the
    record, would read the rows again, and after the change.
    """
    if report.pk is None:
        return ()
    noted: dict[str, Any] = report.__dict__
    if "stored_missing_on" not in noted:
        noted["stored_missing_on"] = tuple(sorted(row.on for row in report.known_missing.all()))
    days: tuple[date, ...] = noted["stored_missing_on"]
    return days


def store_missing_days(report: Any, *, user: Any, reason: str) -> None:
    """Let the rows be those days that a file gave; what it did not give stays as it is."""
    entered: tuple[date, ...] | None = report.__dict__.get("missing_on")
    if entered is None:
        return
    stored = {missing.on: missing for missing in KnownMissing.objects.filter(report=report)}
    gone: list[Any] = [missing for day, missing in stored.items() if day not in entered]
    new: list[Any] = [KnownMissing(report=report, on=day) for day in entered if day not in stored]
    for row in (*gone, *new):
        row._history_user = user
        row._change_reason = reason
    for row in gone:
        row.delete()
    for row in new:
        row.save()
