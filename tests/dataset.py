"""The bundled dataset for tests, loaded once a process and copied from then on.

Loading takes many seconds, a copy of SQLite's file far less than one. On PostgreSQL it is loaded
each time, since few tests there need it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

LEFT_ALONE = ("django_migrations", "sqlite_sequence")


@pytest.fixture(scope="session")
def dataset_file(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path | None:
    """A file with the database as it is after loading; None where it is not one of SQLite."""
    if connection.vendor != "sqlite":
        return None
    folder = tmp_path_factory.mktemp("dataset")
    empty, full = folder / "empty.sqlite3", folder / "full.sqlite3"
    with django_db_blocker.unblock():
        _keep(empty)
        _load()
        _keep(full)
        _put_back(empty)
    return full


@pytest.fixture(scope="module")
def loaded_for_the_module(
    dataset_file: Path | None, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The dataset for the tests of a module, in a transaction that is taken back after them."""
    with django_db_blocker.unblock():
        if dataset_file:
            with connection.cursor() as cursor:
                cursor.execute("ATTACH DATABASE %s AS kept", [str(dataset_file)])
        with transaction.atomic():
            if dataset_file:
                _copy_tables()
            else:
                _load()
            yield
            transaction.set_rollback(True)
        ContentType.objects.clear_cache()
        if dataset_file:
            with connection.cursor() as cursor:
                cursor.execute("DETACH DATABASE kept")


@pytest.fixture
def loaded_for_the_test(dataset_file: Path | None, transactional_db: None) -> None:
    """The dataset for one test that commits."""
    if dataset_file:
        _put_back(dataset_file)
    else:
        _load()


def _load() -> None:
    call_command("load_dataset", stdout=StringIO())


def _keep(file: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])


def _put_back(file: Path) -> None:
    """Make the database what the file is."""
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as kept:
        kept.backup(connection.connection)
    ContentType.objects.clear_cache()


def _copy_tables() -> None:
    """Fill every table from the attached file, inside the transaction that is open."""
    ContentType.objects.clear_cache()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM kept.sqlite_master WHERE type = 'table'")
        names = [name for (name,) in cursor.fetchall() if name not in LEFT_ALONE]
        for name in names:
            cursor.execute(f'DELETE FROM main."{name}"')
            cursor.execute(f'INSERT INTO main."{name}" SELECT * FROM kept."{name}"')
