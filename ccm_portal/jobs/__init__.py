"""Long work in a worker: asked for, looked at while it runs, and found again when it is done."""

from .progress import Progress, progress_of
from .running import Interrupted, Refused, Result, ask, carry_out, sweep

__all__ = [
    "Interrupted",
    "Progress",
    "Refused",
    "Result",
    "ask",
    "carry_out",
    "progress_of",
    "sweep",
]
