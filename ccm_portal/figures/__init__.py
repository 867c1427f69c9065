"""Figures: expressions over named sets of states, evaluated on a date. Pure: knows no app."""

from .evaluator import Evaluator
from .expression import ExpressionError, parse
from .figure import Figure, evaluate, evaluate_all
from .functions import FUNCTIONS, Function
from .sets import ORGANISATION, Evidence, Lookup, Proof, StateSet, is_state
from .values import Kind, Occurrences, Percentage, Quantities, Value
from .vocabulary import Definition, PlainTable, Table, Vocabulary, Window

__all__ = [
    "FUNCTIONS",
    "ORGANISATION",
    "Definition",
    "Evaluator",
    "Evidence",
    "ExpressionError",
    "Figure",
    "Function",
    "Kind",
    "Lookup",
    "Occurrences",
    "Percentage",
    "PlainTable",
    "Proof",
    "Quantities",
    "StateSet",
    "Table",
    "Value",
    "Vocabulary",
    "Window",
    "evaluate",
    "evaluate_all",
    "is_state",
    "parse",
]
