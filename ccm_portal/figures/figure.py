"""A figure: a number that carries the states behind it and the evidence behind each state."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from .expression import Argument, Call, ExpressionError, Landmark, Name, Node, Operation, parse
from .sets import StateSet
from .vocabulary import Vocabulary, Window, nearest

UNIT = "states"


@dataclass(frozen=True)
class Figure:
    """The answer to an expression on a date."""

    expression: str
    on: date
    states: StateSet
    unit: str = UNIT

    @property
    def count(self) -> int:
        """How many states certainly belong."""
        return len(self.states.certain)

    @property
    def undetermined(self) -> int:
        """How many more may belong."""
        return len(self.states.undetermined)

    @property
    def total(self) -> int:
        """The sum in the figure's unit; of states, each counts one."""
        return self.count


def evaluate(expression: str, vocabulary: Vocabulary, on: date) -> Figure:
    """Answer an expression. Raises `ExpressionError` with position and nearest known name."""
    evaluator = _Evaluator(vocabulary)
    states = evaluator.value(parse(expression), Window(until=on))
    return Figure(expression=expression, on=on, states=states)


class _Evaluator:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.functions: dict[str, Callable[[Call, Window], StateSet]] = {"since": self._since}

    def value(self, node: Node, window: Window) -> StateSet:
        if isinstance(node, Name):
            return self.vocabulary.members(node.name, window, position=node.position)
        if isinstance(node, Call):
            return self._function(node)(node, window)
        return self._operation(node, window)

    def _operation(self, node: Operation, window: Window) -> StateSet:
        # A chain of operators leans to the left: walked along, not nested in, so that a long one
        # cannot exhaust the stack.
        operations = list(node.chain())
        states = self.value(operations[0].left, window)
        for operation in operations:
            right = self.value(operation.right, window)
            match operation.sign:
                case "|":
                    states |= right
                case "&":
                    states &= right
                case "-":
                    states -= right
        return states

    def _function(self, call: Call) -> Callable[[Call, Window], StateSet]:
        if call.function in self.functions:
            return self.functions[call.function]
        day_functions = self.vocabulary.day_functions
        if call.function in day_functions:
            return self._of_a_day
        raise ExpressionError(
            _("no function is called “%(name)s”.") % {"name": call.function},
            call.position,
            nearest(call.function, [*self.functions, *day_functions]),
        )

    def _of_a_day(self, call: Call, window: Window) -> StateSet:
        """A function of an app that takes one day: `reports.initial.due_by(2011-09-16)`."""
        if len(call.arguments) != 1:
            raise ExpressionError(
                _("“%(name)s” takes one day or meeting: %(name)s(2011-09-16).")
                % {"name": call.function},
                call.position,
            )
        day = self._day(call.arguments[0], call)
        return self.vocabulary.members_by_day(call.function, day, window)

    def _since(self, call: Call, window: Window) -> StateSet:
        """`since(X, set)`: what happened after X and up to the date."""
        if len(call.arguments) != 2:
            raise ExpressionError(
                _("“since” takes a day or a meeting and a set: since(1MSP, parties)."),
                call.position,
            )
        landmark, subject = call.arguments
        after = self._day(landmark, call)
        # Inside another `since` the later of the two days counts.
        after = max(after, window.after or after)
        return self.value(self._set(subject), Window(until=window.until, after=after))

    def _day(self, argument: Argument, call: Call) -> date:
        if isinstance(argument, Landmark):
            return self.vocabulary.landmark(argument.text, position=argument.position)
        raise ExpressionError(
            _("“%(name)s” needs a day such as 2011-09-16 or a meeting such as 1MSP here.")
            % {"name": call.function},
            call.position,
        )

    def _set(self, argument: Argument) -> Node:
        if isinstance(argument, Landmark):
            raise ExpressionError(
                _("“%(text)s” is a day, where a set is needed.") % {"text": argument.text},
                argument.position,
            )
        return argument
