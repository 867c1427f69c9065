"""Mail that came back: recorded by staff or by the mail provider, and settled by staff.

A bounce that stands speaks against every letter to its address: it is shown in the admin before
the next letter is due, and the last look stops a letter that was approved before it came.
"""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from reports.letters.models import Bounce, LetterRecipient, LetterStatus, Outcome
from reports.letters.transitions import note

CAME_BACK = gettext_noop("The mail came back")


@transaction.atomic
def record(
    *,
    email: str,
    at: datetime,
    reason: str,
    by: AbstractBaseUser | None,
    recipient: LetterRecipient | None = None,
    is_permanent: bool = True,
    provider_event: str = "",
) -> Bounce | None:
    """Record that a message to an address came back; None where this was recorded before.

    `recipient` is whom the letter went to, where it is known. `by` None is the mail provider, whose
    `provider_event` names the event. Raises `ValidationError` with a sentence for what is no
    address.
    """
    try:
        validate_email(email)
    except ValidationError:
        raise ValidationError(
            _("“%(email)s” is not an e-mail address."), params={"email": email[:100]}
        ) from None
    values = {
        "recipient": recipient,
        "bounced_at": at,
        "is_permanent": is_permanent,
        # Another mail server's words: PostgreSQL cannot store a NUL.
        "reason": " ".join(reason.replace("\0", " ").split())[:500],
        "recorded_by_id": by.pk if by else None,
    }
    if provider_event:
        bounce, is_new = Bounce.objects.get_or_create(
            provider_event=provider_event[:200], email=email, defaults=values
        )
        if not is_new:
            return None
    else:
        bounce = Bounce.objects.create(email=email, **values)
    if recipient is not None:
        _mark(recipient, bounce, by)
    return bounce


def settle(*, bounce: Bounce, at: datetime, by: AbstractBaseUser) -> bool:
    """Say that an address may be written to again; False where that was said before."""
    return (
        Bounce.objects.filter(pk=bounce.pk, settled_at__isnull=True).update(
            settled_at=at, settled_by_id=by.pk
        )
        == 1
    )


def recipient_of(*, email: str, message_id: str) -> LetterRecipient | None:
    """Whom a message went to that came back: by its Message-ID, else the latest to the address."""
    found = LetterRecipient.objects.filter(email__iexact=email).order_by("-letter_id")
    same = found.filter(letter__message_id=message_id.strip("<> ")).first()
    sent = found.filter(letter__status__in=[LetterStatus.SENT, LetterStatus.UNCERTAIN])
    return same or sent.first()


def _mark(recipient: LetterRecipient, bounce: Bounce, by: AbstractBaseUser | None) -> None:
    if bounce.is_permanent:
        LetterRecipient.objects.filter(pk=recipient.pk).update(
            outcome=Outcome.BOUNCED, outcome_at=bounce.bounced_at, answer=bounce.reason
        )
    note(
        letter=recipient.letter,
        at=bounce.bounced_at,
        by=by,
        reason=f"{CAME_BACK}: {bounce.email}: {bounce.reason}",
    )
