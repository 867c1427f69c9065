"""What the database says is still to be done, whatever became of the broker's messages.

A message only wakes a worker. Every few minutes the sweep takes back what workers left behind,
cancels what no longer fits the day, and says which letters wait to be sent. Running it twice, or
twice at the same time, changes nothing more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reports.letters import retiring
from reports.letters.models import Letter, LetterSettings
from reports.letters.planning import Plan

from .claiming import ready, recover

BATCH = 20
"""How many letters one worker takes over one connection."""


@dataclass(frozen=True)
class Swept:
    """What a sweep found: letters taken back, made uncertain, ended; and those to be sent now."""

    approved_again: tuple[int, ...]
    uncertain: tuple[int, ...]
    retired: tuple[int, ...]
    batches: tuple[tuple[int, ...], ...]

    @property
    def summary(self) -> str:
        """In a line, for the record of the run."""
        return (
            f"to send {sum(map(len, self.batches))}, taken back {len(self.approved_again)}, "
            f"uncertain {len(self.uncertain)}, cancelled {len(self.retired)}"
        )


def sweep(*, now: datetime) -> Swept:
    """Bring the outbox up to date, and say which letters should be sent now, in batches."""
    approved_again, uncertain = recover(now=now)
    retired = retire_waiting(now=now)
    return Swept(
        approved_again=tuple(approved_again),
        uncertain=tuple(uncertain),
        retired=tuple(retired),
        batches=batches(ready_letters(now=now)),
    )


def retire_waiting(*, now: datetime) -> list[int]:
    """Cancel the letters that wait and no longer fit the day, unless somebody is sending them."""
    if not Letter.objects.filter(status__in=retiring.WAITING).exists():
        return []
    return retiring.retire(plan=Plan.load(now.date()), now=now)


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
