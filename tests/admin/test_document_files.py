"""The files of a document on its page in the data entry."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from states.models import Document, DocumentFile
from tests.admin import records
from tests.admin.conftest import Desk
from tests.files import good

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stored_elsewhere(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.MEDIA_ROOT = tmp_path


def page_with(desk: Desk, document: Document, name: str, content: bytes) -> dict[str, object]:
    """What the document's page sends when a file is added in the first empty row."""
    typed = desk.opened(document)
    upload = SimpleUploadedFile(name, content)
    return typed | {"files-TOTAL_FORMS": "1", "files-0-upload": upload}


def test_a_file_is_added_to_a_document_and_can_be_fetched_by_staff() -> None:
    desk = Desk("Data entry")
    document = records.document(public=False)

    desk.save(document, page_with(desk, document, "statement.pdf", good.pdf()))

    file = DocumentFile.objects.get(document=document)
    assert (file.original_name, file.uploaded_by) == ("statement.pdf", desk.user)
    answer = desk.client.get(f"/admin/files/{file.public_id}/")
    assert b"".join(answer.streaming_content) == good.pdf()  # type: ignore[attr-defined]


def test_a_refused_file_is_explained_at_its_row_and_leaves_nothing() -> None:
    desk = Desk("Data entry")
    document = records.document(public=False)

    page = desk.save(document, page_with(desk, document, "statement.pdf", b"MZ not a document"))

    assert page.status_code == 200
    assert DocumentFile.objects.count() == 0
    assert "errorlist" in page.content.decode()


def test_a_replaced_file_is_kept_and_listed() -> None:
    desk = Desk("Data entry")
    document = records.document(public=False)
    desk.save(document, page_with(desk, document, "first.pdf", good.pdf("first")))
    old = DocumentFile.objects.get()

    typed = desk.opened(document)
    typed["files-0-upload"] = SimpleUploadedFile("second.pdf", good.pdf("second"))
    desk.save(document, typed)

    old.refresh_from_db()
    assert old.replaced_at is not None
    page = desk.get(Document, "change", document.pk).content.decode()
    assert f"/admin/files/{old.public_id}/" in page
    assert "second.pdf" in page
