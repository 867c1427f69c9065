"""What is stored about letters. Nothing of it is ever public."""

from .bounces import Bounce
from .holds import Hold
from .letter import Letter, LetterEvent, LetterRecipient
from .letterhead import Letterhead, LetterSettings, NumberSeries
from .replies import LetterReply
from .runs import Alarm, JobRun
from .stages import LetterStage
from .templates import LetterTemplate, LetterText
from .vocabulary import (
    CancelledBecause,
    Language,
    LetterStatus,
    Outcome,
    RecipientRole,
    SentBy,
)

__all__ = [
    "Alarm",
    "Bounce",
    "CancelledBecause",
    "Hold",
    "JobRun",
    "Language",
    "Letter",
    "LetterEvent",
    "LetterRecipient",
    "LetterReply",
    "LetterSettings",
    "LetterStage",
    "LetterStatus",
    "LetterTemplate",
    "LetterText",
    "Letterhead",
    "NumberSeries",
    "Outcome",
    "RecipientRole",
    "SentBy",
]
