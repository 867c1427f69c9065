"""What staff decide about letters. Each verb asks for the permission and leaves an event."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from states.publishing import lock_states

from . import ladder, transitions
from .drafting import RESENT, CannotDraft, Stationery, Writing, write
from .ladder import LONGEST_VALIDITY
from .models import (
    CancelledBecause,
    Letter,
    LetterReply,
    LetterStatus,
    RecipientRole,
    SentBy,
)
from .planning import Plan
from .sending.waking import wake

S = LetterStatus

APPROVE = "reports.approve_letter"
RECORD = "reports.record_letter"

# Stored in English, and translated where they are shown.
APPROVED = gettext_noop("Approved as previewed")
REPLY = gettext_noop("A reply was recorded")

User = Any
"""Whoever is signed in; an `AbstractBaseUser` with permissions."""


@dataclass(frozen=True)
class Decided:
    """What became of several letters: those that changed, and a sentence for each other one."""

    changed: tuple[Letter, ...]
    refusals: tuple[str, ...]


def approve(*, previewed: Mapping[int, str], by: User, today: date, now: datetime) -> Decided:
    """Approve letters by the hash of what was previewed, by id; each for itself.

    A letter is left as it was, with a sentence, where it is no draft any more, has another hash,
    no address, or is out of date. Raises `PermissionDenied` without the permission.
    """
    _require(by, APPROVE)
    changed, refusals = [], []
    letters = Letter.objects.filter(pk__in=previewed).without_content()
    for letter in letters.prefetch_related("recipients").order_by("pk"):
        refusal = _refusal_to_approve(letter, previewed[letter.pk], today)
        if refusal is None and not transitions.move(
            letter_id=letter.pk,
            was=S.DRAFTED,
            to=S.APPROVED,
            at=now,
            by=by,
            reason=APPROVED,
            where={"sha256": previewed[letter.pk]},
            approved_sha256=previewed[letter.pk],
        ):
            refusal = _("Letter %(number)s was changed by somebody at this moment: look again.")
        if refusal is None:
            changed.append(letter)
        else:
            refusals.append(refusal % {"number": letter.number})
    wake(letter.pk for letter in changed)
    return Decided(tuple(changed), tuple(refusals))


def _refusal_to_approve(letter: Letter, sha256: str, today: date) -> str | None:
    if letter.status != S.DRAFTED:
        return _("Letter %(number)s is no draft any more: nothing was approved.")
    if letter.sha256 != sha256:
        return _("Letter %(number)s is not the one that was shown: open it and look again.")
    if not any(item.role == RecipientRole.TO for item in letter.recipients.all()):
        return _(
            "Letter %(number)s has no address: enter one with the state's contacts. The letter is "
            "then written anew."
        )
    if letter.valid_until <= today:
        return _("Letter %(number)s is out of date: the next daily run writes it anew.")
    return None


def cancel(*, letters: Iterable[Letter], reason: str, by: User, now: datetime) -> Decided:
    """Decide that letters do not go out; the ladder does not call for them again.

    What is being sent or was sent cannot be taken back. Raises `PermissionDenied`, and
    `ValidationError` without a reason.
    """
    _require(by, APPROVE)
    _require_reason(reason)
    changed, refusals = [], []
    for letter in letters:
        if _cancel(letter, reason, by, now):
            changed.append(letter)
        else:
            refusals.append(
                _("Letter %(number)s is %(status)s and cannot be cancelled.")
                % {"number": letter.number, "status": letter.get_status_display().lower()}
            )
    return Decided(tuple(changed), tuple(refusals))


def try_again(*, letter: Letter, reason: str, by: User, now: datetime) -> None:
    """Send a failed or uncertain letter once more, with the same Message-ID.

    Raises `ValidationError` where it is neither, or no longer so.
    """
    _require(by, APPROVE)
    _require_reason(reason)
    _move_or_refuse(
        letter,
        (S.FAILED, S.UNCERTAIN),
        S.APPROVED,
        by=by,
        now=now,
        reason=reason,
        attempts=0,
        next_attempt_at=None,
        claim_token=None,
        lease_until=None,
        handover_started_at=None,
    )
    wake([letter.pk])


def arrived(*, letter: Letter, reason: str, by: User, now: datetime) -> None:
    """Record that an uncertain letter did arrive. Raises `ValidationError`."""
    _require(by, RECORD)
    _require_reason(reason)
    _move_or_refuse(
        letter, (S.UNCERTAIN,), S.SENT, by=by, now=now, reason=reason,
        sent_at=letter.handover_started_at or now, sent_by=SentBy.MAIL,
    )  # fmt: skip


def sent_otherwise(
    *, letter: Letter, on: date, how: str, by: User, today: date, now: datetime
) -> None:
    """Record that a letter went out by other means: by hand, by post. Raises `ValidationError`."""
    _require(by, RECORD)
    _require_reason(how)
    if not letter.dated_on <= on <= today:
        raise ValidationError(
            _("Choose a day from the date of the letter, %(date)s, to today.")
            % {"date": letter.dated_on}
        )
    at = now if on == today else datetime.combine(on, time(12), tzinfo=UTC)
    _move_or_refuse(
        letter, (S.DRAFTED, S.APPROVED, S.FAILED, S.UNCERTAIN), S.SENT, by=by, now=now, reason=how,
        sent_at=at, sent_by=SentBy.OTHER, next_attempt_at=None,
    )  # fmt: skip


def record_reply(
    *, letter: Letter, received_on: date, summary: str, by: User, today: date, now: datetime
) -> LetterReply:
    """Record an answer to a letter. Raises `ValidationError`."""
    _require(by, RECORD)
    _require_reason(summary)
    if not letter.dated_on <= received_on <= today:
        raise ValidationError(
            _("Choose a day from the date of the letter, %(date)s, to today.")
            % {"date": letter.dated_on}
        )
    reply = LetterReply(letter=letter, received_on=received_on, summary=summary)
    reply._history_user = by  # type: ignore[attr-defined]
    with transaction.atomic():
        reply.save()
        transitions.note(letter=letter, at=now, by=by, reason=REPLY)
    return reply


@transaction.atomic
def resend(*, letter: Letter, reason: str, by: User, plan: Plan, now: datetime) -> Letter:
    """Write a letter anew, with the lateness and the addresses of today; it waits for approval.

    The old one, if it still waits, is cancelled. Raises `ValidationError` where the report is no
    longer owed, the old letter is being sent, or templates are missing.
    """
    _require(by, APPROVE)
    _require_reason(reason)
    lock_states([letter.state_id])
    deadline = plan.by_owed.get((letter.state_id, letter.kind, letter.period))
    complete_through = plan.reporting.complete_through
    if deadline is None or not ladder.is_owed(deadline, complete_through=complete_through):
        raise ValidationError(
            _("The report is in, or nobody can say that it is owed: no letter is written.")
        )
    waits = letter.status not in {S.SENT, S.CANCELLED}
    if waits and not _cancel(letter, reason, by, now):
        raise ValidationError(_("The letter is being sent: wait until that has ended."))
    rung = ladder.Rung(letter.stage, letter.occurrence, plan.on, None)
    call = ladder.Call(
        deadline=deadline,
        owed=(letter.state_id, letter.kind, letter.period),
        rung=rung,
        attempt=0,
        on=plan.on,
        approval=ladder.Approval.STAGE,
    )
    writing = Writing(
        call=call,
        stage=letter.stage,
        occurrence=letter.occurrence,
        valid_until=plan.on + LONGEST_VALIDITY,
        because=RESENT,
        resend_of=letter,
    )
    try:
        stationery = Stationery.load(plan.on, settings=plan.settings, state_ids={letter.state_id})
        written = write(writing, stationery=stationery, now=now, by=by)
    except CannotDraft as error:
        raise ValidationError(str(error)) from error
    if written is None:
        raise ValidationError(_("Somebody else wrote it anew at this moment: look at the list."))
    transitions.note(letter=written, at=now, by=by, reason=reason)
    return written


def _cancel(letter: Letter, reason: str, by: User, now: datetime) -> bool:
    was = S(letter.status)
    if was not in {S.DRAFTED, S.APPROVED, S.FAILED, S.UNCERTAIN}:
        return False
    return transitions.move(
        letter_id=letter.pk,
        was=was,
        to=S.CANCELLED,
        at=now,
        by=by,
        reason=reason,
        cancelled_because=CancelledBecause.BY_STAFF,
        next_attempt_at=None,
    )


def _move_or_refuse(
    letter: Letter,
    was: tuple[LetterStatus, ...],
    to: LetterStatus,
    *,
    by: User,
    now: datetime,
    reason: str,
    **changes: Any,
) -> None:
    status = S(letter.status)
    if status not in was or not transitions.move(
        letter_id=letter.pk, was=status, to=to, at=now, by=by, reason=reason, **changes
    ):
        raise ValidationError(
            _("Letter %(number)s is %(status)s by now: open it and look again.")
            % {"number": letter.number, "status": letter.get_status_display().lower()}
        )


def _require(by: User, permission: str) -> None:
    if not by.has_perm(permission):
        raise PermissionDenied(_("You may not do this with letters: ask an editor."))


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise ValidationError(_("Write in a few words why."))
