"""Letters to be sent in the tests of faults, and the truth about them afterwards."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from reports.letters.models import Letter, LetterStatus
from tests.mail.server import MailServer
from tests.sending import given

SWEEP = "reports.tasks.sweep_letters"
SEND = "reports.tasks.send_letters"
SECOND = timedelta(seconds=1)
A_DAY = timedelta(days=1, seconds=1)


def approved(count: int) -> list[Letter]:
    """Letters that are approved today, each to another state; letters are switched on."""
    now = timezone.now()
    given.switched_on(now=now, warn_email="")
    return [
        given.letter(state, now=now, number=number)
        for number, state in enumerate(given.parties(count), start=1)
    ]


def let_leases_run_out() -> None:
    """What hours do: the leases of lost workers, and all pauses, are over."""
    past = timezone.now() - SECOND
    Letter.objects.filter(status=LetterStatus.SENDING).update(lease_until=past)
    Letter.objects.filter(status=LetterStatus.FAILED, next_attempt_at__isnull=False).update(
        next_attempt_at=past
    )
    Letter.objects.filter(status=LetterStatus.UNCERTAIN).update(handover_started_at=past - A_DAY)


def is_at_rest() -> bool:
    """Whether no letter waits for anything but a person."""
    return not Letter.objects.filter(
        status__in=[LetterStatus.APPROVED, LetterStatus.SENDING]
    ).exists()


@dataclass(frozen=True)
class Truth:
    """What the mail server took, against what the portal says."""

    statuses: Counter[str]
    sent_but_never_taken: list[str]
    taken_more_than_once: list[str]
    taken_but_neither_sent_nor_uncertain: list[str]


def truth(letters: Sequence[Letter], server: MailServer) -> Truth:
    """The mail server's list is what really happened."""
    stands = {
        f"<{message_id}>": status
        for message_id, status in Letter.objects.filter(
            pk__in=[letter.pk for letter in letters]
        ).values_list("message_id", "status")
    }
    taken = Counter(server.ids)
    return Truth(
        statuses=Counter(stands.values()),
        sent_but_never_taken=[
            key for key, status in stands.items() if status == "sent" and not taken[key]
        ],
        taken_more_than_once=[key for key, count in taken.items() if count > 1],
        taken_but_neither_sent_nor_uncertain=[
            key for key in taken if stands[key] not in {"sent", "uncertain"}
        ],
    )


def as_it_should_be(**statuses: int) -> Truth:
    """Nothing lost, nothing twice; so many letters in each status."""
    return Truth(Counter(statuses), [], [], [])
