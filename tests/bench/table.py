"""The table that `make bench` prints: a row a measurement, each a ratio of the same run."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """What was measured, against what, and the ratio of each round.

    `aim` is the ratio that is aimed at, `at_most` or at least; None where there is no aim.
    """

    group: str
    what: str
    ratios: tuple[float, ...]
    detail: str = ""
    aim: float | None = None
    at_most: bool = True

    @property
    def median(self) -> float:
        return statistics.median(self.ratios)

    @property
    def verdict(self) -> str:
        if self.aim is None:
            return ""
        met = self.median <= self.aim if self.at_most else self.median >= self.aim
        sign = "≤" if self.at_most else "≥"
        return f"{sign} {self.aim:g} {'met' if met else 'MISSED'}"


def show(rows: Iterable[Row]) -> str:
    """The rows as a table in Markdown."""
    lines = [
        "| what | ratio, median | spread | aim | detail |",
        "|---|---:|---:|---|---|",
    ]
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    for group, members in groups.items():
        lines.append(f"| **{group}** | | | | |")
        lines += [_line(row) for row in members]
    return "\n".join(lines)


def _line(row: Row) -> str:
    spread = f"{min(row.ratios):.2f} to {max(row.ratios):.2f}" if len(row.ratios) > 1 else ""
    return f"| {row.what} | {row.median:.2f} | {spread} | {row.verdict} | {row.detail} |"


def ratios(of: Sequence[float], to: Sequence[float]) -> tuple[float, ...]:
    """Round by round, one measure as a multiple of another of the same round."""
    return tuple(one / other for one, other in zip(of, to, strict=True))
