"""What a theme's dashboard consists of. All of it is questions put to figures."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

Words = str | Promise


class Chart(StrEnum):
    """The chart that fits a theme's question."""

    GROWTH = "growth"
    STAGES = "stages"
    BARS = "bars"
    REPORTS = "reports"


@dataclass(frozen=True)
class Said:
    """A sentence with figures in it: `{0}`, `{1}`, … are replaced by the expressions' numbers.

    The first figure decides between one and many. Where it is zero, `none` is said, in which `{0}`
    reads “no”; nothing is said where `none` is empty.
    """

    one: Words
    many: Words
    expressions: tuple[str, ...]
    none: Words = ""


@dataclass(frozen=True)
class Stage:
    """How far states have come: a share of the way, and the states that are there and no further.

    Each state stands in the first stage of a list to which it belongs.
    """

    title: Words
    expression: str
    filled: float


@dataclass(frozen=True)
class Part:
    """A row of a bar chart or a column of the table of states."""

    title: Words
    expression: str


@dataclass(frozen=True)
class Rows:
    """A group of rows in the table of states."""

    title: Words
    expression: str
    has_deadline: bool = False
    completed: str = ""


@dataclass(frozen=True)
class Description:
    """A dashboard. `concerned` are the states of the theme, of whatever status."""

    code: str
    title: Words
    basis: Words
    themes: tuple[str, ...]
    rule: Words
    lead: tuple[Said, ...]
    chart: Chart
    chart_title: Words
    chart_note: Words
    concerned: str = ""
    concerned_words: Words = ""
    done: tuple[Said, ...] = ()
    stages: tuple[Stage, ...] = ()
    bars: tuple[Part, ...] = ()
    bars_of: str = ""
    columns: tuple[Part, ...] = ()
    rows: tuple[Rows, ...] = ()
    years: int = 0
    chart_says: tuple[Said, ...] = ()
    beyond_title: Words = ""
    beyond: tuple[tuple[Said, str], ...] = ()
    empty: Words = ""

    @property
    def is_duty(self) -> bool:
        """Whether the overview's table of duties has a row for it."""
        return bool(self.concerned)

    def expressions(self) -> list[str]:
        """Every question that the dashboard puts."""
        sentences = (*self.lead, *self.done, *self.chart_says)
        wanted = [part for said in sentences for part in said.expressions]
        wanted += [stage.expression for stage in self.stages]
        wanted += [part.expression for part in (*self.columns, *self.bars)]
        wanted += [row.expression for row in self.rows]
        wanted += [row.completed for row in self.rows if row.completed]
        wanted += [part for said, of in self.beyond for part in (*said.expressions, of)]
        if self.bars_of:
            wanted.append(self.bars_of)
        return [*wanted, *self.of_the_overview()]

    def of_the_overview(self) -> list[str]:
        """The questions behind its row in the table of duties."""
        if not self.concerned:
            return []
        both = [self.of_parties(self.concerned), self.of_signatories(self.concerned)]
        return both + [part for said in self.done for part in said.expressions]

    @staticmethod
    def of_parties(expression: str) -> str:
        return f"({expression}) & parties" if "|" in expression else f"{expression} & parties"

    @staticmethod
    def of_signatories(expression: str) -> str:
        both = f"({expression})" if "|" in expression else expression
        return f"{both} & signatories"
