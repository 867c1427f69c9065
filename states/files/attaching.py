"""Adding files to documents and replacing them: the file first, then its row, or neither."""

import logging
import os
import weakref
from contextlib import closing
from pathlib import Path

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from states.models import Document, DocumentFile
from states.publishing import may_publish

from .inspection import Inspected, inspect
from .refusal import Code, Refused

logger = logging.getLogger(__name__)

# Stored in the history in English, and translated where it is shown.
ATTACHED = gettext_noop("File added")
REPLACED = gettext_noop("Replaced by another file")
REPLACES = gettext_noop("Added in place of another file")


def attach(
    *, document: Document, upload: "File[bytes] | Inspected", by: AbstractBaseUser
) -> DocumentFile:
    """Add a file to a document.

    Raises `Refused`, and keeps nothing, if the file is not acceptable, if the document has it
    already, if it could not be stored, or if the document is public and `by` may not publish.
    """
    return _add(document=document, upload=upload, by=by, replaces=None)


def replace(
    *, file: DocumentFile, upload: "File[bytes] | Inspected", by: AbstractBaseUser
) -> DocumentFile:
    """Put a file in the place of another one of the same document, which is kept.

    Raises `Refused` as `attach` does, and if the file has been replaced already.
    """
    return _add(document=file.document, upload=upload, by=by, replaces=file)


def _add(
    *,
    document: Document,
    upload: "File[bytes] | Inspected",
    by: AbstractBaseUser,
    replaces: DocumentFile | None,
) -> DocumentFile:
    inspected = upload if isinstance(upload, Inspected) else inspect(upload)
    with transaction.atomic():
        # Whoever publishes the document or adds a file at the same time waits, or is waited for.
        document = Document.objects.select_for_update().get(pk=document.pk)
        if document.is_public and not may_publish(by, Document):
            raise Refused(Code.DOCUMENT_IS_PUBLIC)
        ensure_new(document=document, sha256=inspected.sha256)
        if replaces is not None:
            _retire(replaces, by=by)
        file = DocumentFile(
            document=document,
            content_type=inspected.content_type,
            original_name=inspected.original_name,
            size=inspected.size,
            sha256=inspected.sha256,
            uploaded_by_id=by.pk,
            replaces=replaces,
        )
        file.file.name = _store(file, inspected.upload)
        file._history_user = by  # type: ignore[attr-defined]
        file._change_reason = REPLACES if replaces else ATTACHED  # type: ignore[attr-defined]
        file.save(force_insert=True)
    return file


def ensure_new(*, document: Document, sha256: str) -> None:
    """Refuse (`Refused`) what is a current file of a document already."""
    same = document.files.current().filter(sha256=sha256).first()
    if same is not None:
        raise Refused(Code.DUPLICATE, name=same.original_name)


def ensure_current(*, file: DocumentFile) -> None:
    """Refuse (`Refused`) to replace a file a second time."""
    if not file.is_current:
        raise Refused(Code.ALREADY_REPLACED, name=file.original_name)


def _retire(file: DocumentFile, *, by: AbstractBaseUser) -> None:
    stored = DocumentFile.objects.select_for_update().get(pk=file.pk)
    ensure_current(file=stored)
    stored.replaced_at = timezone.now()
    stored._history_user = by  # type: ignore[attr-defined]
    stored._change_reason = REPLACED  # type: ignore[attr-defined]
    stored.save(update_fields=["replaced_at"])


def _store(file: DocumentFile, upload: "File[bytes]") -> str:
    """Write the file under a new name, which is the answer; a rollback removes it again."""
    storage = file.file.storage
    name = file.file.field.generate_filename(file, "")
    transaction.on_commit(_Uncommitted(storage, name))
    try:
        # A plain `File` is copied; a temporary upload would be moved away from under its form.
        storage.save(name, File(upload.file, name=name))
        if isinstance(storage, FileSystemStorage):
            _write_through(Path(storage.path(name)), root=Path(storage.path("")))
    except OSError:
        logger.exception("The file %s could not be stored", name)
        raise Refused(Code.NOT_STORED) from None
    return name


def _write_through(path: Path, *, root: Path) -> None:
    """Have the system write a file and its folders to the disk, as the database does its rows."""
    for each in (path, *path.parents):
        descriptor = os.open(each, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if each == root:
            break


class _Uncommitted:
    """Removes a file when the transaction that it was written in does not come to its commit.

    Django says when a transaction commits, and not when it rolls back: then it just forgets what
    was to be called at the commit. So this waits for either: to be called, or to be forgotten.
    """

    def __init__(self, storage: Storage, name: str) -> None:
        self._removal = weakref.finalize(self, _remove_unless_recorded, storage, name)

    def __call__(self) -> None:
        self._removal.detach()


def _remove_unless_recorded(storage: Storage, name: str) -> None:
    """Remove a file that no committed row names.

    Asked on a connection of its own, because being forgotten is not proof: a mistake in another
    call at the commit also makes Django forget the rest. When in doubt the file stays.
    """
    try:
        with closing(connection.copy()) as other, other.cursor() as cursor:
            table = other.ops.quote_name(DocumentFile._meta.db_table)
            cursor.execute(f"SELECT 1 FROM {table} WHERE file = %s", [name])  # noqa: S608
            if cursor.fetchone() is None:
                storage.delete(name)
    except (DatabaseError, OSError):
        logger.exception("The file %s of a transaction that failed may have been left", name)
