"""After a backup was put back nothing goes out by itself: it may have gone out since."""

from datetime import date, timedelta

import pytest

from reports.letters.models import Letter, LetterEvent, LetterSettings
from reports.letters.sending import pausing, restoring
from reports.letters.sending.claiming import claim
from reports.letters.sending.handing_over import Handed, send
from reports.letters.sending.restoring import Stopped
from reports.letters.sending.sweeping import sweep
from tests.mail.server import MailServer

from . import given
from .given import NOW, status_of

pytestmark = pytest.mark.django_db


def test_what_waited_when_the_backup_was_made_waits_for_a_person(mail_server: MailServer) -> None:
    given.switched_on()
    drafted, approved, failed, claimed, sent = (
        make(state)
        for make, state in zip(
            (given.draft, given.letter, given.letter, given.letter, given.letter),
            given.parties(5),
            strict=True,
        )
    )
    assert send(letter_ids=[sent.pk], clock=lambda: NOW).sent
    claim(letter_ids=[claimed.pk], now=NOW)
    Letter.objects.filter(pk=failed.pk).update(status="failed", next_attempt_at=NOW)

    assert restoring.stop(now=NOW) == Stopped(date(2011, 1, 1), 3)

    assert [status_of(letter) for letter in (drafted, approved, failed, claimed, sent)] == [
        "drafted",
        *["uncertain"] * 3,
        "sent",
    ]
    reasons = LetterEvent.objects.filter(to_status="uncertain").values_list("reason", flat=True)
    assert set(reasons) == {restoring.RESTORED}
    settings = LetterSettings.objects.get()
    assert settings.reminders_from is None
    assert settings.history.latest().history_change_reason == restoring.RESTORED
    # Nor when staff have switched letters on again; and the mail server is not held to be broken.
    given.switched_on()
    later = NOW + timedelta(hours=1)
    assert sweep(now=later).batches == ()
    ids = [approved.pk, failed.pk, claimed.pk]
    assert send(letter_ids=ids, clock=lambda: later) == Handed()
    assert mail_server.ids == [f"<{sent.message_id}>"]
    assert pausing.current() is None


def test_where_letters_were_off_nothing_changes() -> None:
    assert restoring.stop(now=NOW) == Stopped(None, 0)
    assert not LetterSettings.objects.exists()
