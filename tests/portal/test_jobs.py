"""Jobs run in real processes: a worker with its scheduler, and a broker between."""

import json
import sys
from collections.abc import Iterator
from importlib import import_module

import pytest
from celery import current_app
from celery.schedules import crontab

from .conftest import TIMEOUT, Installation, wait_for

WORKER = (
    *(sys.executable, "-m", "celery", "--quiet", "--app", "ccm_portal", "worker", "--beat"),
    *("--pool", "solo", "--without-gossip", "--without-mingle", "--without-heartbeat"),
)
STORE_SESSIONS = """
from datetime import timedelta
from django.contrib.sessions.models import Session
from django.utils import timezone
for key, days in (("expired", -1), ("open", 1)):
    Session.objects.create(session_key=key, expire_date=timezone.now() + timedelta(days=days))
"""
SEND = "from ccm_portal.tasks import clear_expired_sessions as job; job.delay()"
SESSIONS = """
from django.contrib.sessions.models import Session
print(*Session.objects.order_by("session_key").values_list("session_key", flat=True))
"""


@pytest.fixture(params=["embedded", pytest.param("redis", marks=pytest.mark.services)])
def variables(request: pytest.FixtureRequest) -> dict[str, str]:
    """The broker of a test: files under var/, or Redis."""
    if request.param == "embedded":
        return {}
    return {"REDIS_URL": request.getfixturevalue("redis_url")}


def test_the_worker_runs_a_job_that_another_process_sent(
    migrated: Installation, variables: dict[str, str]
) -> None:
    migrated.ask(STORE_SESSIONS)
    assert migrated.ask(SESSIONS) == "expired open"

    sent = migrated.manage("shell", "--no-imports", "--command", SEND, **variables)
    # The log says that it was sent, and nothing else.
    assert [json.loads(line)["event"] for line in sent.stderr.splitlines()] == ["task_enqueued"]
    with migrated.started(*WORKER, **variables) as worker:
        wait_for(lambda: migrated.ask(SESSIONS) == "open")
        worker.terminate()
        assert worker.wait(timeout=TIMEOUT) == 0

    assert migrated.processes() == []
    assert [path.name for path in (migrated.folder / "var").rglob("*.msg")] == []


def scheduled() -> Iterator[tuple[str, str]]:
    for name, entry in current_app.conf.beat_schedule.items():
        yield name, entry["task"]


def test_the_schedule_names_jobs_that_exist() -> None:
    for name, task in scheduled():
        module, function = task.rsplit(".", 1)
        assert callable(getattr(import_module(module), function)), name


def test_expired_sessions_are_cleared_once_a_day() -> None:
    entry = current_app.conf.beat_schedule["clear expired sessions"]

    assert entry["schedule"] == crontab(hour=3, minute=0)
