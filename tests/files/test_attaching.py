"""Files are added and replaced with their rows, or not at all."""

import dataclasses
import errno
import hashlib
import io
import logging
import re
import stat
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile, File
from pytest_django import Settings

from states.files.attaching import attach, replace
from states.files.inspection import Inspected, inspect
from states.files.refusal import Code, Refused
from states.models import Document, DocumentFile
from states.publishing import publish
from tests.admin.records import user

from . import good, hostile, hostile_archives, requests
from .case import Hostile
from .conftest import Folders

pytestmark = pytest.mark.django_db


def pdf(text: str = "report", name: str = "report.pdf") -> "ContentFile[bytes]":
    return ContentFile(good.pdf(text), name=name)


def stored(file: DocumentFile) -> bytes:
    return Path(file.file.path).read_bytes()


def test_attaching_stores_the_file_and_what_is_known_about_it(
    document: Document, clerk: User, folders: Folders
) -> None:
    content = good.pdf()

    file = attach(document=document, upload=pdf(name="Rapport d’État.pdf"), by=clerk)

    file.refresh_from_db()
    assert file.document == document
    assert file.original_name == "Rapport d’État.pdf"
    assert file.content_type == good.ContentType.PDF
    assert (file.size, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert (file.uploaded_by, file.replaced_at, file.is_current) == (clerk, None, True)
    assert stored(file) == content
    assert folders.files() == [Path(file.file.path)]


def test_nobody_can_guess_where_a_file_is_stored(document: Document, clerk: User) -> None:
    first = attach(document=document, upload=pdf("a"), by=clerk)
    second = attach(document=document, upload=pdf("b"), by=clerk)

    for file in (first, second):
        name = file.file.name or ""
        assert re.fullmatch(r"documents/(..)/(..)/\1\2[0-9a-f]{28}\.pdf", name)
        assert file.public_id.hex not in name
    assert first.file.name != second.file.name


def test_history_says_who_added_a_file_and_who_replaced_it(
    document: Document, clerk: User, editor: User
) -> None:
    first = attach(document=document, upload=pdf("a"), by=clerk)
    second = replace(file=first, upload=pdf("b"), by=editor)

    def history(file: DocumentFile) -> list[tuple[User, str, str]]:
        return [
            (entry.history_user, entry.history_type, entry.history_change_reason)
            for entry in file.history.order_by("history_id")
        ]

    assert history(first) == [
        (clerk, "+", "File added"),
        (editor, "~", "Replaced by another file"),
    ]
    assert history(second) == [(editor, "+", "Added in place of another file")]


def test_a_replaced_file_is_kept_with_its_row(document: Document, clerk: User) -> None:
    first = attach(document=document, upload=pdf("a"), by=clerk)

    second = replace(file=first, upload=ContentFile(good.docx(), name="report.docx"), by=clerk)

    first.refresh_from_db()
    assert first.replaced_at is not None
    assert (first.replaced_by, second.replaces) == (second, first)
    assert stored(first) == good.pdf("a")
    assert stored(second) == good.docx()
    assert list(document.files.current()) == [second]


@pytest.mark.parametrize("case", hostile.NAMED, ids=str)
def test_a_refused_file_leaves_nothing(
    case: Hostile, document: Document, clerk: User, folders: Folders
) -> None:
    upload = ContentFile(case.content(), name=case.upload_name)

    with pytest.raises(Refused) as raised:
        attach(document=document, upload=upload, by=clerk)

    assert raised.value.code == case.code
    assert not DocumentFile.objects.exists()
    assert folders.files() == []


def test_a_refused_upload_of_a_request_leaves_nothing(
    document: Document, clerk: User, folders: Folders
) -> None:
    request = requests.upload("report.docx", hostile_archives.bomb())

    with pytest.raises(Refused):
        attach(document=document, upload=requests.received(request), by=clerk)
    request.close()

    assert folders.files() == []


def test_an_upload_of_a_request_is_stored_and_its_temporary_file_goes(
    document: Document, clerk: User, folders: Folders
) -> None:
    request = requests.upload("report.pdf", good.pdf())

    file = attach(document=document, upload=requests.received(request), by=clerk)
    request.close()

    assert folders.files() == [Path(file.file.path)]
    assert stored(file) == good.pdf()


def test_the_same_content_twice_on_a_document_is_refused(
    document: Document, clerk: User, folders: Folders
) -> None:
    attach(document=document, upload=pdf(name="first.pdf"), by=clerk)

    with pytest.raises(Refused) as raised:
        attach(document=document, upload=pdf(name="second.pdf"), by=clerk)

    assert str(raised.value) == (
        "This document has this very file already, as “first.pdf”: choose another one."
    )
    assert len(folders.files()) == document.files.count() == 1


def test_the_same_content_may_stand_on_another_document(document: Document, clerk: User) -> None:
    other = Document.objects.create(code="other", title="Other", kind=Document.Kind.REPORT)

    attach(document=document, upload=pdf(), by=clerk)

    assert attach(document=other, upload=pdf(), by=clerk).document == other


def test_a_file_cannot_replace_itself_but_an_earlier_one_can_come_back(
    document: Document, clerk: User
) -> None:
    first = attach(document=document, upload=pdf("a"), by=clerk)

    with pytest.raises(Refused) as raised:
        replace(file=first, upload=pdf("a"), by=clerk)
    assert raised.value.code == Code.DUPLICATE

    second = replace(file=first, upload=pdf("b"), by=clerk)
    third = replace(file=second, upload=pdf("a"), by=clerk)
    assert list(document.files.current()) == [third]


def test_a_file_is_replaced_once(document: Document, clerk: User, folders: Folders) -> None:
    first = attach(document=document, upload=pdf("a", "first.pdf"), by=clerk)
    replace(file=first, upload=pdf("b"), by=clerk)

    with pytest.raises(Refused) as raised:
        replace(file=first, upload=pdf("c"), by=clerk)

    assert str(raised.value) == (
        "“first.pdf” has been replaced already: replace the current file instead."
    )
    assert len(folders.files()) == document.files.count() == 2


def test_files_of_a_public_document_are_for_those_who_may_publish(
    document: Document, clerk: User, editor: User, folders: Folders
) -> None:
    first = attach(document=document, upload=pdf("a"), by=clerk)
    # The clerk's page shows the document as it stood before an editor published it.
    publish(records=[Document.objects.get()], by=editor)

    with pytest.raises(Refused) as adding:
        attach(document=document, upload=pdf("b"), by=clerk)
    with pytest.raises(Refused) as replacing:
        replace(file=first, upload=pdf("b"), by=clerk)

    assert str(adding.value) == str(replacing.value)
    assert str(adding.value) == (
        "This document is public, so that its files show at once: ask an editor to change them."
    )
    assert len(folders.files()) == document.files.count() == 1
    assert replace(file=first, upload=pdf("b"), by=editor).is_current


def test_a_file_may_have_been_inspected_before(document: Document, clerk: User) -> None:
    inspected = inspect(pdf())

    assert stored(attach(document=document, upload=inspected, by=clerk)) == good.pdf()


# A disk that fails


class FillsDisk(io.BytesIO):
    """After its first bytes the disk that they are written to is full."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() > 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().read(100)


def too_much_for_the_disk(text: str = "report") -> Inspected:
    inspected = inspect(pdf(text))
    return dataclasses.replace(inspected, upload=File(FillsDisk(good.pdf(text)), "report.pdf"))


def test_a_disk_that_fills_up_keeps_nothing_and_says_so(
    document: Document,
    clerk: User,
    folders: Folders,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with pytest.raises(Refused) as raised:
        attach(document=document, upload=too_much_for_the_disk(), by=clerk)

    assert str(raised.value) == (
        "The file could not be stored, perhaps because the disk is full, and nothing was kept: "
        "tell whoever runs the portal, then try again."
    )
    assert folders.files() == []
    assert not DocumentFile.objects.exists()
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_a_folder_that_cannot_be_written_keeps_nothing_and_says_so(
    document: Document, clerk: User, settings: Settings, folders: Folders
) -> None:
    blocked = folders.media / "documents"
    blocked.write_bytes(b"not a folder")

    with pytest.raises(Refused) as raised:
        attach(document=document, upload=pdf(), by=clerk)

    assert raised.value.code == Code.NOT_STORED
    assert folders.files() == [blocked]


def test_a_replacement_that_is_refused_leaves_the_first_file_current(
    document: Document, clerk: User, folders: Folders
) -> None:
    first = attach(document=document, upload=pdf("a"), by=clerk)

    with pytest.raises(Refused):
        replace(file=first, upload=too_much_for_the_disk("b"), by=clerk)

    assert list(document.files.current()) == [first]
    assert folders.files() == [Path(first.file.path)]


def test_stored_files_are_for_the_portal_alone(document: Document, settings: Settings) -> None:
    settings.FILE_UPLOAD_PERMISSIONS = 0o600

    file = attach(document=document, upload=pdf(), by=user("Data entry"))

    assert stat.S_IMODE(Path(file.file.path).stat().st_mode) == 0o600
