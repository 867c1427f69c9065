"""What an expression means: names looked up, sets put together, functions applied."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from .expression import (
    Argument,
    Call,
    ExpressionError,
    Landmark,
    Name,
    Node,
    Operation,
    parse,
)
from .functions import FUNCTIONS, VALUE_FUNCTIONS
from .naming import names_of
from .sets import StateSet
from .values import Kind, KindMismatch, Percentage, Quantities, Value, combined, kind_of
from .vocabulary import Vocabulary, Window, nearest

DEEPEST = 60
"""How far expressions, functions and named expressions may stand inside each other."""
MOST_STEPS = 5000
"""How many operations one expression may cost, named expressions included."""


class MistakeInName(ExpressionError):
    """A mistake in what a name stands for, said of the innermost one, placed where it is used."""


class Evaluator:
    """Answers expressions of one day. What a name means is found out once for all of them.

    `named` are expressions that a word stands for, such as the definitions of an edition. A
    mistake in one is reported at the word that uses it.
    """

    def __init__(
        self, vocabulary: Vocabulary, on: date, named: Mapping[str, str] | None = None
    ) -> None:
        self.vocabulary = vocabulary
        self.on = on
        self.named = dict(named or {})
        self._parsed: dict[str, Node] = {}
        self._known: dict[tuple[str, Window], Value] = {}
        self._inside: list[str] = []
        self._depth = 0
        self._steps = 0
        self._functions: dict[str, Callable[[Call, Window], Value]] = {
            "since": self._since,
            "at": self._at,
            "before_eif": self._before_entry,
            "organisations": self._organisations,
            "actors": self._actors,
            "at_least": self._at_least,
        }

    def answer(self, expression: str) -> Value | Percentage:
        """The value of an expression. Raises `ExpressionError` with its position."""
        self._depth = self._steps = 0
        self._inside = []
        node = parse(expression)
        window = Window(until=self.on)
        if isinstance(node, Call) and node.function in VALUE_FUNCTIONS:
            return self._percentage(node, window)
        return self.value(node, window)

    def prepare(self, expressions: Iterable[str]) -> None:
        """Let the tables load at once what these expressions name. Mistakes are left for later."""
        names, detailed = names_of(expressions, self.named)
        self.vocabulary.prepare(names, detailed)

    def value(self, node: Node, window: Window) -> Value:
        """What a part of an expression means, looked at through a window of time."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise ExpressionError(
                _("more than %(most)s levels inside each other.") % {"most": DEEPEST},
                node.position,
            )
        if isinstance(node, Name):
            found = self._name(node, window)
        elif isinstance(node, Call):
            found = self._function(node)(node, window)
        else:
            found = self._operation(node, window)
        self._depth -= 1
        return found

    def _operation(self, node: Operation, window: Window) -> Value:
        # A chain of operators leans to the left: walked along, not nested in, so that a long one
        # cannot exhaust the stack.
        operations = list(node.chain())
        value = self.value(operations[0].left, window)
        for operation in operations:
            self._step(operation.position)
            right = self.value(operation.right, window)
            try:
                value = combined(operation.sign, value, right)
            except KindMismatch:
                raise ExpressionError(
                    _mismatch(operation.sign, value, right), operation.position
                ) from None
        return value

    def _step(self, position: int) -> None:
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise ExpressionError(
                _("this would take more than %(most)s steps.") % {"most": MOST_STEPS}, position
            )

    def _name(self, node: Name, window: Window) -> Value:
        key = (node.name, window)
        if key not in self._known:
            self._step(node.position)
            if node.name in self.named and not self.vocabulary.knows(node.name):
                self._known[key] = self._named(node, window)
            else:
                self._known[key] = self.vocabulary.members(
                    node.name, window, position=node.position, more=self.named
                )
        return self._known[key]

    def _named(self, node: Name, window: Window) -> Value:
        if node.name in self._inside:
            circle = [*self._inside[self._inside.index(node.name) :], node.name]
            raise ExpressionError(
                _("“%(name)s” is defined by itself: %(circle)s.")
                % {"name": node.name, "circle": " → ".join(circle)},
                node.position,
            )
        self._inside.append(node.name)
        try:
            if node.name not in self._parsed:
                self._parsed[node.name] = parse(self.named[node.name])
            value = self.value(self._parsed[node.name], window)
        except MistakeInName as error:
            raise MistakeInName(error.message, node.position) from None
        except ExpressionError as error:
            raise MistakeInName(
                _("in what “%(name)s” stands for, at character %(position)s: %(message)s")
                % {
                    "name": node.name,
                    "position": error.position + 1,
                    "message": _with_suggestion(error),
                },
                node.position,
            ) from None
        self._inside.pop()
        return value

    def _function(self, call: Call) -> Callable[[Call, Window], Value]:
        if call.function in self._functions:
            return self._functions[call.function]
        if call.function in VALUE_FUNCTIONS:
            raise ExpressionError(
                _("“%(name)s” gives a percentage, not a set: it can only stand alone.")
                % {"name": call.function},
                call.position,
            )
        day_functions = self.vocabulary.day_functions
        if call.function in day_functions:
            return self._of_a_day
        raise ExpressionError(
            _("no function is called “%(name)s”.") % {"name": call.function},
            call.position,
            nearest(call.function, [*FUNCTIONS, *day_functions]),
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

    def _since(self, call: Call, window: Window) -> Value:
        """`since(X, set)`: what happened after X and up to the date."""
        landmark, subject = self._arguments(call, 2)
        after = self._day(landmark, call)
        # Inside another `since` the later of the two days counts.
        after = max(after, window.after or after)
        return self.value(self._set(subject), replace(window, after=after))

    def _at(self, call: Call, window: Window) -> Value:
        """`at(X, set)`: the set as it stood on an earlier day."""
        landmark, subject = self._arguments(call, 2)
        day = self._earlier_day(landmark, call, window)
        return self.value(self._set(subject), replace(window, until=day))

    def _before_entry(self, call: Call, window: Window) -> Value:
        """`before_eif(set)`: what happened before the Convention entered into force for each."""
        (subject,) = self._arguments(call, 1)
        return self.value(self._set(subject), replace(window, before_entry=True))

    def _organisations(self, call: Call, window: Window) -> Value:
        """`organisations(set)`: the organisations of which it is recorded, in place of states."""
        (subject,) = self._arguments(call, 1)
        return self.value(self._set(subject), replace(window, of_organisations=True))

    def _actors(self, call: Call, window: Window) -> StateSet:
        """`actors(name)`: whoever is behind occurrences or a quantity, as a set."""
        (subject,) = self._arguments(call, 1)
        value = self.value(self._set(subject), window)
        return value if isinstance(value, StateSet) else value.actors

    def _at_least(self, call: Call, window: Window) -> Value:
        """`at_least(set)`: a list that its source left open."""
        (subject,) = self._arguments(call, 1)
        return self.value(self._set(subject), window).left_open()

    def _percentage(self, call: Call, window: Window) -> Percentage:
        """`share(a, b)`, percent of b that is in a; `growth(X, a)`, percent more than on X."""
        first, second = self._arguments(call, 2)
        if call.function == Kind.SHARE:
            subject = self.value(self._set(first), window)
            whole = self.value(self._set(second), window)
        else:
            then = self._earlier_day(first, call, window)
            node = self._set(second)
            subject, whole = self.value(node, window), self.value(node, Window(until=then))
        if kind_of(subject) != kind_of(whole) or _unit(subject) != _unit(whole):
            raise ExpressionError(_mismatch("share", subject, whole), call.position)
        return Percentage(Kind(call.function), subject, whole)

    def _arguments(self, call: Call, number: int) -> tuple[Argument, ...]:
        if len(call.arguments) != number:
            raise ExpressionError(str(FUNCTIONS[call.function].usage), call.position)
        return call.arguments

    def _day(self, argument: Argument, call: Call) -> date:
        if isinstance(argument, Landmark):
            return self.vocabulary.landmark(argument.text, position=argument.position)
        raise ExpressionError(
            _("“%(name)s” needs a day such as 2011-09-16 or a meeting such as 1MSP here.")
            % {"name": call.function},
            call.position,
        )

    def _earlier_day(self, argument: Argument, call: Call, window: Window) -> date:
        day = self._day(argument, call)
        if day > window.until:
            raise ExpressionError(
                _("“%(name)s” looks back, and %(day)s comes after the day asked for, %(until)s.")
                % {
                    "name": call.function,
                    "day": day.isoformat(),
                    "until": window.until.isoformat(),
                },
                argument.position,
            )
        return day

    def _set(self, argument: Argument) -> Node:
        if isinstance(argument, Landmark):
            raise ExpressionError(
                _("“%(text)s” is a day, where a set is needed.") % {"text": argument.text},
                argument.position,
            )
        return argument


def _unit(value: Value) -> str:
    return value.unit if isinstance(value, Quantities) else ""


def _with_suggestion(error: ExpressionError) -> str:
    if not error.suggestion:
        return error.message
    return error.message + " " + _("Did you mean “%(name)s”?") % {"name": error.suggestion}


def _mismatch(sign: str, left: Value, right: Value) -> str:
    """Why two values cannot be put together, in a sentence."""
    words = {
        Kind.SET: _("a set of states"),
        Kind.OCCURRENCE: _("occurrences"),
        Kind.QUANTITY: _("a quantity"),
    }
    if isinstance(left, Quantities) and isinstance(right, Quantities) and left.unit != right.unit:
        return _("amounts in %(left)s and in %(right)s have no common sum.") % {
            "left": left.unit,
            "right": right.unit,
        }
    return _("“%(sign)s” cannot put together %(left)s and %(right)s.") % {
        "sign": sign,
        "left": words[kind_of(left)],
        "right": words[kind_of(right)],
    }
