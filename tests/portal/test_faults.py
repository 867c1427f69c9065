"""What a running installation does when its database, its cache or its own process goes away."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import redis

from .conftest import TIMEOUT, Installation, wait_for

GUNICORN = (
    *(sys.executable, "-m", "gunicorn", "--config", "python:ccm_portal.web_server"),
    "ccm_portal.wsgi",
)
ADD_MEETING = """
from datetime import date
from django.utils import timezone
from states.models import Meeting
Meeting.objects.create(code="{code}", name="{code} held", kind="msp", starts_on=date(2010, 11, 9),
    ends_on=date(2010, 11, 12), published_at=timezone.now())
"""
COUNT = "from states.models import Organization as o; print(o.objects.count())"
ASK = """
import time
from django.contrib.auth.models import User
from ccm_portal import jobs
from ccm_portal.models import Job
began = time.monotonic()
jobs.ask(kind="export", title="A", parameters={}, by=User.objects.create_user("clerk"))
print(Job.objects.get().state, time.monotonic() - began)
"""


LOSE_MESSAGES = """
from datetime import timedelta
import redis
from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone
from ccm_portal import jobs
queue = redis.Redis.from_url(settings.REDIS_URL)
jobs.ask(kind="export", title="A", parameters={}, by=User.objects.create_user("clerk"))
print(queue.llen("celery"))
queue.flushall()
jobs.sweep(now=timezone.now())
print(queue.llen("celery"))
jobs.sweep(now=timezone.now() + timedelta(minutes=3))
print(queue.llen("celery"))
"""


def get(port: int, path: str, **headers: str) -> tuple[int, bytes]:
    """The status and the body of an answer; 0 where nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except OSError:
        return 0, b""
    finally:
        connection.close()


@contextmanager
def web(portal: Installation, port: int, **variables: str) -> Iterator[None]:
    """A web server of the installation that answers."""
    with portal.started(*GUNICORN, PORT=str(port), WEB_CONCURRENCY="1", **variables):
        wait_for(lambda: get(port, "/meetings/")[0] == 200)
        yield


@pytest.mark.services
@pytest.mark.usefixtures("static_files")
def test_a_database_that_restarts_costs_only_the_answers_under_way(
    installation: Installation, postgres_url: str, free_port: int
) -> None:
    installation.environment["DATABASE_URL"] = postgres_url
    name = postgres_url.rsplit("/", 1)[1]
    with web(installation, free_port):
        server = psycopg.connect(postgres_url.replace(name, "postgres"), autocommit=True)
        with server:
            server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                [name],
            )
            during = [get(free_port, "/meetings/") for _ in range(3)]
            server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
        after = [get(free_port, "/meetings/") for _ in range(5)]
        installation.ask(ADD_MEETING.format(code="1MSP"))
        written = get(free_port, "/meetings/")

    assert {status for status, _body in during} == {503}
    assert all(b"Its database does not answer in time." in body for _status, body in during)
    assert [status for status, _body in after] == [200] * 5
    assert b"1MSP held" in written[1]


def test_no_caller_says_what_addresses_begin_with(
    installation: Installation, free_port: int
) -> None:
    with installation.started(*GUNICORN, PORT=str(free_port), WEB_CONCURRENCY="1"):
        wait_for(lambda: get(free_port, "/healthz")[0] == 200)
        status, _body = get(free_port, "/healthz", SCRIPT_NAME="/elsewhere")

    assert status == 200


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A Redis server of the test's own, which it may kill."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("The program redis-server was not found.")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)],
        stdout=subprocess.DEVNULL,
    )
    url = f"redis://127.0.0.1:{port}/0"
    with redis.Redis.from_url(url) as client:
        wait_for(lambda: _answers(client))
    yield url, process
    process.kill()
    process.wait()


def _answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False


@pytest.mark.services
@pytest.mark.usefixtures("static_files")
def test_while_redis_is_gone_pages_answer_and_writes_land(
    migrated: Installation, own_redis: tuple[str, subprocess.Popen[bytes]], free_port: int
) -> None:
    url, server = own_redis
    migrated.environment["REDIS_URL"] = url
    with web(migrated, free_port):
        server.kill()
        server.wait()
        pages = [get(free_port, path)[0] for path in ("/meetings/", "/states/", "/api/v1/")]
        migrated.ask(ADD_MEETING.format(code="1MSP"))
        written = get(free_port, "/meetings/")

    assert pages == [200, 200, 200]
    assert b"1MSP held" in written[1]


def hang(server: subprocess.Popen[bytes], url: str) -> None:
    server.send_signal(signal.SIGSTOP)


def fill(server: subprocess.Popen[bytes], url: str) -> None:
    with redis.Redis.from_url(url) as client:
        client.config_set("maxmemory", 1)


@pytest.mark.services
@pytest.mark.parametrize("harm", [hang, fill])
def test_long_work_is_asked_for_while_redis_hangs_or_is_full(
    migrated: Installation,
    own_redis: tuple[str, subprocess.Popen[bytes]],
    harm: Callable[[subprocess.Popen[bytes], str], None],
) -> None:
    url, server = own_redis
    harm(server, url)
    asked = migrated.manage("shell", "--no-imports", "--command", ASK, REDIS_URL=url)

    assert asked.returncode == 0, asked.stderr
    state, seconds = asked.stdout.split()
    assert state == "queued"
    assert float(seconds) < 15


@pytest.mark.services
def test_long_work_that_waited_is_found_after_redis_was_emptied(
    migrated: Installation, own_redis: tuple[str, subprocess.Popen[bytes]]
) -> None:
    command = ("shell", "--no-imports", "--command", LOSE_MESSAGES)
    waiting = migrated.manage(*command, REDIS_URL=own_redis[0])

    assert waiting.stdout.split() == ["1", "0", "1"], waiting.stderr


def test_what_is_killed_half_way_leaves_nothing_and_migrations_run_twice_change_nothing(
    migrated: Installation,
) -> None:
    rows = "\n".join(f"body-{number},Body {number},un" for number in range(20_000))
    (migrated.folder / "bodies.csv").write_text(f"code,name,kind\n{rows}\n")
    journal = migrated.folder / "var" / "portal.sqlite3-wal"
    command = (sys.executable, "manage.py", "import_file", "organizations", "bodies.csv")

    with migrated.started(*command) as process:
        # The journal grows once rows are being written, all of them in one transaction.
        wait_for(lambda: journal.exists() and journal.stat().st_size > 300_000)
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait(TIMEOUT) == -signal.SIGKILL

    assert migrated.ask(COUNT) == "0"
    (migrated.folder / "bodies.csv").write_text("code,name,kind\nbody,Body,un\n")
    assert migrated.manage("import_file", "organizations", "bodies.csv").returncode == 0
    assert migrated.ask(COUNT) == "1"

    again = migrated.manage("migrate")
    assert again.returncode == 0
    assert "No migrations to apply." in again.stdout
