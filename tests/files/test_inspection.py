"""Which files are taken, and the sentence with which each other one is refused."""

import hashlib
import io
from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile, File
from pytest_django import Settings

from states.files.inspection import inspect
from states.files.refusal import SENTENCES, Code, Refused

from . import good, hostile, hostile_archives, hostile_office, hostile_pdfs
from .case import Hostile
from .conftest import Folders
from .good import ContentType


def refusal(content: bytes, name: str) -> Refused:
    with pytest.raises(Refused) as raised:
        inspect(ContentFile(content, name=name))
    return raised.value


@pytest.mark.parametrize("content_type", ContentType)
def test_a_document_of_each_accepted_type_is_taken(content_type: ContentType) -> None:
    content = good.CONTENTS[content_type]()

    found = inspect(ContentFile(content, name=f"Report 2012.{content_type.extension.upper()}"))

    assert found.content_type == content_type
    assert found.original_name == f"Report 2012.{content_type.extension}"
    assert found.size == len(content)
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert found.upload.read() == content


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        pytest.param(good.docx_with_chart, ContentType.DOCX, id="chart with its workbook"),
        pytest.param(
            lambda: hostile_office.docx_with({}, good.MAIN_PART.upper()),
            ContentType.DOCX,
            id="capitals",
        ),
        pytest.param(
            lambda: hostile_office.docx_with({"word/drawings/vmlDrawing1.vml": "<xml><br></xml>"}),
            ContentType.DOCX,
            id="old drawing with loose ends",
        ),
        pytest.param(
            lambda: hostile_office.docx_with({"docProps/app.xml": hostile_office.utf16("<r/>")}),
            ContentType.DOCX,
            id="part in utf-16",
        ),
        pytest.param(
            lambda: hostile_office.docx_linking("attachedTemplate", "Normal.dotm"),
            ContentType.DOCX,
            id="template beside the document",
        ),
        pytest.param(
            lambda: hostile_office.docx_linking(
                "externalLinkPath", "file:///C:\\reports\\2011.xlsx"
            ),
            ContentType.DOCX,
            id="link to a local file",
        ),
        pytest.param(
            lambda: hostile_office.odt_that_loads("image", "../picture.png"),
            ContentType.ODT,
            id="relative",
        ),
        pytest.param(
            lambda: hostile_office.docx_with({"word/media/image1.bmp": bytes(6 * 2**20)}),
            ContentType.DOCX,
            id="empty picture that packs well",
        ),
        pytest.param(
            lambda: hostile_pdfs.packed_objects(
                [
                    b"<< /Type /Catalog /Pages 2 0 R >>",
                    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
                ]
            ),
            ContentType.PDF,
            id="packed objects",
        ),
        pytest.param(
            lambda: hostile_pdfs.pdf_with(
                OpenAction=hostile_pdfs.action("/URI", URI="https://a.example")
            ),
            ContentType.PDF,
            id="link in a pdf",
        ),
    ],
)
def test_what_programs_write_now_and_then_is_taken(
    content: Callable[[], bytes], content_type: ContentType
) -> None:
    upload = ContentFile(content(), name=f"report.{content_type.extension}")

    assert inspect(upload).content_type == content_type


@pytest.mark.parametrize("case", hostile.ALL, ids=str)
def test_a_hostile_file_is_refused_for_its_reason(case: Hostile, folders: Folders) -> None:
    found = refusal(case.content(), case.upload_name)

    assert found.code == case.code
    assert folders.files() == []


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "report.pdf",
            lambda: b"MZ",
            "This is not a PDF, DOCX, ODT or XLSX file but looks like a program: "
            "save it as one of these four.",
        ),
        (
            "report.docx",
            hostile_archives.bomb,
            "This file unpacks to far more than a document needs: "
            "do not open it, and ask for another copy.",
        ),
        (
            "report.pdf",
            lambda: b"",
            "This file is empty: choose it again, or ask for another copy.",
        ),
        (
            "../report.pdf",
            good.pdf,
            "The file's name contains a path: give it a plain name, such as report.pdf.",
        ),
        (
            "report.docm",
            hostile.NAMED[-1].content,
            "This document contains macros: save a copy without macros, or as PDF.",
        ),
        (
            "report\u202e.docx",
            good.pdf,
            "The name “report .docx” does not fit the content, which is PDF: check that it is the "
            "right file, then let its name end in .pdf.",
        ),
        (
            "report.docx",
            lambda: hostile_office.docx_linking("image", "https://evil.example/\u202e" + "a" * 200),
            "This document loads something from elsewhere when it is opened "
            "(https://evil.example/\ufffd" + "a" * 78 + "…): "
            "break that link, or save the document as PDF.",
        ),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_to_do(
    name: str, content: Callable[[], bytes], sentence: str
) -> None:
    assert str(refusal(content(), name)) == sentence


def test_every_refusal_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Code)
    assert [
        str(sentence) for sentence in SENTENCES.values() if not str(sentence).endswith(".")
    ] == []


@pytest.mark.parametrize(
    ("content", "looks_like"),
    [
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"\x7fELF", "a program"),
        (b"Rar!\x1a\x07\x00", "an archive"),
        (b"{\\rtf1}", "a rich text file (RTF)"),
        (hostile_office.old_word(), "an old Office file (DOC, XLS or PPT)"),
        (b"\xef\xbb\xbf <!DOCTYPE html>", "a web page or XML"),
        ("États parties\n".encode() * 300, "plain text"),
        (bytes(range(1, 200)), "a file of an unknown type"),
        (good.packed({"a.txt": "x"}), "an archive that is no document"),
        (
            hostile_office.docx_with({}, hostile_office.PRESENTATION),
            "another kind of office document",
        ),
    ],
)
def test_a_refusal_says_what_the_file_looks_like(content: bytes, looks_like: str) -> None:
    assert str(refusal(content, "report.pdf")) == str(
        Refused(Code.NOT_ACCEPTED, looks_like=looks_like)
    )


class Unreadable(io.BytesIO):
    """A file whose content nobody may touch."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size = size

    def read(self, *_arguments: object) -> bytes:
        raise AssertionError("was read")


def test_a_file_above_the_limit_is_refused_before_it_is_read() -> None:
    upload = File(Unreadable(200 * 10**6), name="report.pdf")

    with pytest.raises(Refused) as raised:
        inspect(upload)

    assert str(raised.value) == (
        "This file is larger than 20.0 MB, the most that the portal takes: "
        "make its pictures smaller, or split it."
    )


class Endless(io.BytesIO):
    """A file that says that it is small and never ends."""

    size = 100
    given = 0

    def read(self, size: int | None = -1) -> bytes:
        self.given += size or 0
        return bytes(size or 0)


def test_a_file_that_is_larger_than_it_says_is_refused_at_the_limit() -> None:
    endless = Endless()

    with pytest.raises(Refused) as raised:
        inspect(File(endless, name="report.pdf"))

    assert raised.value.code == Code.TOO_LARGE
    assert endless.given == 20 * 2**20 + File.DEFAULT_CHUNK_SIZE


def test_a_file_of_the_very_limit_is_read(settings: Settings) -> None:
    content = good.pdf()
    settings.UPLOAD_MAX_BYTES = len(content)

    assert inspect(ContentFile(content, name="report.pdf")).size == len(content)
    assert refusal(content + b"\n", "report.pdf").code == Code.TOO_LARGE
