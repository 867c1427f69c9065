"""How far a job is. Kept beside the database, since a job's own transaction shows nothing yet."""

import time
from dataclasses import dataclass
from uuid import UUID

from django.core.cache import caches

KEPT_SECONDS = 60 * 60 * 24
BETWEEN_SECONDS = 0.5


@dataclass(frozen=True)
class Step:
    """So many of so many are done; `at` is when that was said, in seconds since 1970."""

    done: int
    total: int
    at: float

    @property
    def percent(self) -> int:
        return min(100, self.done * 100 // self.total) if self.total else 0


class Progress:
    """Said by a job while it runs. Says nothing more often than twice a second."""

    def __init__(self, job: UUID) -> None:
        self._key = _key(job)
        self._said_at = 0.0

    def say(self, done: int, total: int) -> None:
        """Tell that so many of so many are done."""
        now = time.time()
        if now - self._said_at >= BETWEEN_SECONDS or done >= total:
            caches["progress"].set(self._key, Step(done, total, now), KEPT_SECONDS)
            self._said_at = now


def progress_of(job: UUID) -> Step | None:
    """What a job said last, or None."""
    step: Step | None = caches["progress"].get(_key(job))
    return step


def _key(job: UUID) -> str:
    return f"job-{job}"
