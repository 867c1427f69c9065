"""The public pages of an edition, its files, and what the page and the files have in common."""

import errno
import json
import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pypandoc
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from actions.models import Finding, Indicator, ProgressReport
from states.models import Document, State

from . import given

pytestmark = pytest.mark.django_db

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PROSE = """## Scope (Article 3)

{{P1: stockpile.declared & parties; parties}} have stocks.[^1] {{P2: stockpile.declared - parties;
parties}} else.

- A point about {{parties}}.

## Questions (For discussion)

1. What next?

[^1]: Own *note*.
"""


@pytest.fixture
def report() -> ProgressReport:
    norway, japan, _croatia = given.three_parties()
    declared = given.indicator()
    cited = given.document(url="https://example.org/statement")
    given.finding(declared, norway, cited)
    given.finding(declared, japan, cited)
    made = given.report(published_at=given.NOW)
    given.chapter(made, "Introduction. {{parties; parties; no note}} count.")
    given.chapter(made, PROSE, numeral="I", heading="Stockpiles")
    return made


def text_of(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def docx_of(data: bytes) -> tuple[list[str], str]:
    """The texts of the footnotes, and the text of the document."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        notes = ET.fromstring(archive.read("word/footnotes.xml"))
        body = ET.fromstring(archive.read("word/document.xml"))
    found = [
        "".join(run.text or "" for run in note.iter(f"{W}t")).strip()
        for note in notes.iter(f"{W}footnote")
        if f"{W}type" not in note.attrib
    ]
    return found, "".join(run.text or "" for run in body.iter(f"{W}t"))


def test_the_page_shows_prose_notes_and_evidence(client: Client, report: ProgressReport) -> None:
    page = text_of(client, "/progress-reports/demo/")

    assert '<a class="counted f1" id="figure-2" href="#evidence-2">Two States Parties</a>' in page
    assert '<sup class="note-mark f1"><a id="mark-1" href="#evidence-2">1</a></sup>' in page
    assert 'id="evidence-2"' in page
    assert '<a href="/states/japan/?as_of=2011-08-20">Japan</a>' in page
    assert '<a href="https://example.org/statement" rel="noopener">Title of statement</a>' in page
    assert "Nobody, among the 3 states that were looked at." in page
    assert 'aria-label="Paragraph 2"' in page


def test_a_chapter_has_its_own_page_with_the_same_numbers(
    client: Client, report: ProgressReport
) -> None:
    page = text_of(client, "/progress-reports/demo/chapters/i/")

    assert "Chapter I · paragraph 2" in page
    assert "Introduction." not in page
    assert 'id="figure-2"' in page
    text_of(client, "/progress-reports/demo/chapters/ix/", status=404)


def test_page_word_file_and_pdf_have_the_same_footnotes(
    client: Client, report: ProgressReport
) -> None:
    page = text_of(client, "/progress-reports/demo/")
    docx = client.get("/progress-reports/demo/report.docx")
    pdf = client.get("/progress-reports/demo/report.pdf")

    notes, body = docx_of(docx.content)
    assert notes == [
        "Japan and Norway.",
        "Own note.",
        "Looked at: three States Parties.",
        "Croatia, Japan and Norway.",
    ]
    assert len(re.findall('class="note-mark', page)) == len(notes)
    assert "Two States Parties have stocks." in body
    text = " ".join(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages).split()
    )
    assert all(note in text for note in notes)
    assert docx["Content-Disposition"] == 'attachment; filename="demo-2011-08-20.docx"'


def test_the_word_file_has_our_styles_and_numbered_paragraphs(
    client: Client, report: ProgressReport
) -> None:
    data = client.get("/progress-reports/demo/report.docx").content

    with zipfile.ZipFile(BytesIO(data)) as archive:
        document = archive.read("word/document.xml").decode()
        styles = archive.read("word/styles.xml").decode()
        numbering = archive.read("word/numbering.xml").decode()
    used = set(re.findall(r'<w:pStyle w:val="(\w+)"', document))
    assert {"Title", "Heading1", "Heading2", "HeadingLabel", "EditionFacts"} <= used
    assert all(f'w:styleId="{style}"' in styles for style in used)
    assert "Georgia" in styles
    assert '<w:start w:val="2" />' in numbering or '<w:startOverride w:val="2"' in numbering


def test_the_head_of_an_edition_is_in_its_language_and_direction(
    client: Client, report: ProgressReport
) -> None:
    ProgressReport.objects.update(language="ar", subtitle="ما أنجز", author="الأمانة")

    data = client.get("/progress-reports/demo/report.docx").content

    with zipfile.ZipFile(BytesIO(data)) as archive:
        document = archive.read("word/document.xml").decode()
    paragraphs = re.findall(r"<w:p>.*?</w:p>", document, re.DOTALL)
    assert len(paragraphs) > 6
    assert all(re.search(r"<w:bidi ?/>", paragraph) for paragraph in paragraphs)
    text = re.sub(r"<[^>]+>", "", document)
    for words in ("مقدَّم من: الأمانة", "من الاجتماع الأول للدول الأطراف", "الطبعة: طبعة عمل"):
        assert words in text


def test_the_json_has_every_figure_with_its_states_and_evidence(
    client: Client, report: ProgressReport
) -> None:
    content = json.loads(client.get("/progress-reports/demo/report.json").content)

    figure = next(item for item in content["figures"] if item["key"] == "P1")
    assert (figure["number"], figure["text"], figure["paragraph"]) == (2, "Two States Parties", 2)
    assert [state["iso3"] for state in figure["states"]] == ["JPN", "NOR"]
    assert {item["document"] for item in figure["states"][1]["evidence"]} >= {"Title of statement"}


def test_one_finding_more_changes_what_depends_on_it_and_nothing_else(
    client: Client, report: ProgressReport
) -> None:
    def figures() -> dict[str, str]:
        content = json.loads(client.get("/progress-reports/demo/report.json").content)
        return {item["key"] or str(item["index"]): item["text"] for item in content["figures"]}

    before = figures()
    finding = given.finding(
        Indicator.objects.get(),
        State.objects.get(iso3="HRV"),
        Document.objects.get(code="statement"),
    )
    after = figures()

    assert before | {"P1": "Three States Parties"} == after
    notes, _body = docx_of(client.get("/progress-reports/demo/report.docx").content)
    assert notes[0] == "Croatia, Japan and Norway."

    Finding.objects.filter(pk=finding.pk).update(published_at=None)
    assert figures() == before


def test_another_day_can_be_asked_of_the_working_edition(
    client: Client, report: ProgressReport
) -> None:
    page = text_of(client, "/progress-reports/demo/?as_of=2011-05-01")

    assert "It is shown as on 1 May 2011, and not as on its cut-off date, 20 August 2011." in page
    assert "No State Party" in page


@override_settings(PAGE_CACHE=True)
@pytest.mark.usefixtures("report")
def test_rows_that_days_share_lead_to_the_day_of_their_page(client: Client) -> None:
    days = ("2011-05-01", "2011-05-02", "2011-08-20")
    for day in days:
        page = text_of(client, f"/progress-reports/demo/?as_of={day}")

        chapters = page[page.index('class="chapter"') : page.index("<footer")]
        assert set(re.findall(r"as_of=([^&\"]+)", chapters)) == {day}


def test_a_draft_is_nowhere(client: Client, report: ProgressReport) -> None:
    ProgressReport.objects.update(published_at=None)

    for path in ("", "chapters/i/", "changes/", "report.pdf", "report.json", "?edition=working"):
        text_of(client, f"/progress-reports/demo/{path}", status=404)
    assert "Demo progress report" not in text_of(client, "/progress-reports/")
    assert client.get("/api/v1/progress-reports/demo/").status_code == 404


def test_what_somebody_types_stays_text_in_every_form(client: Client) -> None:
    given.three_parties()
    attack = """<script>alert(1)</script> <img src=x onerror=alert(2)> ![i](https://evil.example/i.png)

[j](javascript:alert(3)) `<w:br/>`{=openxml} $x^2$ #import "evil.typ" #read("/etc/passwd")

```{=openxml}
<w:p><w:r><w:t>raw</w:t></w:r></w:p>
```

\\input{/etc/passwd} ::: {custom-style="Title"} {{parties; noun = <b>a / *b* [c](d)}}
"""
    report = given.report(published_at=given.NOW, title="<b>T</b> #let x = 1 $y$")
    given.chapter(report, attack, heading="<i>H</i> #panic()")

    page = text_of(client, "/progress-reports/demo/")
    docx = client.get("/progress-reports/demo/report.docx").content
    pdf = client.get("/progress-reports/demo/report.pdf").content

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'evil.example/i.png"' not in re.sub(r'<a href="[^"]*" rel="noopener">', "", page)
    assert 'href="javascript' not in page
    _notes, body = docx_of(docx)
    assert "<script>alert(1)</script>" in body
    assert "<w:p><w:r><w:t>raw</w:t></w:r></w:p>" in body
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        assert not [name for name in archive.namelist() if "media" in name]
        assert "javascript:" not in archive.read("word/_rels/document.xml.rels").decode()
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert "#read(" in text
    assert "#panic()" in text
    assert "root:" not in text


def test_the_word_file_survives_a_round_trip(client: Client, report: ProgressReport) -> None:
    data = client.get("/progress-reports/demo/report.docx").content

    markdown = pypandoc.convert_text(data, to="markdown", format="docx")

    assert markdown.count("]: ") == 4
    assert "Two States Parties" in markdown


@pytest.mark.parametrize("form", ["html", "docx", "pdf", "json"])
def test_the_command_writes_each_form(report: ProgressReport, tmp_path: Path, form: str) -> None:
    target = tmp_path / f"edition.{form}"

    call_command("progress_report", "demo", "--format", form, "-o", target)

    assert target.stat().st_size > 2000


def test_the_command_refuses_in_a_sentence(report: ProgressReport, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no progress report with the code “nope”"):
        call_command("progress_report", "nope", "--format", "json", "-o", tmp_path / "x")
    with pytest.raises(CommandError, match="“soon” is not a date"):
        call_command(
            "progress_report", "demo", "--format", "json", "-o", tmp_path / "x", "--on", "soon"
        )
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("progress_report", "demo", "--format", "json", "-o", tmp_path / "no" / "x")


def test_a_file_that_cannot_be_written_whole_leaves_what_was_there(
    report: ProgressReport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "edition.json"
    target.write_text("of yesterday")

    def full(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(data[:100])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(CommandError, match="cannot be written: No space left on device"):
        call_command("progress_report", "demo", "--format", "json", "-o", target)

    assert [path.name for path in tmp_path.iterdir()] == ["edition.json"]
    assert target.read_text() == "of yesterday"


def test_the_api_lists_editions_and_gives_one(client: Client, report: ProgressReport) -> None:
    (row,) = client.get("/api/v1/progress-reports/").json()["results"]
    detail = client.get("/api/v1/progress-reports/demo/").json()
    rows = client.get("/api/v1/progress-reports/demo/?format=csv").content.decode().splitlines()

    assert (row["code"], row["state"], row["has_working_edition"]) == ("demo", "working", True)
    assert detail["edition"]["code"] == "demo"
    assert detail["published_edition"] is None
    assert rows[0].startswith("index,key,chapter,paragraph,text")
    assert any(line.startswith("2,P1,I,2,Two States Parties,count,") for line in rows)


def test_the_list_costs_the_same_queries_for_one_edition_as_for_three(
    client: Client, report: ProgressReport
) -> None:
    counts = []
    for code in ("second", "third"):
        with CaptureQueriesContext(connection) as queries:
            client.get("/api/v1/progress-reports/")
        counts.append(len(queries))
        given.report(code, published_at=given.NOW)

    assert counts[0] == counts[1]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_word_file_and_keeps_its_footnotes(
    client: Client, report: ProgressReport, tmp_path: Path
) -> None:
    data = client.get("/progress-reports/demo/report.docx").content
    (tmp_path / "edition.docx").write_bytes(data)

    for form, source in (("odt", "edition.docx"), ("docx", "edition.odt")):
        subprocess.run(
            [
                *("soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
                *("--convert-to", form, "--outdir", str(tmp_path), str(tmp_path / source)),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )

    notes, body = docx_of((tmp_path / "edition.docx").read_bytes())
    assert notes == docx_of(data)[0]
    assert "Two States Parties have stocks." in body.replace("\u00a0", " ")
