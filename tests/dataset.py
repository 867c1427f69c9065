"""The bundled dataset for tests, loaded once in a run and copied from then on.

Loading takes many seconds, a copy of what it wrote far less than one. Whichever worker needs the
dataset first loads it, and leaves it where the others find it.
"""

import pickle
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from functools import cached_property
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from tests.once import once

LEFT_ALONE = ("django_migrations", "sqlite_sequence")


class Kept(ABC):
    """Every table as it is after loading, and what the loading said."""

    def __init__(self, folder: Path) -> None:
        self.account = folder / "account.txt"

    @abstractmethod
    def load(self) -> None:
        """Load the dataset and keep it; the database is left without it."""

    @abstractmethod
    def lent(self) -> AbstractContextManager[None]:
        """The dataset in a transaction that is taken back after it."""

    @abstractmethod
    def put_back(self) -> None:
        """Commit the dataset to a database without any."""


class KeptInFile(Kept):
    """A file of SQLite, beside the database."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.full = folder / "full.sqlite3"

    def load(self) -> None:
        empty = self.full.with_name("empty.sqlite3")
        self._keep(empty)
        self.account.write_text(_load())
        self._keep(self.full)
        self._become(empty)

    @contextmanager
    def lent(self) -> Iterator[None]:
        # Nobody writes this file any more. As one that could be written, each transaction of one
        # worker would lock it against those of the others.
        with connection.cursor() as cursor:
            cursor.execute("ATTACH DATABASE %s AS kept", [f"file:{self.full}?immutable=1"])
        try:
            with transaction.atomic():
                self._copy()
                yield
                transaction.set_rollback(True)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("DETACH DATABASE kept")

    def put_back(self) -> None:
        self._become(self.full)

    @staticmethod
    def _keep(file: Path) -> None:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])

    @staticmethod
    def _become(file: Path) -> None:
        connection.ensure_connection()
        with closing(sqlite3.connect(file)) as kept:
            kept.backup(connection.connection)

    @staticmethod
    def _copy() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM kept.sqlite_master WHERE type = 'table'")
            names = [name for (name,) in cursor.fetchall() if name not in LEFT_ALONE]
            for name in names:
                cursor.execute(f'DELETE FROM main."{name}"')
                cursor.execute(f'INSERT INTO main."{name}" SELECT * FROM kept."{name}"')


class KeptAsCopied(Kept):
    """What PostgreSQL's COPY gives of each table."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.copied = folder / "copied"

    def load(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            self.account.write_text(_load())
            tables = {name: self._read(cursor, name) for name in self._names()}
            transaction.set_rollback(True)
        self.copied.write_bytes(pickle.dumps(tables))

    @cached_property
    def tables(self) -> dict[str, bytes]:
        found: dict[str, bytes] = pickle.loads(self.copied.read_bytes())
        return found

    @contextmanager
    def lent(self) -> Iterator[None]:
        with transaction.atomic():
            self._write()
            yield
            transaction.set_rollback(True)

    def put_back(self) -> None:
        with transaction.atomic():
            self._write()

    def _write(self) -> None:
        with connection.cursor() as cursor:
            for name in self.tables:
                cursor.execute(f'DELETE FROM "{name}"')
            for name, rows in self.tables.items():
                with cursor.copy(f'COPY "{name}" FROM STDIN') as copy:
                    copy.write(rows)
            models = apps.get_models(include_auto_created=True)
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)

    @staticmethod
    def _names() -> list[str]:
        return [name for name in connection.introspection.table_names() if name not in LEFT_ALONE]

    @staticmethod
    def _read(cursor: Any, name: str) -> bytes:
        with cursor.copy(f'COPY "{name}" TO STDOUT') as copy:
            return b"".join(bytes(part) for part in copy)


@pytest.fixture(scope="session")
def kept_dataset(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, shared_folder: Path
) -> Kept:
    """The dataset, loaded by now; the database is without it."""
    with django_db_blocker.unblock():
        kind = KeptInFile if connection.vendor == "sqlite" else KeptAsCopied
        return kind(once(shared_folder / "dataset", lambda folder: _keep(kind(folder))))


def _keep(kept: Kept) -> None:
    kept.account.parent.mkdir()
    kept.load()


@pytest.fixture(scope="module")
def loaded_for_the_module(kept_dataset: Kept, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The dataset for the tests of a module."""
    with _lent(kept_dataset, django_db_blocker):
        yield


@pytest.fixture(scope="class")
def loaded_for_the_class(kept_dataset: Kept, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The dataset for the tests of a class."""
    with _lent(kept_dataset, django_db_blocker):
        yield


@contextmanager
def _lent(kept: Kept, blocker: DjangoDbBlocker) -> Iterator[None]:
    with blocker.unblock():
        ContentType.objects.clear_cache()
        with kept.lent():
            yield
        ContentType.objects.clear_cache()


@pytest.fixture
def loaded_for_the_test(kept_dataset: Kept, transactional_db: None) -> None:
    """The dataset for one test that commits."""
    kept_dataset.put_back()
    ContentType.objects.clear_cache()


def _load() -> str:
    out = StringIO()
    call_command("load_dataset", stdout=out)
    return out.getvalue()
