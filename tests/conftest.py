"""What every test may use: where the test database lies, and a browser.

Tests marked `browser` or `services` are skipped, with a sentence, where a machine lacks what they
need; with CI=true, REQUIRE_BROWSER=1 or REQUIRE_SERVICES=1 they fail instead.
"""

import gc
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import psycopg
import pytest
import redis
from django.conf import settings
from django.db.backends.postgresql.operations import DatabaseOperations
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, sync_playwright

from tests import environment
from tests.once import once

pytest_plugins = ["tests.dataset"]

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


# How long an example takes says more about the machine's other work than about the code.
hypothesis_settings.register_profile(
    "portal", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("portal")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Say in one sentence which service is missing, instead of letting every test say it."""
    if environment.ON_SERVICES and not hasattr(session.config, "workerinput"):
        missing = environment.missing_services()
        if missing:
            pytest.exit(missing, returncode=1)


def pytest_collection_finish() -> None:
    """Spare the garbage collector what stays anyway: it looked through it all over again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a case after its argument where that is a file's content.

    A workbook holds the time at which it was made, so that two workers would name it differently.
    """
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run, the same for all of its workers."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def migrated_file(shared_folder: Path) -> Path:
    """The SQLite database that `migrate` makes, made once in a run and copied from then on."""
    return once(shared_folder / "migrated.sqlite3", _migrate)


def _migrate(file: Path) -> None:
    command = (sys.executable, "manage.py", "migrate", "--verbosity=0")
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{file}"}
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Keep SQLite's test database in a file, as in an installation, rather than in memory.

    The live server's threads then have connections of their own, with real locks between them.
    """
    if _on_sqlite():
        copy = tmp_path_factory.mktemp("database") / "portal.sqlite3"
        shutil.copyfile(request.getfixturevalue("migrated_file"), copy)
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(copy)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Take the copy as it is: its tables are made, and it goes with the run's other files."""
    return _on_sqlite()


def _on_sqlite() -> bool:
    engine: str = settings.DATABASES["default"]["ENGINE"]
    return engine == "django.db.backends.sqlite3"


@pytest.fixture(scope="session", autouse=True)
def quickly_emptied() -> Iterator[None]:
    """Let PostgreSQL delete the few rows that a test has committed.

    Django truncates, which makes a new file for each table and index: seconds instead of moments.
    """

    def deletions(
        operations: DatabaseOperations, style: object, tables: Sequence[str], **options: bool
    ) -> list[str]:
        return [f"DELETE FROM {operations.quote_name(table)}" for table in tables]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", deletions)
        yield


def skip_or_fail(reason: str, *, required_by: str) -> NoReturn:
    """Skip the test, unless CI or the variable `required_by` says that it has to run."""
    if os.environ.get("CI") == "true" or os.environ.get(required_by) == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the system's Chromium, or the one that the variable CHROMIUM names."""
    names = (os.environ.get("CHROMIUM", ""), *CHROMIUM_NAMES)
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        skip_or_fail(
            "Chromium was not found: install the package chromium, or name it with CHROMIUM.",
            required_by="REQUIRE_BROWSER",
        )
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One headless Chromium for all tests of a process."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, which Django would take for async code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        running = playwright.chromium.launch(
            executable_path=chromium, args=list(CHROMIUM_ARGUMENTS)
        )
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new page without cookies, for use with pytest-django's `live_server`."""
    context = browser.new_context(locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.fixture
def page_errors(page: Page) -> list[str]:
    """What went wrong on the page so far: script errors, what the Content-Security-Policy
    blocked, and files that could not be loaded. A good page leaves it empty.
    """
    errors: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(f"{message.text} ({message.location['url']})")

    def on_error(error: Error) -> None:
        errors.append(str(error))

    page.on("console", on_console)
    page.on("pageerror", on_error)
    return errors


@pytest.fixture(scope="session")
def redis_url() -> str:
    """A Redis database for tests: the variable TEST_REDIS_URL, else number 15 of this machine."""
    url = os.environ.get("TEST_REDIS_URL") or environment.REDIS_URL
    with suppress(redis.RedisError), redis.Redis.from_url(url) as client:
        client.ping()
        return url
    skip_or_fail(
        f"Redis does not answer at {url}: start it, or name one with TEST_REDIS_URL.",
        required_by="REQUIRE_SERVICES",
    )


class Postgres:
    """A PostgreSQL server for tests."""

    def __init__(self, url: str, connection: psycopg.Connection[Any]) -> None:
        self.url = url
        self.connection = connection

    @contextmanager
    def database(self, *, like: str = "") -> Iterator[str]:
        """The address of a new database, empty or as another of these is, until the block ends."""
        name = f"test_ccm_{uuid.uuid4().hex}"
        template = urlsplit(like).path.removeprefix("/") or "template1"
        self.connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        yield urlsplit(self.url)._replace(path=f"/{name}").geturl()
        self.connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The PostgreSQL server that the variable TEST_POSTGRES_URL names.

    It names a database from which others can be made; without it, `postgres` of this machine.
    """
    url = os.environ.get("TEST_POSTGRES_URL") or environment.POSTGRES_URL
    connection = None
    with suppress(psycopg.OperationalError):
        connection = psycopg.connect(url, autocommit=True, connect_timeout=5)
    if connection is None:
        skip_or_fail(
            f"PostgreSQL does not answer at {url}: start it, or name one with TEST_POSTGRES_URL.",
            required_by="REQUIRE_SERVICES",
        )
    with connection:
        yield Postgres(url, connection)
