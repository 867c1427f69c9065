"""Owed reports as flat rows: the columns of the `deadlines` command, which scripts rely on."""

from collections.abc import Iterable

from .deadlines import ReportDeadline
from .explanations import due_sentence

COLUMNS = (
    "iso3",
    "article",
    "kind",
    "period",
    "due_on",
    "basis",
    "state_of_play",
    "received_on",
    "days_late",
)


def row(deadline: ReportDeadline) -> dict[str, str | int | None]:
    """One owed report: ISO dates, upper-case ISO3; None where there is nothing or it is unknown."""
    return {
        "iso3": deadline.standing.state.iso3,
        "article": deadline.article,
        "kind": deadline.kind,
        "period": str(deadline.year) if deadline.year else None,
        "due_on": deadline.due_on.isoformat(),
        "basis": due_sentence(deadline),
        "state_of_play": deadline.state_of_play.value,
        "received_on": deadline.received_on.isoformat() if deadline.received_on else None,
        "days_late": deadline.days_late,
    }


def rows(deadlines: Iterable[ReportDeadline]) -> list[dict[str, str | int | None]]:
    """All owed reports in the order given."""
    return [row(deadline) for deadline in deadlines]
