"""A mail server that leaves one letter after the other open: sending pauses, and tells."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from reports.letters.models import Alarm, Letter
from reports.letters.sending import alarms, pausing
from reports.letters.sending.claiming import claim
from reports.letters.sending.handing_over import Handed, send
from reports.letters.sending.pausing import IN_A_ROW, Pause
from reports.letters.sending.settling import PAUSES
from reports.tasks import send_letters
from tests.admin.conftest import Desk
from tests.mail.server import DROP, MailServer, Moment, Step

from . import given
from .given import NOW, status_of

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def drops_after_the_message(moment: Moment) -> str | None:
    return DROP if moment.step is Step.CONTENT else None


@pytest.fixture
def letters() -> list[Letter]:
    given.switched_on()
    return [given.letter(state) for state in given.parties(9)]


def go(letters: list[Letter], after: timedelta = timedelta()) -> Handed:
    return send(letter_ids=[letter.pk for letter in letters], clock=lambda: NOW + after)


def left_open(letters: list[Letter], server: MailServer, *, after: timedelta) -> None:
    """As many letters as it takes are left open, one a batch and a minute, the last at `after`."""
    server.judge = drops_after_the_message
    for number in range(IN_A_ROW):
        assert len(go(letters, after + (number + 1 - IN_A_ROW) * MINUTE).uncertain) == 1


def test_after_some_letters_in_a_row_nothing_goes_out_for_a_while(
    letters: list[Letter], mail_server: MailServer
) -> None:
    left_open(letters, mail_server, after=10 * MINUTE)
    mail_server.judge = lambda moment: None

    assert pausing.current() == Pause(3, NOW + 8 * MINUTE, NOW + 10 * MINUTE + PAUSES[0])
    assert go(letters, 14 * MINUTE) == Handed()
    assert [status_of(letter) for letter in letters] == ["uncertain"] * 3 + ["approved"] * 6


def test_then_one_letter_is_tried_and_the_others_follow_when_it_is_taken(
    letters: list[Letter], mail_server: MailServer
) -> None:
    left_open(letters, mail_server, after=timedelta())
    mail_server.judge = lambda moment: None

    assert go(letters, PAUSES[0]) == Handed(sent=(letters[3].pk,))
    assert pausing.current() is None
    assert len(go(letters, PAUSES[0]).sent) == 5


def test_each_further_letter_that_is_left_open_makes_the_pause_longer(
    letters: list[Letter], mail_server: MailServer
) -> None:
    left_open(letters, mail_server, after=timedelta())
    after = timedelta()

    for number, pause in enumerate(PAUSES[:4], start=IN_A_ROW):
        after += pause
        assert go(letters, after - MINUTE) == Handed()
        assert go(letters, after) == Handed(uncertain=(letters[number].pk,))


def test_while_one_letter_is_tried_no_other_worker_gets_one(
    letters: list[Letter], mail_server: MailServer
) -> None:
    left_open(letters, mail_server, after=timedelta())
    ids = [letter.pk for letter in letters]

    assert claim(letter_ids=ids, now=NOW + PAUSES[0])[1] == [letters[3].pk]
    assert claim(letter_ids=ids, now=NOW + PAUSES[0])[1] == []


def test_what_was_left_open_before_the_server_took_a_letter_does_not_count(
    letters: list[Letter], mail_server: MailServer
) -> None:
    mail_server.judge = drops_after_the_message
    go(letters)
    go(letters, MINUTE)
    mail_server.judge = lambda moment: None
    go(letters[2:4], 2 * MINUTE)
    mail_server.judge = drops_after_the_message
    go(letters, 3 * MINUTE)

    assert Letter.objects.filter(status="uncertain").count() == 3
    assert pausing.current() is None


def test_sending_goes_on_when_staff_have_decided(
    letters: list[Letter], mail_server: MailServer
) -> None:
    left_open(letters, mail_server, after=timedelta())
    mail_server.judge = lambda moment: None
    Desk().client.post(
        f"/admin/reports/letter/{letters[0].pk}/decide/arrived/",
        {"arrived-reason": "The mission has it"},
    )

    assert status_of(letters[0]) == "sent"
    assert pausing.current() is None
    assert len(go(letters, MINUTE).sent) == 6


def test_the_pause_is_told_once_and_stands_on_the_front_page_of_the_admin(
    letters: list[Letter], mail_server: MailServer
) -> None:
    mail_server.judge = drops_after_the_message
    ids = [letter.pk for letter in letters]
    for number in range(8):
        with time_machine.travel(NOW + number * MINUTE, tick=False):
            send_letters(ids)

    (alarm,) = Alarm.objects.filter(key__startswith="paused")
    assert alarm.subject == "Sending of letters pauses"
    assert "left 3 letters in a row without an answer" in alarm.text
    # A fourth was tried at 09:07.
    said = "Sending pauses until 2026-03-02 09:22 (UTC): the mail server left 4 letters in a row"
    with time_machine.travel(NOW + 8 * MINUTE, tick=False):
        desk = Desk().client
        for page in ("/admin/", "/admin/reports/letter/outbox/"):
            assert said in desk.get(page).content.decode()


def test_alarms_that_nobody_could_be_mailed_are_shown_and_not_mailed_again_and_again(
    letters: list[Letter], mail_server: MailServer
) -> None:
    # The alarms go through the same mail server: it takes each and drops the line.
    mail_server.judge = lambda moment: DROP if moment.step is Step.TAKEN else None
    alarms.raise_alarm(key="a", subject="Left open", text="Look", now=NOW)
    for minutes in range(0, 30, 5):
        alarms.mail(now=NOW + minutes * MINUTE)
    assert len(mail_server.taken) == 1
    assert alarms.unmailed(now=NOW + 30 * MINUTE) == 0

    mail_server.judge = lambda moment: DROP if moment.step is Step.SENDER else None
    alarms.raise_alarm(key="b", subject="Refused", text="Look", now=NOW)
    alarms.mail(now=NOW)

    assert mail.outbox == []
    assert alarms.unmailed(now=NOW + 30 * MINUTE) == 1
    with time_machine.travel(NOW + 30 * MINUTE, tick=False):
        assert "1 alarm could not be mailed." in Desk().client.get("/admin/").content.decode()
