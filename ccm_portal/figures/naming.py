"""Which names expressions use, before anything is loaded."""

from collections.abc import Iterable, Iterator, Mapping

from .expression import Call, ExpressionError, Landmark, Name, Node, Operation, parse

DETAILED_FUNCTIONS = frozenset({"since", "before_eif", "organisations"})
"""Functions that need to know more of a name than which states it means."""


def names_of(
    expressions: Iterable[str], named: Mapping[str, str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Names that expressions use as they stand, and names of which more is asked.

    Names of `named` are followed into the expressions they stand for. What cannot be read is
    passed over: whoever evaluates it says why.
    """
    waiting = [(expression, False) for expression in expressions]
    met: set[tuple[str, bool]] = set()
    while waiting:
        expression, is_detailed = waiting.pop()
        for name, is_detailed_here in _names_in(expression):
            use = (name, is_detailed or is_detailed_here)
            if use not in met and name in named:
                waiting.append((named[name], use[1]))
            met.add(use)
    return (
        frozenset(name for name, is_detailed in met if not is_detailed),
        frozenset(name for name, is_detailed in met if is_detailed),
    )


def _names_in(expression: str) -> Iterator[tuple[str, bool]]:
    try:
        waiting: list[tuple[Node | Landmark, bool]] = [(parse(expression), False)]
    except ExpressionError:
        return
    while waiting:
        node, is_detailed = waiting.pop()
        if isinstance(node, Name):
            yield node.name, is_detailed
        elif isinstance(node, Operation):
            waiting += [(node.left, is_detailed), (node.right, is_detailed)]
        elif isinstance(node, Call):
            is_detailed_inside = is_detailed or node.function in DETAILED_FUNCTIONS
            waiting += [(argument, is_detailed_inside) for argument in node.arguments]
