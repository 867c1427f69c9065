"""The reconciliation as rows, for CSV, the API and the command: the same words everywhere."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from . import wording
from .answer import Reconciliation
from .checks import Check
from .values import Compared

FIGURE_COLUMNS = (
    "key",
    "paragraph",
    "chapter",
    "claim",
    "printed",
    "comparison",
    "unit",
    "footnote",
    "printed_names",
    "printed_states",
    "computed",
    "computed_most",
    "computed_states",
    "undetermined_states",
    "verdict",
    "only_printed",
    "only_computed",
    "explanation",
    "expression",
)
CHECK_COLUMNS = (
    "check",
    "key",
    "paragraph",
    "others",
    "outcome",
    "printed",
    "expected",
    "too_many",
    "missing",
    "said_to_be",
    "why",
    "explanation",
)


def plain(number: Decimal | None) -> int | float | None:
    """A number as JSON and CSV give it: whole where it is whole."""
    if number is None:
        return None
    return int(number) if number == int(number) else float(number)


def figure_row(row: Compared, reconciliation: Reconciliation) -> dict[str, Any]:
    """One printed figure beside the portal's own. Lists of states are ISO3 codes."""
    printed, own = row.printed, row.own
    number = plain(printed.number)
    day = own.day.isoformat()[: len(printed.value) or None] if own.day else None
    return {
        "key": printed.key,
        "paragraph": printed.paragraph,
        "chapter": printed.chapter,
        "claim": printed.claim,
        "printed": printed.value or None if number is None else number,
        "comparison": printed.comparison.value,
        "unit": printed.unit,
        "footnote": printed.footnote,
        "printed_names": [name.text for name in printed.names],
        "printed_states": [name.iso3 for name in printed.names if name.iso3],
        "computed": day or plain(own.number),
        "computed_most": plain(own.most),
        "computed_states": reconciliation.ordered(own.certain),
        "undetermined_states": reconciliation.ordered(own.undetermined),
        "verdict": row.verdict.value,
        "only_printed": reconciliation.ordered(row.only_printed),
        "only_computed": reconciliation.ordered(row.only_own),
        "explanation": wording.explanation(row, reconciliation),
        "expression": reconciliation.in_full(own.expression),
    }


def check_row(check: Check, reconciliation: Reconciliation) -> dict[str, Any]:
    """One thing that should hold within the document."""
    return {
        "check": check.kind.value,
        "key": check.figure.key,
        "paragraph": check.figure.paragraph,
        "others": [other.key for other in check.others],
        "outcome": check.outcome.value,
        "printed": plain(check.figure.number),
        "expected": plain(check.expected),
        "too_many": reconciliation.ordered(check.too_many),
        "missing": reconciliation.ordered(check.missing),
        "said_to_be": check.said_to_be,
        "why": check.reason,
        "explanation": wording.finding(check, reconciliation),
    }


def figure_rows(reconciliation: Reconciliation) -> list[dict[str, Any]]:
    """All printed figures, in the order of the document."""
    return [figure_row(row, reconciliation) for row in reconciliation.rows]


def check_rows(reconciliation: Reconciliation) -> list[dict[str, Any]]:
    """All checks of the document against itself."""
    return [check_row(check, reconciliation) for check in reconciliation.checks]


def as_dict(reconciliation: Reconciliation) -> dict[str, Any]:
    """The whole answer, as JSON gives it."""
    return {
        "report": reconciliation.head.code,
        "title": reconciliation.head.title,
        "cut_off_on": reconciliation.head.cut_off_on.isoformat(),
        "documents": [
            {"code": document.code, "title": document.title, "url": document.url}
            for document in reconciliation.documents
        ],
        "verdicts": {verdict.value: n for verdict, n in reconciliation.tally.items()},
        "outcomes": {outcome.value: n for outcome, n in reconciliation.checked.items()},
        "figures": figure_rows(reconciliation),
        "checks": check_rows(reconciliation),
    }


def flat(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows as a table holds them: a list in one cell, separated by semicolons."""
    return [
        {
            name: ";".join(map(str, cell)) if isinstance(cell, list) else cell
            for name, cell in row.items()
        }
        for row in rows
    ]
