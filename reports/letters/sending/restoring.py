"""Letters after a backup was put back.

What went out since the backup was made stands in it as waiting, or not at all. Nobody can know it
from the database, so that nothing goes out before a person has looked.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from reports.letters.models import Letter, LetterSettings, LetterStatus
from reports.letters.transitions import claim_all, move

RESTORED = gettext_noop(
    "A backup was put back: nobody can know whether the letter went out after it was made"
)


@dataclass(frozen=True)
class Stopped:
    """From when reminders went out, None where they were switched off; letters now uncertain."""

    reminders_from: date | None
    uncertain: int


@transaction.atomic
def stop(*, now: datetime) -> Stopped:
    """Switch letters off, and make those uncertain that might have gone out by themselves."""
    settings = LetterSettings.current()
    reminders_from = settings.reminders_from
    if reminders_from is not None:
        settings.reminders_from = None
        settings._change_reason = RESTORED  # type: ignore[attr-defined]
        settings.save()
    for status in (LetterStatus.APPROVED, LetterStatus.FAILED):
        claim_all(
            letter_ids=_standing(status),
            was=status,
            token=uuid.uuid4(),
            at=now,
            lease_until=now,
            handover_started_at=None,
            next_attempt_at=None,
        )
    uncertain = [
        pk
        for pk in _standing(LetterStatus.SENDING)
        if move(
            letter_id=pk,
            was=LetterStatus.SENDING,
            to=LetterStatus.UNCERTAIN,
            at=now,
            by=None,
            reason=RESTORED,
        )
    ]
    return Stopped(reminders_from, len(uncertain))


def _standing(status: LetterStatus) -> list[int]:
    return list(Letter.objects.filter(status=status).order_by("pk").values_list("pk", flat=True))
