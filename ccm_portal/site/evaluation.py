"""All figures of one page, command or download: one evaluation, a fixed number of queries."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ccm_portal.figures import Definition, Evidence, Figure, Vocabulary, evaluate
from reports.deadlines import Reporting
from reports.figures import ReportsTable
from states.figures import StatesTable
from states.register import History, Register, Standing


@dataclass(frozen=True)
class Member:
    """A state in a figure, with the evidence that puts it there."""

    standing: Standing
    evidence: tuple[Evidence, ...]
    is_certain: bool


@dataclass(frozen=True)
class Evaluation:
    """Everything recorded, loaded once, and the questions that can be put to it on a day.

    Reports are loaded when a question first needs them.
    """

    on: date
    history: History

    @classmethod
    def load(cls, on: date, *, language: str = "en") -> "Evaluation":
        """Costs four queries, and one more when an expression names a meeting."""
        return cls(on=on, history=History.load(language=language))

    @cached_property
    def register(self) -> Register:
        """Every state's standing on the day."""
        return self.history.on(self.on)

    @cached_property
    def reporting(self) -> Reporting:
        """Receipts and completeness behind the reports that are owed. Costs three queries."""
        return Reporting.load(history=self.history)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The names of all apps."""
        reports = ReportsTable(load=lambda: self.reporting)
        return Vocabulary(tables=(StatesTable(self.history), reports))

    @property
    def definitions(self) -> dict[str, Definition]:
        """Every name that an expression may use, in words."""
        return self.vocabulary.definitions

    def figure(self, expression: str) -> Figure:
        """Answer an expression. Raises `ExpressionError` with position and nearest known name."""
        return evaluate(expression, self.vocabulary, self.on)

    def members(self, figure: Figure) -> tuple[Member, ...]:
        """The states of a figure in order of name, the undetermined ones marked."""
        return tuple(
            Member(
                standing=standing,
                evidence=tuple(figure.states.evidence.get(standing.state.iso3, ())),
                is_certain=standing.state.iso3 in figure.states.certain,
            )
            for standing in self.register
            if standing.state.iso3 in figure.states.possible
        )
