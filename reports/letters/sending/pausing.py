"""Sending pauses where the mail server leaves one letter after the other open.

A server that drops the line after every message, or says nothing any more, would make each letter
uncertain in its turn. After a few in a row nothing goes out for a while; then one letter is tried,
and only when the server takes it do the others follow. Nothing is stored for this: it follows from
the letters that stand as uncertain, so that it ends when the server takes a letter, or when staff
have decided what became of them.
"""

from dataclasses import dataclass
from datetime import datetime

from reports.letters.models import Letter, LetterEvent, LetterSettings, LetterStatus

from .settling import PAUSES

IN_A_ROW = 3
"""How many letters in a row may be left open before sending pauses."""


@dataclass(frozen=True)
class Pause:
    """Why nothing goes out: so many letters were left open since the mail server last took one.

    From `until` on one letter at a time is tried. Each one that is left open makes the next pause
    longer, up to a day.
    """

    letters: int
    since: datetime
    until: datetime


def current() -> Pause | None:
    """The pause of sending, None where there is none. Costs one query, or two."""
    uncertain = Letter.objects.filter(
        status=LetterStatus.UNCERTAIN, handover_started_at__isnull=False
    )
    started = uncertain.order_by("handover_started_at").values_list(
        "handover_started_at", flat=True
    )
    begun = [moment for moment in started if moment is not None]
    if len(begun) >= IN_A_ROW:
        taken = _last_taken_at()
        begun = [moment for moment in begun if taken is None or moment > taken]
    if len(begun) < IN_A_ROW:
        return None
    pause = PAUSES[min(len(begun) - IN_A_ROW, len(PAUSES) - 1)]
    return Pause(letters=len(begun), since=begun[0], until=begun[-1] + pause)


def most(*, now: datetime) -> int | None:
    """How many letters may be claimed now, None for any number. To be asked in the transaction.

    After a pause it is one, and that only while no other worker has one.
    """
    pause = current()
    if pause is None:
        return None
    if now < pause.until:
        return 0
    # Of two workers who ask at once the second waits here, and then sees what the first claimed.
    list(LetterSettings.objects.select_for_update().filter(pk=1).values_list("pk"))
    return 0 if Letter.objects.filter(status=LetterStatus.SENDING).exists() else 1


def _last_taken_at() -> datetime | None:
    """When the mail server last took a letter."""
    taken = LetterEvent.objects.filter(to_status=LetterStatus.SENT, by__isnull=True)
    return taken.order_by("-pk").values_list("at", flat=True).first()
