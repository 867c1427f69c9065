"""The names that downloads get."""

import pytest

from states.files.names import MAX_BYTES, download_name, extension, has_path

from .good import ContentType

RIGHT_TO_LEFT = "\u202e"


@pytest.mark.parametrize(
    ("uploaded", "name"),
    [
        ("Report 2012.pdf", "Report 2012.pdf"),
        ("RAPPORT.PDF", "RAPPORT.pdf"),
        ("Rapport d’États.pdf", "Rapport d’États.pdf"),
        ("E\u0301tats.pdf", "États.pdf"),
        ("تقرير.pdf", "تقرير.pdf"),
        ("report", "report.pdf"),
        ("report.v2", "report.v2.pdf"),
        ("../../etc/report.pdf", "report.pdf"),
        ("C:\\Users\\Clerk\\report.pdf", "report.pdf"),
        ("a\r\nSet-Cookie: x=y\r\n.pdf", "a Set-Cookie_ x=y.pdf"),
        (f"report{RIGHT_TO_LEFT}fdp.exe.pdf", "report fdp.exe.pdf"),
        ('re<p>o"r|t?*.pdf', "re_p_o_r_t__.pdf"),
        ("report\0.pdf", "report.pdf"),
        ("lone \ud800 surrogate.pdf", "lone surrogate.pdf"),
        ("  .pdf", "document.pdf"),
        ("..pdf", "document.pdf"),
        ("...", "document.pdf"),
        ("", "document.pdf"),
        ("a" * 300 + ".pdf", "a" * (MAX_BYTES - 4) + ".pdf"),
        ("é" * 300 + ".pdf", "é" * ((MAX_BYTES - 4) // 2) + ".pdf"),
    ],
)
def test_a_download_gets_a_plain_name(uploaded: str, name: str) -> None:
    assert download_name(uploaded, ContentType.PDF) == name
    assert len(name.encode()) <= MAX_BYTES


@pytest.mark.parametrize(
    ("name", "ending"),
    [("a.PDF", "pdf"), ("a.b.docx", "docx"), ("a.pdf ", "pdf"), ("pdf", ""), (".odt", "odt")],
)
def test_an_extension_is_what_follows_the_last_dot(name: str, ending: str) -> None:
    assert extension(name) == ending


@pytest.mark.parametrize("name", ["a/b.pdf", "..\\b.pdf", "/b.pdf", ".", "..", "a.pdf\0"])
def test_a_path_in_a_name_is_noticed(name: str) -> None:
    assert has_path(name)


@pytest.mark.parametrize("name", ["report.pdf", "..pdf", "a b.pdf", ""])
def test_a_plain_name_has_no_path(name: str) -> None:
    assert not has_path(name)
