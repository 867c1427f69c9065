"""Figures: expressions over named sets of states, evaluated on a date. Pure: knows no app."""

from .expression import ExpressionError, parse
from .figure import Figure, evaluate
from .sets import Evidence, StateSet
from .vocabulary import Definition, Table, Vocabulary, Window

__all__ = [
    "Definition",
    "Evidence",
    "ExpressionError",
    "Figure",
    "StateSet",
    "Table",
    "Vocabulary",
    "Window",
    "evaluate",
    "parse",
]
