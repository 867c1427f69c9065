"""A copy of the portal in a folder of its own, run as an operator runs it: by commands."""

import compileall
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.conftest import Postgres
from tests.once import once

ROOT = Path(__file__).resolve().parents[2]
PARTS = (
    *("actions", "ccm_portal", "reports", "states", "static", "templates"),
    *("manage.py", "Makefile", ".env.example", "requirements.txt", "requirements-dev.txt"),
)
SECRET_KEY = "a-secret-of-this-copy-alone-that-nobody-could-guess-0123456789"
TIMEOUT = 300


def wait_for(condition: Callable[[], bool], seconds: float = 90) -> None:
    """Wait for something that another process does."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"It did not happen within {seconds:.0f} seconds."
        time.sleep(0.1)


@dataclass(frozen=True)
class Installation:
    """A copy of the portal; `environment` is all that its processes know of the outside."""

    folder: Path
    environment: dict[str, str]

    @property
    def database(self) -> Path:
        """Where its database lies, unless a variable names another."""
        return self.folder / "var" / "portal.sqlite3"

    def run(self, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the folder to its end, with more variables, and catch what it says."""
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment | variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
            check=False,
        )

    def manage(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a command of manage.py."""
        return self.run(sys.executable, "manage.py", *arguments, **variables)

    def do(self, *arguments: str, **variables: str) -> None:
        """Run a command of manage.py that has to succeed and to complain of nothing."""
        answer = self.manage(*arguments, **variables)
        assert (answer.returncode, answer.stderr) == (0, "")

    def ask(self, code: str) -> str:
        """What a line of Python prints inside the portal."""
        answer = self.manage("shell", "--no-imports", "--command", code)
        assert answer.stderr == ""
        return answer.stdout.strip()

    @contextmanager
    def started(self, *command: str, **variables: str) -> Iterator[subprocess.Popen[str]]:
        """A command that goes on until the end of the block, where its whole session is killed."""
        process = subprocess.Popen(
            command,
            cwd=self.folder,
            env=self.environment | variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            # A suite that was itself started in the background ignores interrupts, and hands that
            # down: the command would never hear of Ctrl-C.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
        )
        with process:
            try:
                yield process
            finally:
                for number in self.processes():
                    os.kill(number, signal.SIGKILL)

    def processes(self) -> list[int]:
        """The processes that work in this folder."""
        return [
            int(entry.name)
            for entry in Path("/proc").iterdir()
            if entry.name.isdecimal() and _working_folder(entry) == self.folder
        ]


def _working_folder(process: Path) -> Path | None:
    try:
        return (process / "cwd").readlink()
    except OSError:
        return None


@pytest.fixture(scope="session")
def original(shared_folder: Path) -> Path:
    """What each installation is a copy of: the portal, compiled once for all of their processes."""
    return once(shared_folder / "original", _copy_compiled)


def _copy_compiled(folder: Path) -> None:
    folder.mkdir()
    for name in PARTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy2(source, folder / name)
    assert compileall.compile_dir(folder, quiet=2)


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Postgres, shared_folder: Path) -> Iterator[str]:
    """What `migrate` makes of a PostgreSQL database: others are copied from it."""
    script = once(shared_folder / "migrated.sql", lambda file: _migrate_and_dump(postgres, file))
    with postgres.database() as url:
        command = ("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--file={script}")
        subprocess.run([*command, url], stdout=subprocess.DEVNULL, check=True)
        yield url


def _migrate_and_dump(postgres: Postgres, file: Path) -> None:
    with postgres.database() as url:
        command = (sys.executable, "manage.py", "migrate", "--verbosity=0")
        subprocess.run(command, cwd=ROOT, env=os.environ | {"DATABASE_URL": url}, check=True)
        subprocess.run(["pg_dump", "--no-owner", f"--file={file}", url], check=True)


@pytest.fixture
def postgres_url(postgres: Postgres, migrated_postgres: str) -> Iterator[str]:
    """A PostgreSQL database with its tables made and nothing in them."""
    with postgres.database(like=migrated_postgres) as url:
        yield url


@pytest.fixture
def installation(tmp_path: Path, original: Path) -> Installation:
    """A fresh copy with a secret of its own, and nothing made in it yet."""
    return installed_in((tmp_path / "portal").resolve(), original)


@pytest.fixture
def migrated(installation: Installation, migrated_file: Path) -> Installation:
    """A copy with its tables made and nothing in them."""
    installation.database.parent.mkdir(exist_ok=True)
    shutil.copyfile(migrated_file, installation.database)
    return installation


@pytest.fixture(scope="session")
def collected(original: Path, shared_folder: Path) -> Path:
    """The static files as `collectstatic` leaves them, compressed once for all installations."""
    return once(shared_folder / "static", lambda folder: _collect(original, folder))


def _collect(original: Path, folder: Path) -> None:
    with TemporaryDirectory() as name:
        portal = installed_in(Path(name, "portal"), original)
        portal.do("collectstatic", "--no-input", "--verbosity=0")
        shutil.move(portal.folder / "var" / "static", folder)


@pytest.fixture
def static_files(installation: Installation, collected: Path) -> Path:
    """The static files of a copy, as its web server sends them."""
    return Path(shutil.copytree(collected, installation.folder / "var" / "static"))


def installed_in(folder: Path, original: Path) -> Installation:
    shutil.copytree(original, folder)
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONDONTWRITEBYTECODE": "1",
        "ENV_FILE": os.devnull,
        "SECRET_KEY": SECRET_KEY,
        "ALLOWED_HOSTS": "127.0.0.1",
        "HTTPS": "off",
    }
    return Installation(folder=folder, environment=environment)


@pytest.fixture
def free_port() -> int:
    """A port on which nothing listens."""
    return unused_port()


def unused_port() -> int:
    """A port on which nothing listens, for a test that needs another one."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
