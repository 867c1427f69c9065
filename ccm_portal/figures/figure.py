"""A figure: a number that carries the states behind it and the evidence behind each state."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from .evaluator import Evaluator
from .expression import ExpressionError
from .sets import StateSet, is_state
from .values import (
    Kind,
    Occurrences,
    Percentage,
    Quantities,
    Value,
    actors_of,
    kind_of,
    percent,
)
from .vocabulary import Vocabulary

UNIT = "states"
Number = int | Decimal


@dataclass(frozen=True)
class Figure:
    """The answer to an expression on a date.

    `unit` is `states`, `organisations`, `actors` (both), `percent`, or what
    occurrences and quantities are counted in, such as `papers` and `square_metres`.
    """

    expression: str
    on: date
    value: Value | Percentage

    @property
    def kind(self) -> Kind:
        """Set, occurrence, quantity, share or growth."""
        return self.value.kind if isinstance(self.value, Percentage) else kind_of(self.value)

    @property
    def _counted(self) -> Value:
        return self.value.part if isinstance(self.value, Percentage) else self.value

    @cached_property
    def states(self) -> StateSet:
        """Whoever is behind the number: states, and organisations where they are counted too."""
        return actors_of(self._counted)

    @property
    def count(self) -> int:
        """How many certainly belong: states, or occurrences."""
        counted = self._counted
        return len(counted.certain if isinstance(counted, Occurrences) else self.states.certain)

    @property
    def undetermined(self) -> int:
        """How many more may belong, or whose amount is not known."""
        counted = self._counted
        members = counted if isinstance(counted, Occurrences) else self.states
        return len(members.undetermined)

    @property
    def total(self) -> Number | None:
        """What is certain, in the figure's unit; None for a share of nothing."""
        if isinstance(self.value, Percentage):
            lowest = self.value.bounds[0]
            return None if lowest is None else percent(lowest)
        return self.value.total if isinstance(self.value, Quantities) else self.count

    @property
    def most(self) -> Number | None:
        """What it comes to if all that is open turns out to belong; None: nobody can tell."""
        if isinstance(self.value, Percentage):
            highest = self.value.bounds[1]
            return None if highest is None else percent(highest)
        if isinstance(self.value, Quantities):
            return self.value.most
        return None if self.is_open else self.count + self.undetermined

    @property
    def is_open(self) -> bool:
        """Whether a source left its list open, so that nobody knows who else belongs."""
        if isinstance(self.value, Percentage):
            return self.value.subject.is_open or self.value.whole.is_open
        return self.value.is_open

    @property
    def is_at_least(self) -> bool:
        """Whether the number may turn out higher than it is known to be."""
        return self.is_open or self.total != self.most

    @property
    def unit(self) -> str:
        """In what the total is given."""
        if isinstance(self.value, Percentage):
            return "percent"
        if isinstance(self.value, Quantities | Occurrences):
            return self.value.unit
        kinds = {is_state(actor) for actor in self.states.possible}
        return "actors" if len(kinds) == 2 else UNIT if kinds != {False} else "organisations"

    @property
    def whole(self) -> StateSet | None:
        """Of a share the states it is a share of; of growth those of the earlier day."""
        return actors_of(self.value.whole) if isinstance(self.value, Percentage) else None


Answer = Figure | ExpressionError


def evaluate(
    expression: str, vocabulary: Vocabulary, on: date, *, named: Mapping[str, str] | None = None
) -> Figure:
    """Answer an expression. Raises `ExpressionError` with position and nearest known name."""
    return Figure(expression, on, Evaluator(vocabulary, on, named).answer(expression))


def evaluate_all(expressions: Iterable[str], evaluator: Evaluator) -> tuple[Answer, ...]:
    """Answer many expressions together; in place of the answer to a wrong one stands its error."""
    wanted = tuple(expressions)
    evaluator.prepare(wanted)
    return tuple(_answered(expression, evaluator) for expression in wanted)


def _answered(expression: str, evaluator: Evaluator) -> Answer:
    try:
        return Figure(expression, evaluator.on, evaluator.answer(expression))
    except ExpressionError as error:
        return error
