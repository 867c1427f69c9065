"""The one table of what a letter may become, and the only way to change what it is.

```
drafted ── approved ── sending ── sent
   │           │   ╲      │  ╲
   │           │    failed┘   uncertain
   └───────────┴──── cancelled
```
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from .models import Letter, LetterEvent, LetterStatus

S = LetterStatus

ALLOWED: Mapping[LetterStatus, frozenset[LetterStatus]] = MappingProxyType(
    {
        # Sent without having been sending: by other means, as staff record.
        S.DRAFTED: frozenset({S.APPROVED, S.SENT, S.CANCELLED}),
        S.APPROVED: frozenset({S.SENDING, S.SENT, S.CANCELLED}),
        # Back to approved: the lease ran out before anything was handed over.
        S.SENDING: frozenset({S.SENT, S.FAILED, S.UNCERTAIN, S.APPROVED, S.CANCELLED}),
        # Tried again by itself; or approved anew, once staff have mended what stood against it.
        S.FAILED: frozenset({S.SENDING, S.APPROVED, S.SENT, S.CANCELLED}),
        # Staff alone: it arrived, it is to go out once more, or it shall not.
        S.UNCERTAIN: frozenset({S.SENT, S.APPROVED, S.CANCELLED}),
        S.SENT: frozenset(),
        S.CANCELLED: frozenset(),
    }
)


class NotAllowed(ValueError):
    """The table knows no such change: a mistake in the code that asked for it."""


def move(
    *,
    letter_id: int,
    was: LetterStatus,
    to: LetterStatus,
    at: datetime,
    by: AbstractBaseUser | None,
    reason: str = "",
    where: Mapping[str, Any] | None = None,
    **changes: Any,
) -> bool:
    """Change a letter's status and write the event of it; False if the letter no longer stood so.

    One conditional UPDATE decides, so that of two who try at once one succeeds, on every database.
    `where` are further conditions on the row, such as `claim_token`; `changes` are fields to write
    with it. `by` None is the portal itself. Raises `NotAllowed` for a change that is not in the
    table.
    """
    if to not in ALLOWED[was]:
        raise NotAllowed(f"{was} -> {to}")
    with transaction.atomic(savepoint=False):
        found = Letter.objects.filter(pk=letter_id, status=was, **(where or {}))
        if found.update(status=to, **changes) == 0:
            return False
        LetterEvent.objects.create(
            letter_id=letter_id,
            at=at,
            from_status=was,
            to_status=to,
            by_id=by.pk if by else None,
            reason=reason,
            sha256=changes.get("approved_sha256", ""),
        )
        return True


@transaction.atomic(savepoint=False)
def claim_all(
    *, letter_ids: Iterable[int], was: LetterStatus, token: UUID, at: datetime, **changes: Any
) -> list[int]:
    """Move many letters to `sending` at once under a new token; the ids of those that still stood.

    `changes` are fields to write with it. As in `move`, one conditional UPDATE decides, and each
    letter that it changed gets its event.
    """
    if LetterStatus.SENDING not in ALLOWED[was]:
        raise NotAllowed(f"{was} -> {LetterStatus.SENDING}")
    # Locked in one order first, so that two workers never wait for one another in a circle.
    found = Letter.objects.select_for_update().order_by("pk").filter(pk__in=letter_ids, status=was)
    ids = list(found.values_list("pk", flat=True))
    Letter.objects.filter(pk__in=ids, status=was).update(
        status=LetterStatus.SENDING, claim_token=token, **changes
    )
    claimed = Letter.objects.filter(pk__in=ids, claim_token=token).order_by("pk")
    moved = list(claimed.values_list("pk", flat=True))
    LetterEvent.objects.bulk_create(
        LetterEvent(letter_id=pk, at=at, from_status=was, to_status=LetterStatus.SENDING)
        for pk in moved
    )
    return moved


def note(*, letter: Letter, at: datetime, by: AbstractBaseUser | None, reason: str) -> LetterEvent:
    """Write down what happened to a letter without a change of its status, such as a bounce."""
    return LetterEvent.objects.create(
        letter=letter,
        at=at,
        from_status=letter.status,
        to_status=letter.status,
        by_id=by.pk if by else None,
        reason=reason,
    )


def drafted(letters: Iterable[Letter], *, by: AbstractBaseUser | None, reason: str = "") -> None:
    """Write the first event of letters that were drafted in this transaction."""
    LetterEvent.objects.bulk_create(
        LetterEvent(
            letter=letter,
            at=letter.created_at,
            from_status="",
            to_status=LetterStatus.DRAFTED,
            by_id=by.pk if by else None,
            reason=reason,
        )
        for letter in letters
    )
