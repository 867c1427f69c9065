"""The version of the data changes with every write that shows, and with nothing else."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from ccm_portal import data_version
from ccm_portal.data_version import KEPT, current, forget_old_changes
from ccm_portal.models import DataChange
from states.models import Organization

pytestmark = pytest.mark.django_db


def organization(code: str) -> Organization:
    return Organization(code=code, name=code.upper(), kind=Organization.Kind.UN)


def save_and_fail(code: str) -> None:
    organization(code).save()
    raise RuntimeError


def raw() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE states_organization SET note = 'x'")


WRITES: dict[str, Callable[[], object]] = {
    "save": lambda: organization("b").save(),
    "bulk_create": lambda: Organization.objects.bulk_create([organization("b")]),
    "update": lambda: Organization.objects.update(note="x"),
    "delete": lambda: Organization.objects.all().delete(),
    "bulk_update": lambda: Organization.objects.bulk_update(Organization.objects.all(), ["note"]),
    "raw SQL": raw,
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_every_way_of_writing_gives_another_version(write: Callable[[], object]) -> None:
    organization("a").save()
    before = current()

    write()

    assert current().key != before.key
    assert current().number > before.number


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_a_write_in_a_transaction_counts_once_and_when_it_is_committed(
    write: Callable[[], object],
) -> None:
    organization("a").save()
    before, rows = current(), DataChange.objects.count()

    with transaction.atomic():
        write()
        organization("c").save()

    assert current().key != before.key
    assert DataChange.objects.count() == rows + 1


def test_what_is_taken_back_leaves_the_version_alone() -> None:
    before = current()

    with pytest.raises(RuntimeError), transaction.atomic():
        save_and_fail("a")

    assert current() == before


def test_a_write_after_one_that_a_savepoint_took_back_counts() -> None:
    before = current()

    with transaction.atomic():
        with pytest.raises(RuntimeError), transaction.atomic():
            save_and_fail("a")
        organization("b").save()

    assert current().key != before.key


def test_whoever_looks_inside_a_transaction_sees_the_next_write_too() -> None:
    with transaction.atomic():
        organization("a").save()
        first = current()
        organization("b").save()
        second = current()

    assert first.key != second.key
    assert current() == second


def test_reading_and_what_never_shows_leave_the_version_alone() -> None:
    organization("a").save()
    before = current()

    list(Organization.objects.all())
    Organization.objects.count()
    User.objects.create_user("clerk")

    assert current() == before


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_ends_later_than_a_younger_one_gives_another_version() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time.")
    noted, finish = threading.Event(), threading.Event()

    def older() -> None:
        with transaction.atomic():
            organization("older").save()
            noted.set()
            finish.wait(60)
        connection.close()

    thread = threading.Thread(target=older)
    thread.start()
    assert noted.wait(60)
    organization("younger").save()
    between = current()
    finish.set()
    thread.join()

    assert current().number == between.number
    assert current().key != between.key


def test_old_notes_are_forgotten_and_the_version_is_never_one_from_before() -> None:
    now = timezone.now()
    organization("a").save()
    organization("b").save()
    DataChange.objects.update(made_at=now - KEPT - timedelta(seconds=1))
    before = current()

    forget_old_changes(now=now)

    assert DataChange.objects.count() == 1
    assert current().number > before.number


def test_a_database_without_a_write_has_a_version() -> None:
    DataChange.objects.all().delete()

    assert current() == data_version.NOTHING_WRITTEN
