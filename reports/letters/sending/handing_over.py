"""Handing letters over, one after the other, over one connection.

Each letter: build its message; name sender and recipients to the mail server; then, in one
transaction, lock the state's row, take the last look and write `handover_started_at`; commit;
only then the message itself. Whatever happens before the commit leaves a letter that was certainly
not sent.
"""

import logging
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ccm_portal import data_version
from ccm_portal.kept import Recent
from ccm_portal.mail import Outcome, Phase, Result, Transport, transport_of_settings
from ccm_portal.mail.outcome import CLOSING
from reports.deadlines import Reporting
from reports.letters.models import Letter, LetterRecipient, LetterStatus
from states.publishing import lock_states

from .claiming import RELEASED, claim, handover_lease, release
from .last_look import look, written_to
from .mime import envelope_of
from .settling import Tried, cancel, settle

logger = logging.getLogger(__name__)

_known: Recent[str, Reporting] = Recent(1)
"""What the last batch knew, by the version of the data."""

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Handed:
    """What became of the letters of one batch, by id. `released` were not tried."""

    sent: tuple[int, ...] = ()
    failed: tuple[int, ...] = ()
    uncertain: tuple[int, ...] = ()
    cancelled: tuple[int, ...] = ()
    released: tuple[int, ...] = ()


def send(*, letter_ids: Sequence[int], clock: Clock = timezone.now) -> Handed:
    """Claim those of some letters that may go out now, and hand them over in one batch.

    Stops at the first letter for which the mail server did not answer at all, or left the outcome
    open, and gives the rest back: a server in trouble must not make every letter uncertain.
    """
    token, claimed = claim(letter_ids=letter_ids, now=clock())
    if not claimed:
        return Handed()
    with transport_of_settings() as transport:
        return _Batch(transport, token, claimed, clock).run()


@dataclass
class _Batch:
    transport: Transport
    token: uuid.UUID
    letter_ids: Sequence[int]
    clock: Clock
    ended: dict[int, LetterStatus] = field(default_factory=dict)

    def run(self) -> Handed:
        rest = list(self.letter_ids)
        try:
            _reporting()  # loaded here, it lengthens nobody's transaction
            loaded = _load(rest)
            while rest:
                letter, recipients = loaded[rest.pop(0)]
                if not self._one(letter, recipients):
                    break
        finally:
            # Also where something unforeseen ended the batch: what was not begun is given back.
            if rest:
                release(letter_ids=rest, token=self.token, now=self.clock(), reason=RELEASED)
        of = {
            status: tuple(pk for pk, ended in self.ended.items() if ended == status)
            for status in LetterStatus
        }
        return Handed(
            sent=of[LetterStatus.SENT],
            failed=of[LetterStatus.FAILED],
            uncertain=of[LetterStatus.UNCERTAIN],
            cancelled=of[LetterStatus.CANCELLED],
            released=(*of[LetterStatus.APPROVED], *rest),
        )

    def _one(self, letter: Letter, recipients: Sequence[LetterRecipient]) -> bool:
        """Hand one letter over; False where the rest of the batch had better wait."""
        try:
            envelope = envelope_of(letter, recipients, at=self.clock())
        except ValueError as error:
            refused = Outcome(Result.REFUSED, Phase.ENVELOPE, None, str(error))
            self._settle(Tried(letter.pk, self.token, letter.attempts, {}), refused)
            return True
        outcome = self.transport.open() or self.transport.offer(
            envelope.sender, envelope.recipients, envelope.principals
        )
        if outcome is None:
            if not self._may_go(letter, recipients):
                self.transport.withdraw()
                return True
            outcome = self.transport.hand_over(envelope.content)
        self._settle(Tried(letter.pk, self.token, letter.attempts, envelope.emails), outcome)
        return outcome.phase is not Phase.CONNECTION and outcome.code not in {None, CLOSING}

    def _may_go(self, letter: Letter, recipients: Sequence[LetterRecipient]) -> bool:
        """Take the last look, and write that the handover begins: both or neither."""
        with transaction.atomic():
            lock_states([letter.state_id])
            now = self.clock()
            objection = look(letter, recipients, on=now.date(), reporting=_reporting())
            if objection is not None:
                if cancel(letter_id=letter.pk, token=self.token, objection=objection, now=now):
                    self.ended[letter.pk] = (
                        LetterStatus.CANCELLED if objection.because else LetterStatus.APPROVED
                    )
                return False
            still_ours = Letter.objects.filter(
                pk=letter.pk,
                status=LetterStatus.SENDING,
                claim_token=self.token,
                lease_until__gt=now,
                handover_started_at__isnull=True,
            )
            begun = still_ours.update(handover_started_at=now, lease_until=now + handover_lease())
        return begun == 1

    def _settle(self, tried: Tried, outcome: Outcome) -> None:
        status = settle(tried=tried, outcome=outcome, now=self.clock())
        if status is None:
            logger.warning(
                "Letter %s was another's before its try ended: %s", tried.letter_id, outcome
            )
            return
        self.ended[tried.letter_id] = status


def _reporting() -> Reporting:
    """What is on record now; loaded again only where somebody has written something since."""
    version = data_version.current()
    if version == data_version.NOTHING_WRITTEN:
        return Reporting.load()
    return _known.get(version.key, Reporting.load)


def _load(letter_ids: Sequence[int]) -> dict[int, tuple[Letter, list[LetterRecipient]]]:
    """Claimed letters and whom they go to: what no one can change any more. Two queries."""
    letters = Letter.objects.in_bulk(list(letter_ids))
    found: dict[int, tuple[Letter, list[LetterRecipient]]] = {
        pk: (letter, []) for pk, letter in letters.items()
    }
    for recipient in written_to(letter_ids):
        found[recipient.letter_id][1].append(recipient)
    return found
