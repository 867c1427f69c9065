"""The sweep finds what is still to be done from the database alone, and may run at any time."""

from datetime import date

import pytest
from kombu.connection import Connection

from reports.letters.models import Letter, LetterSettings
from reports.letters.sending.claiming import LEASE, claim
from reports.letters.sending.sweeping import BATCH, Swept, sweep
from reports.letters.sending.waking import wake_now

from . import given
from .given import NOW, status_of

pytestmark = pytest.mark.django_db

NOTHING = Swept((), (), (), ())


def test_approved_letters_are_sent_in_batches() -> None:
    given.switched_on()
    letters = [given.letter(state) for state in given.parties(BATCH + 1)]
    ids = [letter.pk for letter in letters]

    assert sweep(now=NOW) == Swept((), (), (), (tuple(ids[:BATCH]), tuple(ids[BATCH:])))


@pytest.mark.parametrize("first_day", [None, date(2026, 3, 3)])
def test_nothing_is_sent_before_letters_are_switched_on(first_day: date | None) -> None:
    given.switched_on(reminders_from=first_day)
    given.letter(given.parties(1)[0])

    assert sweep(now=NOW) == NOTHING
    LetterSettings.objects.all().delete()
    assert sweep(now=NOW) == NOTHING


def test_what_lost_workers_left_is_taken_back_once() -> None:
    given.switched_on()
    begun, untouched = (given.letter(state) for state in given.parties(2))
    claim(letter_ids=[begun.pk, untouched.pk], now=NOW)
    Letter.objects.filter(pk=begun.pk).update(handover_started_at=NOW)

    first = sweep(now=NOW + LEASE)
    second = sweep(now=NOW + LEASE)

    assert first == Swept((untouched.pk,), (begun.pk,), (), ((untouched.pk,),))
    assert second == Swept((), (), (), ((untouched.pk,),))


def test_letters_that_are_no_longer_of_their_day_are_ended() -> None:
    given.switched_on()
    approved, drafted, failed = given.parties(3)
    old = given.letter(approved, valid_until=NOW.date())
    waiting = given.draft(drafted, valid_until=NOW.date())
    tried = given.letter(failed, valid_until=NOW.date())
    Letter.objects.filter(pk=tried.pk).update(status="failed", next_attempt_at=NOW)

    assert sweep(now=NOW) == Swept((), (), (old.pk, waiting.pk, tried.pk), ())
    assert sweep(now=NOW) == NOTHING
    assert {status_of(letter) for letter in (old, waiting, tried)} == {"cancelled"}


def test_the_record_of_a_sweep_says_what_it_found() -> None:
    swept = Swept((1,), (2, 3), (), ((1, 4, 5),))

    assert swept.summary == "to send 3, taken back 1, uncertain 2, cancelled 0"


def test_a_broker_that_does_not_answer_stops_nobody() -> None:
    with Connection("redis://127.0.0.1:1/0") as nowhere:  # type: ignore[no-untyped-call]
        assert wake_now([(1, 2), (3,)], connection=nowhere) == 0
