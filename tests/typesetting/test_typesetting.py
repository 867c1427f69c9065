"""PDF files from data, the same on every machine."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from ccm_portal.typesetting import typeset

AT = datetime(2011, 8, 20, 12, tzinfo=UTC)
PLAIN = """
#set text(font: ("Source Serif 4", "Amiri"))
#json(bytes(sys.inputs.data)).text
"""


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    document = tmp_path / "plain.typ"
    document.write_text(PLAIN)
    return document


def test_the_same_data_and_time_give_the_same_file(plain: Path) -> None:
    assert typeset(plain, {"text": "One"}, at=AT) == typeset(plain, {"text": "One"}, at=AT)


@pytest.mark.parametrize(
    "text",
    ["#panic(1) *x* $y$ <a> @b", "// not a comment", '"quoted" \\ #[z]', "Côte d’Ivoire"],
)
def test_no_text_becomes_markup(plain: Path, text: str) -> None:
    [page] = PdfReader(BytesIO(typeset(plain, {"text": text}, at=AT))).pages

    assert page.extract_text() == text


def test_arabic_is_set_in_a_typeface_that_has_it(plain: Path) -> None:
    pdf = PdfReader(BytesIO(typeset(plain, {"text": "تقرير Report"}, at=AT)))

    fonts = pdf.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    names = {fonts[key]["/BaseFont"].partition("+")[2] for key in fonts}
    assert names == {"Amiri-Regular", "SourceSerif4-Regular"}
