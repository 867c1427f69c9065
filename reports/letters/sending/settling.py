"""Writing down how a try ended: of the letter, and of each address."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_noop

from ccm_portal.asynchronous_commit import asynchronous_commit
from ccm_portal.mail import Outcome, Phase, RecipientReply, Result
from reports.letters.models import (
    Bounce,
    LetterRecipient,
    LetterStatus,
    SentBy,
)
from reports.letters.models import Outcome as AtAddress
from reports.letters.transitions import move

from .last_look import Objection

PAUSES = (
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=8),
    timedelta(hours=24),
    timedelta(hours=24),
)
"""How long to wait after the first, second … try that failed; after the last one nobody tries."""

ACCEPTED = gettext_noop("The mail server took it")
LATE_ANSWER = gettext_noop("The worker came back after all: ")


@dataclass(frozen=True)
class Tried:
    """A letter that was tried, by whom, and its recipients by the address the server was told."""

    letter_id: int
    token: uuid.UUID
    attempts: int
    emails: Mapping[str, str]


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after so many tries, None where that was the last one."""
    return PAUSES[attempts - 1] if 0 < attempts <= len(PAUSES) else None


@asynchronous_commit()
def settle(*, tried: Tried, outcome: Outcome, now: datetime) -> LetterStatus | None:
    """Write down how a try ended; the letter's status, None where the letter was another's by now.

    Accepted: `sent`. Certainly not delivered: `failed`, to be tried again after a pause that grows
    with each try, or never where the server refused it for good. Unknown: `uncertain`.

    A power cut may lose what is written here. Then the letter stands as one that was begun to be
    handed over, and becomes `uncertain`, as if it had come a moment earlier.
    """
    if outcome.result is Result.ACCEPTED:
        status, changes = LetterStatus.SENT, {"sent_at": now, "sent_by": SentBy.MAIL}
    elif outcome.result is Result.UNKNOWN:
        status, changes = LetterStatus.UNCERTAIN, {}
    else:
        pause = None if outcome.result is Result.REFUSED else pause_after(tried.attempts)
        status = LetterStatus.FAILED
        changes = {"next_attempt_at": now + pause if pause else None}
    reason = words(outcome)
    if not _end(tried, status, now, reason, changes) and not _end_late(
        tried, status, now, reason, changes
    ):
        return None
    _record_at_addresses(tried, outcome, now)
    return status


def cancel(*, letter_id: int, token: uuid.UUID, objection: Objection, now: datetime) -> bool:
    """Take a claimed letter out of the way because of an objection; nothing was handed over."""
    changes: Mapping[str, object]
    if objection.because is None:
        to, changes = LetterStatus.APPROVED, {"claim_token": None, "lease_until": None}
    else:
        to, changes = LetterStatus.CANCELLED, {"cancelled_because": objection.because}
    return move(
        letter_id=letter_id,
        was=LetterStatus.SENDING,
        to=to,
        at=now,
        by=None,
        reason=objection.reason,
        where={"claim_token": token},
        **changes,
    )


def words(outcome: Outcome) -> str:
    """An outcome for the letter's events, in English as all reasons are stored."""
    if outcome.result is Result.ACCEPTED:
        return f"{ACCEPTED}: {outcome.text}" if outcome.text else ACCEPTED
    where = {
        Phase.CONNECTION: "No mail server",
        Phase.ENVELOPE: "Not taken, before anything was handed over",
        Phase.CONTENT: "Not taken"
        if outcome.result is not Result.UNKNOWN
        else "The connection ended after the letter was handed over: nobody can know whether "
        "the mail server took it",
    }[outcome.phase]
    said = " ".join(str(part) for part in (outcome.code, outcome.text) if part)
    return f"{where}: {said}" if said else where


def _end(
    tried: Tried,
    status: LetterStatus,
    now: datetime,
    reason: str,
    changes: Mapping[str, object],
) -> bool:
    return move(
        letter_id=tried.letter_id,
        was=LetterStatus.SENDING,
        to=status,
        at=now,
        by=None,
        reason=reason,
        where={"claim_token": tried.token},
        **changes,
    )


def _end_late(
    tried: Tried,
    status: LetterStatus,
    now: datetime,
    reason: str,
    changes: Mapping[str, object],
) -> bool:
    """The lease ran out while the server kept us waiting: what we know is still true."""
    if status is LetterStatus.UNCERTAIN:
        return False
    if status is LetterStatus.FAILED:
        # Certainly not delivered: the next sweep tries again.
        status, changes = LetterStatus.APPROVED, {"claim_token": None, "lease_until": None}
    return move(
        letter_id=tried.letter_id,
        was=LetterStatus.UNCERTAIN,
        to=status,
        at=now,
        by=None,
        reason=LATE_ANSWER + reason,
        where={"claim_token": tried.token},
        **changes,
    )


def _record_at_addresses(tried: Tried, outcome: Outcome, now: datetime) -> None:
    replies = {tried.emails[reply.address]: reply for reply in outcome.recipients}
    took = [email for email, reply in replies.items() if reply.accepted]
    at = {Result.ACCEPTED: AtAddress.ACCEPTED, Result.UNKNOWN: AtAddress.UNKNOWN}
    rows = LetterRecipient.objects.filter(letter_id=tried.letter_id)
    if took and outcome.result in at:
        rows.filter(email__in=took).update(
            outcome=at[outcome.result],
            outcome_at=now,
            code=_code(outcome.code),
            answer=outcome.text[:500],
        )
    for email, reply in replies.items():
        if not reply.accepted:
            rows.filter(email=email).update(
                outcome=AtAddress.REFUSED,
                outcome_at=now,
                code=_code(reply.code),
                answer=reply.text[:500],
            )
    _record_bad_addresses(tried, replies, now)


def _record_bad_addresses(
    tried: Tried, replies: Mapping[str, RecipientReply], now: datetime
) -> None:
    """An address that the server does not know has bounced, as far as anybody will write to it."""
    bad = [email for email, reply in replies.items() if reply.is_bad_address]
    if not bad:
        return
    recipients: Iterable[LetterRecipient] = LetterRecipient.objects.filter(
        letter_id=tried.letter_id, email__in=bad
    )
    Bounce.objects.bulk_create(
        Bounce(
            recipient=recipient,
            email=recipient.email,
            bounced_at=now,
            reason=f"{replies[recipient.email].code} {replies[recipient.email].text}"[:500],
        )
        for recipient in recipients
    )


def _code(code: int | None) -> int | None:
    return code if code is not None and code > 0 else None
