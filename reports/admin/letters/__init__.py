"""The secretariat's view of letters: what waits, what goes out next, and by which rules."""

from .holds import BounceAdmin, HoldAdmin, LetterReplyAdmin
from .ladder import LetterheadAdmin, LetterSettingsAdmin, LetterStageAdmin, LetterTemplateAdmin
from .letter import LetterAdmin

__all__ = [
    "BounceAdmin",
    "HoldAdmin",
    "LetterAdmin",
    "LetterReplyAdmin",
    "LetterSettingsAdmin",
    "LetterStageAdmin",
    "LetterTemplateAdmin",
    "LetterheadAdmin",
]
