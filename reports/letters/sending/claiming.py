"""Giving letters to one worker for a while, and taking back what it did not bring to an end.

A claim is a conditional UPDATE: of two workers who try at once one gets the letter. Its token is
what the worker shows later; its lease says until when it may.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_noop

from reports.letters.models import Letter, LetterStatus
from reports.letters.transitions import claim_all, move

from . import pausing

LEASE = timedelta(minutes=15)
"""How long a claimed letter may wait for its turn."""
HANDOVER_LEASE = timedelta(minutes=10)
"""How long handing over may last, at least."""

RELEASED = gettext_noop("Given back untouched")
LEASE_RAN_OUT = gettext_noop("The worker did not come back; nothing had been handed over")
OUTCOME_UNKNOWN = gettext_noop(
    "The worker did not come back after it had begun to hand the letter over: "
    "nobody can know whether the mail server took it"
)


def handover_lease() -> timedelta:
    """How long handing over may last: more than the mail server may be silent in all its steps."""
    return max(HANDOVER_LEASE, 5 * timedelta(seconds=settings.EMAIL_TIMEOUT))


def ready(now: datetime) -> Q:
    """Letters that may be claimed: approved, or failed and due to be tried again."""
    return Q(status=LetterStatus.APPROVED) | Q(status=LetterStatus.FAILED, next_attempt_at__lte=now)


@transaction.atomic
def claim(*, letter_ids: Iterable[int], now: datetime) -> tuple[uuid.UUID, list[int]]:
    """Claim those of some letters that may be claimed; their token, and their ids in order.

    While sending pauses these are none, and after the pause one.
    """
    token = uuid.uuid4()
    at_most = pausing.most(now=now)
    waiting = Letter.objects.filter(ready(now), pk__in=set(letter_ids)).order_by("pk")
    found = list(waiting.values_list("status", "pk")[:at_most])
    claimed: list[int] = []
    for status in (LetterStatus.APPROVED, LetterStatus.FAILED):
        ids = [pk for stands, pk in found if stands == status]
        if ids:
            claimed += claim_all(
                letter_ids=ids,
                was=status,
                token=token,
                at=now,
                lease_until=now + LEASE,
                handover_started_at=None,
                next_attempt_at=None,
                attempts=F("attempts") + 1,
            )
    return token, sorted(claimed)


@transaction.atomic
def release(*, letter_ids: Iterable[int], token: uuid.UUID, now: datetime, reason: str) -> None:
    """Give claimed letters back that were not tried: that try does not count."""
    for pk in letter_ids:
        move(
            letter_id=pk,
            was=LetterStatus.SENDING,
            to=LetterStatus.APPROVED,
            at=now,
            by=None,
            reason=reason,
            where={"claim_token": token, "handover_started_at__isnull": True},
            claim_token=None,
            lease_until=None,
            attempts=F("attempts") - 1,
        )


@transaction.atomic
def recover(*, now: datetime) -> tuple[list[int], list[int]]:
    """Take back letters whose lease ran out: ids of those approved again, and of uncertain ones.

    Without a handover the letter was certainly not sent, and waits for the next worker. With it,
    nobody can know: it is `uncertain`, and a person decides. The token stays with an uncertain
    one, so that a worker that was only slow can still say how it ended.
    """
    expired = Letter.objects.filter(status=LetterStatus.SENDING, lease_until__lte=now)
    approved, uncertain = [], []
    for pk, started in expired.order_by("pk").values_list("pk", "handover_started_at"):
        if started is None:
            if move(
                letter_id=pk,
                was=LetterStatus.SENDING,
                to=LetterStatus.APPROVED,
                at=now,
                by=None,
                reason=LEASE_RAN_OUT,
                where={"lease_until__lte": now, "handover_started_at__isnull": True},
                claim_token=None,
                lease_until=None,
            ):
                approved.append(pk)
        elif move(
            letter_id=pk,
            was=LetterStatus.SENDING,
            to=LetterStatus.UNCERTAIN,
            at=now,
            by=None,
            reason=OUTCOME_UNKNOWN,
            where={"lease_until__lte": now, "handover_started_at__isnull": False},
        ):
            uncertain.append(pk)
    return approved, uncertain
