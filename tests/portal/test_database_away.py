"""What pages say while the database is locked, frozen, full of callers or takes no changes."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.db import DatabaseError

from ccm_portal.database.away import is_away
from ccm_portal.database.breaker import TRY_SECONDS, Breaker
from states.models import Meeting
from tests.conftest import Postgres, skip_or_fail

from .conftest import TIMEOUT, Installation, unused_port, wait_for
from .test_faults import GUNICORN, get, web

AS_STAFF = """
import json
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from ccm_portal.database import limits
from states.models import Organization
limits.hold_to_limits()
connection.close()
client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
client.force_login(User.objects.create_superuser("editor"))
body = {{"code": "un", "name": "United Nations", "kind": "un", "order": "1"}}
{harm}
answer = client.post("/admin/states/organization/add/", body)
{mend}
again = client.post("/admin/states/organization/add/", body)
print(json.dumps([answer.status_code, answer.get("Retry-After"), answer.content.decode(),
    again.status_code, Organization.objects.count(), Organization.history.count()]))
"""
LOCK = """
other = connection.copy()
other.set_autocommit(False)
with other.cursor() as cursor:
    cursor.execute("LOCK TABLE states_historicalorganization")
"""
TAKE_NO_CHANGES = """
with connection.cursor() as cursor:
    cursor.execute("SET default_transaction_read_only = on")
"""
TAKE_CHANGES = """
with connection.cursor() as cursor:
    cursor.execute("SET default_transaction_read_only = off")
"""
SLEEP = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT pg_sleep(2)")
print("slept")
"""


@contextmanager
def locked(url: str, table: str) -> Iterator[None]:
    """A table that nobody can read until the block ends."""
    with psycopg.connect(url) as server:
        server.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        yield


@pytest.mark.services
@pytest.mark.usefixtures("static_files")
def test_whoever_meets_a_locked_table_is_told_when_to_come_again(
    migrated: Installation, postgres_url: str, free_port: int
) -> None:
    migrated.environment["DATABASE_URL"] = postgres_url
    with web(migrated, free_port, DATABASE_SECONDS="3", PAGE_CACHE="off"):
        with locked(postgres_url, "states_meeting"):
            page = get(free_port, "/meetings/")
            data = get(free_port, "/api/v1/meetings/")
        after = get(free_port, "/meetings/")

    assert (page[0], data[0], after[0]) == (503, 503, 200)
    assert b"Its database does not answer in time. Try again in half a minute." in page[1]
    assert json.loads(data[1])["code"] == "database_away"


@pytest.mark.services
@pytest.mark.parametrize(
    ("harm", "mend"),
    [(LOCK, "other.rollback(); other.close()"), (TAKE_NO_CHANGES, TAKE_CHANGES)],
    ids=["locked", "takes no changes"],
)
@pytest.mark.usefixtures("static_files")
def test_a_record_that_cannot_be_saved_is_told_and_leaves_nothing(
    migrated: Installation, postgres_url: str, harm: str, mend: str
) -> None:
    code = AS_STAFF.format(harm=harm, mend=mend)
    told = migrated.manage(
        *("shell", "--no-imports", "--command", code),
        DATABASE_URL=postgres_url,
        DATABASE_SECONDS="3",
        SECOND_FACTOR="optional",
    )

    assert told.returncode == 0, told.stderr
    status, wait, page, again, records, history = json.loads(told.stdout)
    assert (status, wait) == (503, "30")
    assert "What you sent was kept whole or not at all" in page
    # What came of the second time alone is there.
    assert (again, records, history) == (302, 1, 1)


@pytest.mark.services
def test_the_limit_of_pages_does_not_end_the_work_of_commands(
    migrated: Installation, postgres_url: str
) -> None:
    limits = {"DATABASE_URL": postgres_url, "DATABASE_SECONDS": "1"}
    held = f"from ccm_portal.database import limits; limits.hold_to_limits()\n{SLEEP}"
    command = ("shell", "--no-imports", "--command")

    assert migrated.manage(*command, SLEEP, **limits).stdout == "slept\n"
    page = migrated.manage(*command, held, **limits)
    assert page.returncode == 1
    assert "statement timeout" in page.stderr


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server of the tests' own, which they may freeze."""

    url: str
    folder: Path

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to all of its processes."""
        postmaster = (self.folder / "postmaster.pid").read_text().split("\n")[0]
        found = subprocess.run(
            ["pgrep", "--parent", postmaster], capture_output=True, text=True, check=True
        )
        for process in (postmaster, *found.stdout.split()):
            os.kill(int(process), number)


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    """A server of the version that is installed here, with room for 16 connections."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    initdb = shutil.which("initdb", path=os.pathsep.join([*map(str, folders), os.environ["PATH"]]))
    if initdb is None:
        skip_or_fail(
            "The programs of a PostgreSQL server were not found.", required_by="REQUIRE_SERVICES"
        )
    # They refuse to be root, and whom they become cannot look into a folder of root's.
    user = "postgres" if os.geteuid() == 0 else None
    port = unused_port()
    with tempfile.TemporaryDirectory(prefix="ccm-postgres-", ignore_cleanup_errors=True) as name:
        if user:
            shutil.chown(name, user)
        folder = Path(name, "data")
        making = (initdb, "--no-sync", "--auth=trust", "--username=postgres", f"-D{folder}")
        subprocess.run(making, stdout=subprocess.DEVNULL, check=True, cwd="/", user=user)
        program = str(Path(initdb).with_name("postgres"))
        options = ("-cfsync=off", "-cmax_connections=16", "-clisten_addresses=127.0.0.1")
        serving = (program, f"-D{folder}", f"-p{port}", f"-k{name}", *options)
        process = subprocess.Popen(serving, stderr=subprocess.DEVNULL, cwd="/", user=user)
        server = Server(f"postgresql://postgres@127.0.0.1:{port}/postgres", folder)
        wait_for(lambda: answers(server.url))
        yield server
        process.kill()
        process.wait(TIMEOUT)


def answers(url: str) -> bool:
    with suppress(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=5).close()
        return True
    return False


@pytest.fixture
def own_url(own_server: Server, migrated_postgres: str, shared_folder: Path) -> Iterator[str]:
    """A database of that server with its tables made and nothing in them."""
    script = shared_folder / "migrated.sql"
    with (
        psycopg.connect(own_server.url, autocommit=True) as connection,
        Postgres(own_server.url, connection).database() as url,
    ):
        command = ("psql", "--no-psqlrc", "--quiet", f"--file={script}", url)
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        yield url


@pytest.mark.services
@pytest.mark.usefixtures("static_files")
def test_while_the_database_is_frozen_pages_end_and_the_process_says_that_it_lives(
    migrated: Installation, own_server: Server, own_url: str, free_port: int
) -> None:
    migrated.environment["DATABASE_URL"] = own_url
    # Pages that were kept would not ask for more than the version of the data.
    with web(migrated, free_port, DATABASE_SECONDS="1", PAGE_CACHE="off"):
        own_server.signal(signal.SIGSTOP)
        try:
            # As many as the process has threads: each waits for as long as it may.
            with ThreadPoolExecutor(4) as readers:
                during = list(readers.map(lambda _: get(free_port, "/meetings/"), range(4)))
            # Now one of these waits for all.
            with ThreadPoolExecutor(6) as readers:
                waiting = [readers.submit(get, free_port, "/meetings/") for _ in range(6)]
                alive = get(free_port, "/healthz")
                during += [answer.result() for answer in waiting]
            ready = get(free_port, "/readyz")
        finally:
            own_server.signal(signal.SIGCONT)
        wait_for(lambda: get(free_port, "/meetings/")[0] == 200)

    assert [status for status, _body in during] == [503] * 10
    assert alive[0] == 200
    assert ready[0] == 503
    assert json.loads(ready[1])["database"] == "missing"


@pytest.mark.services
@pytest.mark.usefixtures("static_files")
def test_a_database_with_too_many_callers_is_told_in_a_sentence(
    migrated: Installation, own_server: Server, own_url: str, free_port: int
) -> None:
    migrated.environment["DATABASE_URL"] = own_url
    callers = []
    with migrated.started(*GUNICORN, PORT=str(free_port), WEB_CONCURRENCY="1"):
        wait_for(lambda: get(free_port, "/healthz")[0] == 200)
        try:
            with suppress(psycopg.OperationalError):
                while True:
                    callers.append(psycopg.connect(own_url))
            page, ready = get(free_port, "/meetings/"), get(free_port, "/readyz")
            command = migrated.manage("status")
        finally:
            for caller in callers:
                caller.close()
        wait_for(lambda: get(free_port, "/meetings/")[0] == 200)

    assert (page[0], ready[0]) == (503, 503)
    assert b"Its database does not answer in time." in page[1]
    assert (command.returncode, command.stdout) == (1, "")
    assert "too many clients already" in command.stderr
    assert "Traceback" not in command.stderr


@pytest.mark.services
@pytest.mark.usefixtures("static_files")
def test_a_database_that_takes_no_changes_is_read_and_named(
    migrated: Installation, postgres_url: str, free_port: int
) -> None:
    migrated.environment["DATABASE_URL"] = postgres_url
    with psycopg.connect(postgres_url, autocommit=True) as server:
        name = server.info.dbname
        server.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    with web(migrated, free_port):
        page, ready = get(free_port, "/meetings/"), get(free_port, "/readyz")
    command = migrated.manage("first_account")

    assert page[0] == 200
    assert (ready[0], json.loads(ready[1])["database"]) == (503, "missing")
    assert (command.returncode, command.stdout) == (1, "")
    assert command.stderr.startswith("The database cannot answer (cannot execute ")
    assert "Traceback" not in command.stderr


def test_one_request_waits_for_a_silent_database_and_the_others_do_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    breaker, now = Breaker(), [100.0]
    monkeypatch.setattr("ccm_portal.database.breaker.time.monotonic", lambda: now[0])

    def answers_of_another() -> bool:
        with ThreadPoolExecutor(1) as other:
            return other.submit(breaker.refuses).result()

    assert not breaker.refuses()
    breaker.open()
    assert [breaker.refuses(), answers_of_another()] == [False, True]
    now[0] += 60
    assert answers_of_another()
    breaker.tried()
    assert breaker.refuses()
    now[0] += TRY_SECONDS
    assert not breaker.refuses()
    breaker.close()
    assert not answers_of_another()


@pytest.mark.django_db
def test_a_mistake_in_a_query_is_the_portal_s_own() -> None:
    with pytest.raises(DatabaseError) as mistake:
        list(Meeting.objects.raw("SELECT nothing FROM states_meeting"))

    assert not is_away(mistake.value)
    assert not is_away(None)
    assert not is_away(ConnectionResetError())
