"""What the database says is still to be done, whatever became of the broker's messages.

A message only wakes a worker. Every few minutes the sweep takes back what workers left behind,
ends what is too old, and says which letters wait to be sent. Running it twice, or twice at the
same time, changes nothing more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from reports.letters.models import CancelledBecause, Letter, LetterSettings, LetterStatus
from reports.letters.transitions import move

from .claiming import ready, recover
from .last_look import TOO_OLD

BATCH = 20
"""How many letters one worker takes over one connection."""


@dataclass(frozen=True)
class Swept:
    """What a sweep found: letters taken back, made uncertain, ended; and those to be sent now."""

    approved_again: tuple[int, ...]
    uncertain: tuple[int, ...]
    expired: tuple[int, ...]
    batches: tuple[tuple[int, ...], ...]

    @property
    def summary(self) -> str:
        """In a line, for the record of the run."""
        return (
            f"to send {sum(map(len, self.batches))}, taken back {len(self.approved_again)}, "
            f"uncertain {len(self.uncertain)}, superseded {len(self.expired)}"
        )


def sweep(*, now: datetime) -> Swept:
    """Bring the outbox up to date, and say which letters should be sent now, in batches."""
    approved_again, uncertain = recover(now=now)
    expired = expire(on=now.date(), now=now)
    return Swept(
        approved_again=tuple(approved_again),
        uncertain=tuple(uncertain),
        expired=tuple(expired),
        batches=batches(ready_letters(now=now)),
    )


@transaction.atomic
def expire(*, on: date, now: datetime) -> list[int]:
    """End the letters that are no longer those of their day, unless somebody is sending them."""
    waiting = [LetterStatus.APPROVED, LetterStatus.FAILED]
    found = Letter.objects.filter(status__in=waiting, valid_until__lte=on).order_by("pk")
    return [
        pk
        for pk, status in found.values_list("pk", "status")
        if move(
            letter_id=pk,
            was=LetterStatus(status),
            to=LetterStatus.CANCELLED,
            at=now,
            by=None,
            reason=TOO_OLD,
            cancelled_because=CancelledBecause.SUPERSEDED,
            next_attempt_at=None,
        )
    ]


def ready_letters(*, now: datetime) -> list[int]:
    """The letters that may go out now, the oldest first; none before letters are switched on."""
    reminders_from = LetterSettings.current().reminders_from
    if reminders_from is None or reminders_from > now.date():
        return []
    return list(Letter.objects.filter(ready(now)).order_by("pk").values_list("pk", flat=True))


def batches(letter_ids: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Letters in portions for one worker each."""
    return tuple(
        tuple(letter_ids[start : start + BATCH]) for start in range(0, len(letter_ids), BATCH)
    )
