"""Two schedulers, daily runs and sweeps at once: each letter is written and sent once."""

import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from celery.beat import PersistentScheduler

from ccm_portal.celery import app
from reports.letters.models import JobRun, Letter, LetterEvent, Letterhead
from tests.letters import given as letters
from tests.mail.server import MailServer
from tests.sending import given

from .outbox import as_it_should_be, is_at_rest, truth
from .processes import BROKERS, ROOT, Broker, Workers, database_url

LETTERS = int(os.environ.get("FAULT_LETTERS", "20"))
DAILY_RUN = """
import django
django.setup()
from django.utils import timezone
from reports.letters import daily
print("ready", flush=True)
input()
done = daily.run(on=timezone.now().date(), now=timezone.now())
print(len(done.drafted.letters), done.drafted.written_already)
"""


def states_that_owe_a_report(count: int) -> None:
    """Each is called for by a stage that needs nobody's approval."""
    given.switched_on(now=datetime.now(UTC), warn_email="")
    given.parties(count)
    letters.stage(needs_approval=False, for_annual=False)
    Letterhead.objects.create(language="en", organization="Secretariat", address="Geneva")


def was_last_run_yesterday(schedule: Path) -> None:
    """What a scheduler leaves behind that stood still for a day: all is due when it starts."""
    scheduler = PersistentScheduler(app=app, schedule_filename=str(schedule))
    for entry in scheduler.schedule.values():
        entry.last_run_at = datetime.now(UTC) - timedelta(hours=25)
    scheduler.close()


def written_once() -> None:
    """Each state has one letter, with a number of its own and one event of each kind."""
    assert Letter.objects.count() == LETTERS
    assert Letter.objects.values("state").distinct().count() == LETTERS
    assert Letter.objects.values("number").distinct().count() == LETTERS
    events = Counter(LetterEvent.objects.values_list("letter", "to_status"))
    assert {count for (_, status), count in events.items() if status == "drafted"} == {1}


@pytest.mark.parametrize("broker", BROKERS, indirect=True)
def test_two_schedulers_write_and_send_each_letter_once(
    staff: Workers, broker: Broker, server: MailServer, tmp_path: Path
) -> None:
    states_that_owe_a_report(LETTERS)
    schedules = [tmp_path / "first", tmp_path / "second"]
    for schedule in schedules:
        was_last_run_yesterday(schedule)

    staff.start(2)
    for schedule in schedules:
        staff.start_scheduler(schedule)
    staff.wait_for(lambda: done("draft") >= 2 and done("sweep") >= 2)
    staff.wait_for(lambda: Letter.objects.exists() and is_at_rest())
    staff.wait_for(lambda: len(broker) == 0)

    written_once()
    assert truth(list(Letter.objects.all()), server) == as_it_should_be(sent=LETTERS)
    assert not JobRun.objects.filter(succeeded=False).exists()


@pytest.mark.django_db(transaction=True)
def test_two_daily_runs_at_the_same_moment_write_each_letter_once() -> None:
    states_that_owe_a_report(LETTERS)
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "ccm_portal.settings",
    }
    runs = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", DAILY_RUN],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for run in runs:
        assert run.stdout is not None
        assert run.stdout.readline() == "ready\n"

    for run in runs:
        assert run.stdin is not None
        run.stdin.write("\n")
        run.stdin.flush()
    said = [tuple(map(int, run.communicate()[0].split())) for run in runs]

    assert [run.returncode for run in runs] == [0, 0]
    assert sum(drafted for drafted, _ in said) == LETTERS
    written_once()
    assert set(Letter.objects.values_list("status", flat=True)) == {"approved"}


def done(job: str) -> int:
    """How many runs of a job came to a good end."""
    return JobRun.objects.filter(job=job, succeeded=True).count()
