"""Whatever bytes come in, the answer is a document or a refusal: never another error."""

from django.core.files.base import ContentFile
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from states.files.inspection import Inspected, inspect
from states.files.refusal import Refused

from . import good
from .good import ContentType

ARCHIVES: dict[ContentType, bytes] = {
    content_type: make()
    for content_type, make in good.CONTENTS.items()
    if content_type != ContentType.PDF
}
PDF = good.pdf()
BEGINNINGS = (b"", b"%PDF-1.7\n", b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
ENDINGS = (b"", b"\n%%EOF\n", b"PK\x05\x06" + bytes(18))

# A new process for each PDF takes its time; nothing is lost by that.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def mutations(draw: st.DrawFn, content: bytes) -> bytes:
    """A document in which some bytes are others, some are gone and some are there twice."""
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(content) - 1)))
        length = draw(st.integers(0, 40))
        new = draw(st.one_of(st.binary(max_size=8), st.just(content[at : at + length] * 2)))
        content = content[:at] + new + content[at + draw(st.integers(0, 40)) :]
    return content


def answer(content: bytes, content_type: ContentType) -> type:
    try:
        return type(inspect(ContentFile(content, name=f"report.{content_type.extension}")))
    except Refused as refused:
        return type(refused)


@unhurried
@given(
    beginning=st.sampled_from(BEGINNINGS),
    content=st.binary(max_size=400),
    ending=st.sampled_from(ENDINGS),
)
def test_random_bytes_are_refused(beginning: bytes, content: bytes, ending: bytes) -> None:
    assert answer(beginning + content + ending, ContentType.PDF) is Refused


@settings(unhurried, max_examples=400)
@given(data=st.data(), content_type=st.sampled_from(sorted(ARCHIVES)))
def test_a_changed_archive_is_taken_or_refused(
    data: st.DataObject, content_type: ContentType
) -> None:
    content = data.draw(mutations(ARCHIVES[content_type]))

    assert answer(content, content_type) in {Inspected, Refused}


@settings(unhurried, max_examples=30)
@given(content=mutations(PDF))
@example(content=PDF)
def test_a_changed_pdf_is_taken_or_refused(content: bytes) -> None:
    assert answer(content, ContentType.PDF) in {Inspected, Refused}


@settings(unhurried, max_examples=200)
@given(parts=st.dictionaries(st.sampled_from(sorted(good.docx_parts())), st.binary(max_size=200)))
def test_a_package_of_random_parts_is_taken_or_refused(parts: dict[str, bytes]) -> None:
    content = good.packed(good.docx_parts() | parts)

    assert answer(content, ContentType.DOCX) in {Inspected, Refused}
