"""What arrived: transparency reports, what each form says, and how far the entries are complete."""

from .coverage import Coverage
from .forms import FormAnswer, FormEntry
from .quantities import DeclaredQuantity
from .report import KnownMissing, TransparencyReport

__all__ = [
    "Coverage",
    "DeclaredQuantity",
    "FormAnswer",
    "FormEntry",
    "KnownMissing",
    "TransparencyReport",
]
