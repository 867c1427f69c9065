"""The permanent address of each recorded report: which words stand for it behind its state's."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from .models import TransparencyReport

Kind = TransparencyReport.Kind


class Addressed(Protocol):
    """What an address is made of. `received_not_after` is the last possible day of receipt."""

    @property
    def pk(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def year(self) -> int | None: ...
    @property
    def received_not_after(self) -> date | None: ...


def keys(reports: Iterable[Addressed]) -> dict[int, str]:
    """The key of each report of one state, by its number in the database.

    `initial`, the year that an annual report covers (`2011`), `voluntary-2011` by the year of
    receipt. Where several would share a key, the later ones get `-2`, `-3` in order of entry, so
    that an address never moves when another report is entered.
    """
    found: dict[int, str] = {}
    for report in sorted(reports, key=lambda report: report.pk):
        base = _base(report)
        key, number = base, 1
        while key in found.values():
            number += 1
            key = f"{base}-{number}"
        found[report.pk] = key
    return found


def _base(report: Addressed) -> str:
    if report.kind == Kind.ANNUAL:
        return str(report.year)
    if report.kind == Kind.VOLUNTARY:
        received = report.received_not_after
        year = report.year or (received.year if received else None)
        return f"voluntary-{year}" if year else "voluntary"
    return str(report.kind)
