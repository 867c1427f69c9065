"""What arrived: transparency reports, what each form says, how far the entries are complete; and
what is written to states that owe a report (`reports.letters`).
"""

from reports.letters.models import (
    Alarm,
    Bounce,
    Hold,
    JobRun,
    Letter,
    LetterEvent,
    Letterhead,
    LetterRecipient,
    LetterReply,
    LetterSettings,
    LetterStage,
    LetterTemplate,
    LetterText,
    NumberSeries,
)

from .coverage import Coverage
from .forms import FormAnswer, FormEntry
from .quantities import DeclaredQuantity
from .report import KnownMissing, TransparencyReport

__all__ = [
    "Alarm",
    "Bounce",
    "Coverage",
    "DeclaredQuantity",
    "FormAnswer",
    "FormEntry",
    "Hold",
    "JobRun",
    "KnownMissing",
    "Letter",
    "LetterEvent",
    "LetterRecipient",
    "LetterReply",
    "LetterSettings",
    "LetterStage",
    "LetterTemplate",
    "LetterText",
    "Letterhead",
    "NumberSeries",
    "TransparencyReport",
]
