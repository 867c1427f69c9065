"""`manage.py serve`, the heart of `make run`: all parts start together and stop together."""

import fcntl
import re
import signal
import socket
import subprocess
import sys
import termios
import urllib.error
import urllib.request
import zlib

import psycopg
import pytest

from .conftest import TIMEOUT, Installation, wait_for
from .test_backup import tables

TALK = """exec python -c 'import time; print("some words\\n" * 20_000); time.sleep(300)' """
TALKER_AND_SLEEPER = f"""
import signal, sys
from ccm_portal.management.commands import serve
serve.PROCESSES = {{"talker": {TALK!r}, "sleeper": "exec sleep 300"}}
"""


def read_until(process: subprocess.Popen[str], wanted: str) -> str:
    """What a process says up to and including a line with the wanted words."""
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if wanted in line:
            return said
    pytest.fail(f"The process ended without saying “{wanted}”. It said:\n{said}")


def status_of(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=30) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_serve_prepares_opens_and_stops_everything_each_time(
    installation: Installation, free_port: int
) -> None:
    """One test of three starts, because the first one takes long: it makes the database."""
    address = f"http://127.0.0.1:{free_port}"
    command = (sys.executable, "manage.py", "serve", "--port", str(free_port))

    with installation.started(*command) as process:
        said = read_until(process, f"Open {address}/ in a browser.")
        assert len(re.findall(r"^    password  \w{20}$", said, re.MULTILINE)) == 1
        assert status_of(f"{address}/admin/login/") == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=TIMEOUT) == 0
        assert installation.processes() == []
    stored = tables(installation)

    with installation.started(*command) as process:
        said = read_until(process, f"Open {address}/ in a browser.")
        assert "password" not in said
        process.send_signal(signal.SIGHUP)
        assert process.wait(timeout=TIMEOUT) == 0
        assert installation.processes() == []
    assert tables(installation) == stored

    with installation.started(*command, WEB_CONCURRENCY="several") as process:
        said, _ = process.communicate(timeout=TIMEOUT)
        assert process.returncode == 1
        assert said.splitlines()[-1] == (
            "CommandError: A part of the portal stopped by itself, so the rest was stopped too: "
            "see above."
        )
        assert installation.processes() == []


def test_a_port_in_use_is_refused_before_anything_is_made(installation: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        answer = installation.manage("serve", PORT=str(port))

    assert answer.returncode == 1
    assert answer.stdout == ""
    assert answer.stderr == (
        f"CommandError: Port {port} cannot be used (Address already in use): stop what runs "
        "there, or choose another one with `make run PORT=8001`.\n"
    )
    assert not (installation.folder / "var" / "portal.sqlite3").exists()


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http"])
def test_what_is_not_a_port_is_refused(installation: Installation, port: str) -> None:
    answer = installation.manage("serve", f"--port={port}")

    assert answer.returncode == 1
    assert answer.stderr == (
        f"CommandError: “{port}” is not a port: choose a number, such as `make run PORT=8001`.\n"
    )


def test_an_interrupted_command_ends_without_a_stack_trace(installation: Installation) -> None:
    waiting = "print('waiting', flush=True); import time; time.sleep(60)"
    command = (sys.executable, "manage.py", "shell", "--no-imports", "--command", waiting)

    with installation.started(*command) as process:
        read_until(process, "waiting")
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=TIMEOUT)

    assert (process.returncode, said) == (130, "")


def waiting_bytes(process: subprocess.Popen[str]) -> int:
    """How much of what a process says has not been read."""
    assert process.stdout is not None
    return int.from_bytes(fcntl.ioctl(process.stdout, termios.FIONREAD, bytes(4)), sys.byteorder)


def test_a_signal_that_comes_while_a_line_is_written_stops_all_parts(
    installation: Installation,
) -> None:
    code = f"{TALKER_AND_SLEEPER}\nsys.exit(serve.run_together('8000'))"
    command = (sys.executable, "manage.py", "shell", "--no-imports", "--command", code)

    with installation.started(*command) as process:
        wait_for(lambda: waiting_bytes(process) > 60_000)  # the pipe is full: it waits in a write
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=TIMEOUT)

        assert process.returncode == 0, said[-2000:]
        assert installation.processes() == []


def test_a_signal_that_comes_before_the_parts_are_known_stops_them(
    installation: Installation,
) -> None:
    code = f"""{TALKER_AND_SLEEPER}
class Interrupted(serve.Parts):
    def _start(self):
        super()._start()
        signal.raise_signal(signal.SIGINT)
serve.Parts = Interrupted
sys.exit(serve.run_together("8000"))
"""
    command = (sys.executable, "manage.py", "shell", "--no-imports", "--command", code)

    with installation.started(*command) as process:
        said, _ = process.communicate(timeout=TIMEOUT)

        assert process.returncode == 0, said[-2000:]
        assert installation.processes() == []


@pytest.mark.services
def test_migrations_dataset_and_first_account_work_on_postgresql(
    installation: Installation, postgres_url: str
) -> None:
    for command in ("load_dataset", "first_account"):  # `migrate` made the tables
        installation.do(command, DATABASE_URL=postgres_url)

    with psycopg.connect(postgres_url) as server:
        [states] = server.execute("SELECT count(*) FROM states_state").fetchall()
    assert states == (197,)


@pytest.mark.services
@pytest.mark.parametrize("command", ["migrate", "load_dataset"])
def test_whoever_comes_second_waits_for_the_same_work_of_the_first(
    migrated: Installation, postgres_url: str, command: str
) -> None:
    migrated.environment["DATABASE_URL"] = postgres_url
    key = [zlib.crc32(f"ccm_portal {command}".encode())]
    with psycopg.connect(postgres_url, autocommit=True) as first:
        first.execute("SELECT pg_advisory_lock(%s)", key)
        with migrated.started(sys.executable, "manage.py", command) as second:
            read_until(second, "Another process does the same at this moment: waiting for its end.")
            first.execute("SELECT pg_advisory_unlock(%s)", key)
            said, _ = second.communicate(timeout=TIMEOUT)

    assert (second.returncode, "Traceback" in said) == (0, False)
