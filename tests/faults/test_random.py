"""Many faults in an order that chance chooses: workers killed, brokers emptied, servers failing.

FAULT_RUNS says how many plans are tried (`make faults` tries more than the suite does). A plan is
named by its number, so that one that fails can be run again.
"""

import os
import random
import threading

import pytest

from reports.letters.models import Letter
from tests.mail.server import DROP, STALL, MailServer, Moment, Step

from .outbox import SEND, SWEEP, approved, is_at_rest, let_leases_run_out, truth
from .processes import BROKERS, RUNS, Broker, Workers, kill_client

LETTERS = int(os.environ.get("FAULT_LETTERS", "60"))
ROUNDS = 3 if RUNS == 1 else 6 + LETTERS // 40
VERDICTS = (DROP, STALL, "451 4.3.0 Busy", "421 4.3.2 Closing")
KILL = "kill the client"


class Chance:
    """A mail server that does something bad once a round, at a step that chance chooses."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.struck = threading.Event()
        self.unknowable = 0
        self.deal()

    def deal(self) -> None:
        """Choose what happens next, and when."""
        self.step = self.random.choice(list(Step))
        self.wait = self.random.randrange(1, 12) if self.step is not Step.GREETING else 1
        self.verdict = self.random.choice((KILL, KILL, *VERDICTS))
        self.struck.clear()

    def __call__(self, moment: Moment) -> str | None:
        if self.struck.is_set() or moment.step is not self.step:
            return None
        self.wait -= 1
        if self.wait > 0:
            return None
        self.struck.set()
        if self.verdict == KILL:
            self.unknowable += self.step in {Step.DATA, Step.CONTENT, Step.TAKEN}
            kill_client(moment.port)
            return None
        self.unknowable += self.verdict in {DROP, STALL} and self.step in {Step.CONTENT, Step.TAKEN}
        if self.step is Step.TAKEN and self.verdict not in {DROP, STALL}:
            return None  # what was taken is not refused any more
        return self.verdict


@pytest.mark.parametrize("broker", BROKERS, indirect=True)
@pytest.mark.parametrize("seed", range(RUNS))
def test_whatever_happens_no_letter_is_lost_or_sent_twice(
    staff: Workers, broker: Broker, server: MailServer, seed: int
) -> None:
    letters = approved(LETTERS)
    chance = Chance(seed)
    server.judge = chance
    for _ in range(ROUNDS):
        chance.deal()
        let_leases_run_out()
        broker.send(SWEEP, times=chance.random.randrange(1, 3))
        broker.send(SEND, [letter.pk for letter in chance.random.sample(letters, 5)])
        if not staff.running:
            staff.start(chance.random.randrange(1, 3), patience=3)
        staff.wait_for(lambda: chance.struck.is_set() or is_done())
        if chance.random.random() < 0.3:
            broker.flush()
        if chance.verdict == KILL:
            staff.stop()

    chance.struck.set()
    staff.stop()
    let_leases_run_out()
    broker.send(SWEEP)
    staff.start()
    staff.wait_for(is_at_rest)

    found = truth(letters, server)
    assert found.sent_but_never_taken == []
    assert found.taken_more_than_once == []
    assert found.taken_but_neither_sent_nor_uncertain == []
    assert found.statuses["sent"] + found.statuses["uncertain"] == LETTERS
    # `staff.stop` kills whoever is left in mid-sentence too: one more a round at most.
    assert found.statuses["uncertain"] <= chance.unknowable + ROUNDS


def is_done() -> bool:
    return is_at_rest() and not Letter.objects.filter(status="failed").exists()
