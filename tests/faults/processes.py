"""Workers as processes of their own, and the broker between them and the tests."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pytest
import redis
from celery import Celery
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
WORKER = (
    *(sys.executable, "-m", "celery", "--quiet", "--app", "ccm_portal", "worker"),
    *("--pool", "solo", "--loglevel", "INFO"),
    *("--without-gossip", "--without-mingle", "--without-heartbeat"),
)
BEAT = (
    *(sys.executable, "-m", "celery", "--quiet", "--app", "ccm_portal", "beat"),
    *("--pidfile", "", "--loglevel", "INFO"),
)
PATIENCE = 90
RUNS = int(os.environ.get("FAULT_RUNS", "1"))
BROKERS = (
    ["embedded", pytest.param("redis", marks=pytest.mark.services)] if RUNS > 1 else ["embedded"]
)
"""What takes long, the suite tries on one broker, and `make faults` on both."""


@dataclass(frozen=True)
class Broker:
    """A broker of its own: a folder, or a database of Redis that is emptied first."""

    folder: Path
    redis_url: str = ""

    @property
    def environment(self) -> dict[str, str]:
        return {"REDIS_URL": self.redis_url, "BROKER_DIR": str(self.folder)}

    def send(self, task: str, *args: Any, times: int = 1) -> None:
        """Put the message of a task into the queue."""
        url = self.redis_url or "filesystem://localhost"
        # Not the current app of this process: other tests ask that one, which is the portal's.
        with Celery("tests", broker=url, set_as_current=False) as app:
            if not self.redis_url:
                app.conf.broker_transport_options = self._folders()
            for _ in range(times):
                app.send_task(task, args=list(args))

    def flush(self) -> None:
        """Forget every message."""
        if self.redis_url:
            with redis.Redis.from_url(self.redis_url) as client:
                client.flushdb()
            return
        for message in (self.folder / "queue").glob("*.msg"):
            message.unlink(missing_ok=True)

    def __len__(self) -> int:
        """How many messages wait."""
        if self.redis_url:
            with redis.Redis.from_url(self.redis_url) as client:
                return int(client.llen("celery"))
        return len(list((self.folder / "queue").glob("*.msg")))

    def _folders(self) -> dict[str, str]:
        names = {
            "data_folder_in": "queue",
            "data_folder_out": "queue",
            "processed_folder": "processed",
            "control_folder": "control",
        }
        for name in names.values():
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        return {option: str(self.folder / name) for option, name in names.items()}


@dataclass
class Workers:
    """The workers and schedulers of a test, on its database, broker and mail server."""

    broker: Broker
    mail_port: int
    log: Path
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, count: int = 1, *, patience: int = 20) -> None:
        """Start workers; they take from the queue as soon as they are up.

        `patience` are the seconds that they wait for the mail server at each step.
        """
        environment = (
            os.environ
            | self.broker.environment
            | {
                "DATABASE_URL": database_url(),
                "EMAIL_URL": f"smtp://127.0.0.1:{self.mail_port}",
                "EMAIL_TIMEOUT": str(patience),
                "PYTHONWARNINGS": "ignore",
            }
        )
        for _ in range(count):
            self._run(WORKER, environment)

    def start_scheduler(self, schedule: Path) -> None:
        """Start a scheduler, with what an earlier one left behind in a file."""
        beat = (*BEAT, "--schedule", str(schedule))
        self._run(beat, os.environ | self.broker.environment | {"DATABASE_URL": database_url()})

    def _run(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        with self.log.open("ab") as log:
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        self.running.append(process)

    def stop(self) -> None:
        """End all workers at once, as a power cut does."""
        for process in self.running:
            process.kill()
        for process in self.running:
            process.wait()
        self.running.clear()

    def wait_for_death(self) -> None:
        """Wait until the worker that was killed is gone."""
        for process in self.running:
            process.wait(timeout=PATIENCE)
        self.running.clear()

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Wait for something that the workers do."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(f"It did not happen.\n{self.log.read_text()[-3000:]}")
            time.sleep(0.05)


@contextlib.contextmanager
def workers(broker: Broker, mail_port: int, log: Path) -> Iterator[Workers]:
    """Workers that end with the block, whatever happens in it."""
    made = Workers(broker, mail_port, log)
    try:
        yield made
    finally:
        made.stop()


def kill_client(port: int) -> None:
    """`kill -9` the process that speaks from a local port, and wait until it is gone."""
    for found in psutil.net_connections("tcp"):
        if found.laddr and found.laddr.port == port and found.pid not in {None, os.getpid()}:
            assert found.pid is not None
            process = psutil.Process(found.pid)
            process.send_signal(signal.SIGKILL)
            # The test is its parent and has not asked for its end yet: a zombie has ended.
            while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                time.sleep(0.01)
            return
    raise AssertionError(f"Nobody speaks from port {port}.")


def database_url() -> str:
    """The database of the tests, as the workers are told it."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    credentials = ":".join(part for part in (values["USER"], values["PASSWORD"]) if part)
    return f"postgres://{credentials}@{values['HOST']}:{values['PORT'] or 5432}/{values['NAME']}"
