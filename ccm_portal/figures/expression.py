"""The language in which a figure is asked for: sets, `&`, `-`, `|`, parentheses, functions.

    expression = term { "|" term }
    term       = factor { ( "&" | "-" ) factor }
    factor     = "(" expression ")" | word [ "(" argument { "," argument } ")" ]
    argument   = expression | landmark

`&` and `-` bind equally, from left to right, and tighter than `|`. A landmark is a day
(`2011-09-16`) or the code of a meeting (`1MSP`). Nothing else is understood and nothing is run.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from django.utils.translation import gettext as _

Sign: TypeAlias = Literal["|", "&", "-"]

LONGEST_EXPRESSION = 2000
DEEPEST_NESTING = 40
REMEMBERED = 512
"""How many expressions that were read a process keeps: all of the portal's own."""

_TOKEN = re.compile(
    r"""
    \s*(?:
      (?P<landmark>\d{4}-\d{2}-\d{2}|\d+[A-Za-z][A-Za-z0-9-]*)
    | (?P<word>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*)
    | (?P<sign>[|&(),-])
    )
    """,
    re.VERBOSE,
)


class ExpressionError(ValueError):
    """What is wrong with an expression, where (0-based), and the nearest known name if any.

    A mistake in a named sub-expression is placed at the name that stands for it.
    """

    def __init__(self, message: str, position: int, suggestion: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.suggestion = suggestion

    def __str__(self) -> str:
        sentence = _("At character %(position)s: %(message)s") % {
            "position": self.position + 1,
            "message": self.message,
        }
        if self.suggestion:
            sentence += " " + _("Did you mean “%(name)s”?") % {"name": self.suggestion}
        return sentence


@dataclass(frozen=True)
class Name:
    """A named set, or, with the ending `.no`, those of whom it is recorded not to hold."""

    name: str
    position: int


@dataclass(frozen=True)
class Landmark:
    """A day or the code of a meeting, as written."""

    text: str
    position: int


@dataclass(frozen=True)
class Call:
    """A function of the fixed table with its arguments."""

    function: str
    arguments: tuple["Argument", ...]
    position: int


@dataclass(frozen=True)
class Operation:
    """Two sets put together: `|` either, `&` both, `-` the first without the second."""

    sign: Sign
    left: "Node"
    right: "Node"
    position: int

    def chain(self) -> "Iterator[Operation]":
        """This operation and those that its left side consists of, the innermost first."""
        operations = [self]
        while isinstance(operations[-1].left, Operation):
            operations.append(operations[-1].left)
        return reversed(operations)


Node: TypeAlias = Name | Call | Operation
Argument: TypeAlias = Node | Landmark


@lru_cache(maxsize=REMEMBERED)
def parse(text: str) -> Node:
    """Read an expression. Raises `ExpressionError` with the position of the first mistake.

    What was read is kept: the portal's own questions are put again for every page.
    """
    if len(text) > LONGEST_EXPRESSION:
        raise ExpressionError(
            _("an expression may have %(most)s characters, this one has %(length)s.")
            % {"most": LONGEST_EXPRESSION, "length": len(text)},
            LONGEST_EXPRESSION,
        )
    return _Parser(text).parse()


def names_in(node: Node | Landmark) -> Iterator[Name]:
    """Every named set that an expression uses, from left to right."""
    if isinstance(node, Name):
        yield node
    elif isinstance(node, Operation):
        operations = list(node.chain())
        yield from names_in(operations[0].left)
        for operation in operations:
            yield from names_in(operation.right)
    elif isinstance(node, Call):
        for argument in node.arguments:
            yield from names_in(argument)


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    position: int


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(self._tokens())
        self.index = 0
        self.depth = 0

    def parse(self) -> Node:
        node = self._expression()
        if self._peek().kind != "end":
            raise self._unexpected(_("an operator (& - |) or the end"))
        return node

    def _tokens(self) -> Iterator[_Token]:
        position = 0
        end = len(self.text.rstrip())
        while position < end:
            match = _TOKEN.match(self.text, position)
            if match is None:
                while self.text[position].isspace():
                    position += 1
                raise ExpressionError(
                    _("“%(sign)s” has no meaning in an expression.")
                    % {"sign": self.text[position]},
                    position,
                )
            kind = str(match.lastgroup)
            yield _Token(kind, match.group(kind), match.start(kind))
            position = match.end()
        yield _Token("end", "", end)

    def _expression(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST_NESTING:
            raise ExpressionError(
                _("more than %(most)s parentheses inside each other.") % {"most": DEEPEST_NESTING},
                self._peek().position,
            )
        node = self._term()
        position = self._peek().position
        while self._accept("|"):
            node = Operation("|", node, self._term(), position)
            position = self._peek().position
        self.depth -= 1
        return node

    def _term(self) -> Node:
        node = self._factor()
        while True:
            position = self._peek().position
            if self._accept("&"):
                node = Operation("&", node, self._factor(), position)
            elif self._accept("-"):
                node = Operation("-", node, self._factor(), position)
            else:
                return node

    def _factor(self) -> Node:
        if self._accept("("):
            node = self._expression()
            self._expect(")")
            return node
        token = self._peek()
        if token.kind != "word":
            raise self._unexpected(_("the name of a set or an opening parenthesis"))
        self.index += 1
        if self._accept("("):
            return self._call(token)
        return Name(token.text, token.position)

    def _call(self, word: _Token) -> Call:
        arguments: list[Argument] = []
        if not self._accept(")"):
            arguments.append(self._argument())
            while self._accept(","):
                arguments.append(self._argument())
            self._expect(")")
        return Call(word.text, tuple(arguments), word.position)

    def _argument(self) -> Argument:
        token = self._peek()
        if token.kind == "landmark":
            self.index += 1
            return Landmark(token.text, token.position)
        return self._expression()

    def _peek(self) -> _Token:
        return self.tokens[self.index]

    def _accept(self, sign: str) -> bool:
        token = self._peek()
        if token.kind == "sign" and token.text == sign:
            self.index += 1
            return True
        return False

    def _expect(self, sign: str) -> None:
        if not self._accept(sign):
            raise self._unexpected(f"“{sign}”")

    def _unexpected(self, wanted: str) -> ExpressionError:
        token = self._peek()
        found = f"“{token.text}”" if token.text else _("the end")
        return ExpressionError(
            _("%(found)s stands where %(wanted)s is needed.") % {"found": found, "wanted": wanted},
            token.position,
        )
