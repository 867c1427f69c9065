"""A file whose transaction does not come to its commit does not stay; any other file does."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import connection, transaction

from states.files.attaching import attach, replace
from states.files.inspection import inspect
from states.files.refusal import Code, Refused
from states.models import Document, DocumentFile

from . import good
from .conftest import Folders

committing = pytest.mark.django_db(transaction=True)
"""With real commits and rollbacks."""


class Interrupted(Exception):
    """Something else in the same transaction goes wrong."""


def pdf(text: str = "report") -> "ContentFile[bytes]":
    return ContentFile(good.pdf(text), name="report.pdf")


def interrupt(write: Callable[[], DocumentFile]) -> None:
    """Write a file in a transaction that fails afterwards."""
    with pytest.raises(Interrupted):
        _write_and_fail(write)


@transaction.atomic
def _write_and_fail(write: Callable[[], DocumentFile]) -> None:
    assert Path(write().file.path).exists()
    raise Interrupted


@committing
def test_a_rollback_after_the_file_was_written_removes_it(
    document: Document, clerk: User, folders: Folders
) -> None:
    interrupt(lambda: attach(document=document, upload=pdf(), by=clerk))

    assert folders.files() == []
    assert not DocumentFile.objects.exists()


@pytest.mark.django_db
def test_an_inner_rollback_removes_the_file_and_spares_its_neighbour(
    document: Document, clerk: User, folders: Folders
) -> None:
    kept = attach(document=document, upload=pdf("a"), by=clerk)

    interrupt(lambda: attach(document=document, upload=pdf("b"), by=clerk))

    assert folders.files() == [Path(kept.file.path)]
    assert list(document.files.all()) == [kept]


@committing
def test_a_replacement_rolled_back_leaves_the_first_file_current(
    document: Document, clerk: User, folders: Folders
) -> None:
    first = attach(document=document, upload=pdf("a"), by=clerk)

    interrupt(lambda: replace(file=first, upload=pdf("b"), by=clerk))

    assert list(document.files.current()) == [first]
    assert folders.files() == [Path(first.file.path)]


@committing
def test_a_connection_that_breaks_before_the_commit_leaves_no_file(
    document: Document, clerk: User, folders: Folders
) -> None:
    with transaction.atomic():
        attach(document=document, upload=pdf(), by=clerk)
        connection.close()

    assert folders.files() == []
    assert not DocumentFile.objects.exists()


@committing
def test_a_mistake_after_the_commit_removes_no_file(
    document: Document, clerk: User, folders: Folders
) -> None:
    def fail() -> None:
        raise Interrupted

    @transaction.atomic
    def attach_with_mistake() -> None:
        transaction.on_commit(fail)
        attach(document=document, upload=pdf(), by=clerk)

    with pytest.raises(Interrupted):
        attach_with_mistake()

    assert folders.files() == [Path(DocumentFile.objects.get().file.path)]


@committing
def test_two_people_cannot_add_the_same_file_at_once(
    document: Document, clerk: User, folders: Folders
) -> None:
    inspected = [inspect(pdf()) for _ in range(2)]
    together = threading.Barrier(len(inspected))
    outcomes: list[str] = []

    def add(number: int) -> None:
        together.wait()
        try:
            attach(document=document, upload=inspected[number], by=clerk)
            outcomes.append("added")
        except Refused as refused:
            outcomes.append(refused.code)
        finally:
            connection.close()

    people = [threading.Thread(target=add, args=(number,)) for number in range(len(inspected))]
    for person in people:
        person.start()
    for person in people:
        person.join()

    assert sorted(outcomes) == ["added", Code.DUPLICATE]
    assert folders.files() == [Path(DocumentFile.objects.get().file.path)]
