"""Letters against a bare loop over `smtplib`: the same messages, the same server, the same run.

The loop sends finished messages over one connection and writes nothing down. A letter costs two
commits more: one before it is handed over, so that a crash is never mistaken for "not sent", and
one that keeps how it ended. One worker waits for its disk where the loop does not; several workers
fill each other's waits, which is how an installation runs.
"""

import json
import os
import smtplib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from reports.letters.models import Letter, LetterRecipient
from reports.letters.sending.mime import Envelope, envelope_of
from reports.letters.sending.sweeping import batches
from tests.faults.processes import database_url
from tests.sending import given

NO_REAL_CODE = 26 * 62
"""From this number on, the codes of invented states have a digit where real ones have a letter."""
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Row:
    """One measurement; `times_loop` is how many times as long as the bare loop it took."""

    name: str
    count: int
    seconds: float
    times_loop: float

    @property
    def per_second(self) -> float:
        return self.count / self.seconds


def rows(
    count: int = 1000,
    *,
    workers: Sequence[int] = (1, 2),
    answering: float = 0.0,
    after: int = 0,
) -> list[Row]:
    """Measure on the database of the settings, which may be thrown away.

    The mail server answers each message after `answering` seconds. `after` are the letters that
    were measured in this database before.

    Each figure is of `count` letters of its own, to as many states; the loop runs before and after
    the letters, and its mean counts.
    """
    with mail_server(answering):
        portions = [_letters(count, after + count * number) for number in range(len(workers))]
        messages = [_envelope(letter) for letter in portions[0]]
        first = _seconds(lambda: _loop(messages))
        times = [
            _timed(letters, at_once) for letters, at_once in zip(portions, workers, strict=True)
        ]
        loop = (first + _seconds(lambda: _loop(messages))) / 2
    return [
        Row("bare smtplib loop", count, loop, 1.0),
        *(
            Row(
                f"letters, {at_once} worker{'s' if at_once > 1 else ''}",
                count,
                seconds,
                seconds / loop,
            )
            for at_once, seconds in zip(workers, times, strict=True)
        ),
    ]


@contextmanager
def mail_server(answering: float) -> Iterator[int]:
    """A mail server of its own, which the settings name."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.taking_mail", str(answering)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = int(process.stdout.readline())
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield settings.EMAIL_PORT


def _letters(count: int, before: int) -> list[Letter]:
    now = timezone.now()
    given.switched_on(now=now)
    states = given.parties(count, first=NO_REAL_CODE + before)
    return [
        given.letter(state, now=now, number=before + number)
        for number, state in enumerate(states, start=1)
    ]


def _envelope(letter: Letter) -> Envelope:
    recipients = LetterRecipient.objects.filter(letter=letter)
    return envelope_of(letter, recipients, at=timezone.now())


def _loop(envelopes: Sequence[Envelope]) -> None:
    with smtplib.SMTP("127.0.0.1", settings.EMAIL_PORT) as server:
        for envelope in envelopes:
            server.sendmail(envelope.sender, envelope.recipients, envelope.content)


class Workers:
    """Processes that are ready to send, as the workers of an installation are."""

    def __init__(self, count: int) -> None:
        environment = os.environ | {
            "DATABASE_URL": database_url(),
            "EMAIL_URL": f"smtp://127.0.0.1:{settings.EMAIL_PORT}",
        }
        self.processes = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.bench.sending_letters"],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for _ in range(count)
        ]
        self._hear("ready")

    def send(self, letters: Sequence[Letter]) -> None:
        """Send letters, in portions that are dealt out; raises unless all were sent."""
        portions = batches([letter.pk for letter in letters])
        for number, process in enumerate(self.processes):
            assert process.stdin is not None
            process.stdin.write(json.dumps(portions[number :: len(self.processes)]) + "\n")
            process.stdin.flush()
        self._hear("done")
        sent = Letter.objects.filter(pk__in=[item.pk for item in letters], status="sent").count()
        assert sent == len(letters), f"{len(letters) - sent} letters were not sent."

    def end(self) -> None:
        for process in self.processes:
            process.communicate()

    def _hear(self, word: str) -> None:
        for process in self.processes:
            assert process.stdout is not None
            heard = process.stdout.readline().strip()
            assert heard == word, f"A worker said {heard!r}."


def _timed(letters: Sequence[Letter], at_once: int) -> float:
    workers = Workers(at_once)
    try:
        return _seconds(lambda: workers.send(letters))
    finally:
        workers.end()


def _seconds(run: Callable[[], None]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start
