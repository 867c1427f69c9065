"""After every fault: no letter lost, none twice, and what nobody can know stands as uncertain."""

import itertools
import os
import threading
from collections.abc import Sequence

import pytest

from reports.letters.models import Letter
from reports.letters.sending import pausing
from tests.mail.server import DROP, STALL, Judge, MailServer, Moment, Step

from .outbox import (
    SEND,
    SWEEP,
    approved,
    as_it_should_be,
    is_at_rest,
    let_leases_run_out,
    truth,
)
from .processes import Broker, Workers, kill_client

LETTERS = int(os.environ.get("FAULT_LETTERS", "60"))
"""How many letters are under way where workers are killed; `make faults` takes 200."""

KILLED_BEFORE_HANDOVER = (Step.GREETING, Step.SENDER, Step.RECIPIENT)
KILLED_AFTER_HANDOVER = (Step.DATA, Step.CONTENT, Step.TAKEN)


def kill_at(step: Step, *, time: int) -> Judge:
    """A mail server that kills its client when it comes to a step for the so-manieth time."""
    seen: list[Moment] = []

    def judge(moment: Moment) -> str | None:
        if moment.step is step:
            seen.append(moment)
            if len(seen) == time:
                kill_client(moment.port)
        return None

    return judge


def recover(staff: Workers, broker: Broker) -> None:
    """Leases run out, and the next sweep finds what is left."""
    let_leases_run_out()
    broker.send(SWEEP)
    if not staff.running:
        staff.start()
    staff.wait_for(is_at_rest)


def test_a_worker_is_killed_at_each_step_of_sending(
    staff: Workers, broker: Broker, server: MailServer
) -> None:
    letters = approved(LETTERS)
    for step in (*KILLED_BEFORE_HANDOVER, *KILLED_AFTER_HANDOVER):
        server.judge = kill_at(step, time=1 if step is Step.GREETING else 7)
        let_leases_run_out()
        broker.send(SWEEP)
        staff.start()
        staff.wait_for_death()

    server.judge = lambda moment: None
    recover(staff, broker)

    # One each was being handed over when its worker was killed: nobody can know of those.
    assert truth(letters, server) == as_it_should_be(sent=LETTERS - 3, uncertain=3)
    # The one that the server took without saying so, and one that it never got, look the same.
    assert len(server.taken) == LETTERS - 2


def test_a_broker_that_forgets_everything_delays_letters_and_loses_none(
    staff: Workers, broker: Broker, server: MailServer
) -> None:
    letters = approved(30)
    broker.send(SEND, ids(letters[:10]))
    broker.send(SEND, ids(letters[10:]))
    broker.flush()
    assert len(broker) == 0

    recover(staff, broker)

    assert truth(letters, server) == as_it_should_be(sent=30)


def test_two_workers_and_two_schedulers_send_each_letter_once(
    staff: Workers, broker: Broker, server: MailServer
) -> None:
    letters = approved(40)
    broker.send(SEND, ids(letters[:1]), times=6)
    broker.send(SWEEP, times=4)
    broker.send(SEND, ids(letters), times=3)

    staff.start(2)
    staff.wait_for(lambda: is_at_rest() and len(broker) == 0)

    assert truth(letters, server) == as_it_should_be(sent=40)
    assert {letter.attempts for letter in Letter.objects.all()} == {1}


@pytest.mark.parametrize("broker", ["embedded"], indirect=True)
def test_a_mail_server_in_trouble_gets_every_letter_in_the_end(
    staff: Workers, broker: Broker, server: MailServer
) -> None:
    letters = approved(12)
    troubles: Sequence[tuple[Step, str]] = (
        (Step.GREETING, DROP),
        (Step.SENDER, "451 4.3.0 Busy"),
        (Step.RECIPIENT, STALL),
        (Step.DATA, DROP),
        (Step.CONTENT, "452 4.3.1 Full"),
        (Step.CONTENT, DROP),
        (Step.TAKEN, STALL),
    )
    coming = iter(troubles)
    trouble = [next(coming)]
    met = threading.Event()

    def judge(moment: Moment) -> str | None:
        if trouble and moment.step is trouble[0][0]:
            verdict = trouble[0][1]
            trouble[:] = list(itertools.islice(coming, 1))
            met.set()
            return verdict
        return None

    server.judge = judge
    staff.start(patience=2)
    while trouble:
        let_leases_run_out()
        met.clear()
        broker.send(SWEEP)
        staff.wait_for(met.is_set)
        staff.wait_for(lambda: not Letter.objects.filter(status="sending").exists())

    def is_done() -> bool:
        return is_at_rest() and not Letter.objects.filter(status="failed").exists()

    let_leases_run_out()
    broker.send(SWEEP)
    staff.wait_for(is_done)

    # Dropped and stalled after the message itself: of those two nobody can know.
    assert truth(letters, server) == as_it_should_be(sent=10, uncertain=2)
    assert len(server.taken) == 11


@pytest.mark.parametrize("broker", ["embedded"], indirect=True)
def test_a_mail_server_that_drops_every_line_leaves_a_few_letters_uncertain(
    staff: Workers, broker: Broker, server: MailServer
) -> None:
    letters = approved(LETTERS)
    server.judge = lambda moment: DROP if moment.step is Step.TAKEN else None
    broker.send(SWEEP, times=3)
    staff.start(2)
    staff.wait_for(lambda: pausing.current() is not None and len(broker) == 0)
    staff.wait_for(lambda: not Letter.objects.filter(status="sending").exists())

    left_open = Letter.objects.filter(status="uncertain").count()
    # The second worker may have been in mid-sentence when the third letter was left open.
    assert left_open in {pausing.IN_A_ROW, pausing.IN_A_ROW + 1}
    assert len(server.taken) == left_open

    server.judge = lambda moment: None
    let_leases_run_out()
    broker.send(SWEEP, times=3)
    staff.wait_for(is_at_rest)

    assert truth(letters, server) == as_it_should_be(sent=LETTERS - left_open, uncertain=left_open)


def ids(letters: Sequence[Letter]) -> list[int]:
    return [letter.pk for letter in letters]
