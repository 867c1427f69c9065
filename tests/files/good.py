"""Documents as office programs write them, made in memory."""

import io
import zipfile
from collections.abc import Mapping

from openpyxl import Workbook
from pypdf import PdfWriter

from states.models import DocumentFile

ContentType = DocumentFile.ContentType
Parts = dict[str, str | bytes]

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
MAIN_PART = ContentType.DOCX + ".main+xml"


def pdf(text: str = "report") -> bytes:
    """A PDF of one page."""
    return written(pdf_writer(text))


def pdf_writer(text: str = "report") -> PdfWriter:
    """A PDF of one page to which something can be added."""
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.add_metadata({"/Title": text})
    return writer


def written(writer: PdfWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def docx_parts(text: str = "report", main_type: str = MAIN_PART) -> Parts:
    """The parts of a Word document: its content types, its relationships and one paragraph."""
    return {
        "[Content_Types].xml": (
            f'{XML}<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>'
        ),
        "_rels/.rels": relationships(("officeDocument", "word/document.xml", "")),
        "word/document.xml": (
            f'{XML}<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p>'
            "</w:body></w:document>"
        ),
        "word/_rels/document.xml.rels": relationships(
            ("hyperlink", "https://www.example.org/", "External"),
            ("attachedTemplate", "file:///C:/Users/Clerk/Templates/Ministry.dotx", "External"),
        ),
    }


def relationships(*links: tuple[str, str, str]) -> str:
    """A part of relationships: each link is (kind, target, target mode or "")."""
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/relationships/{kind}" Target="{target}"'
        + (f' TargetMode="{mode}"' if mode else "")
        + "/>"
        for number, (kind, target, mode) in enumerate(links)
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def odt_parts(text: str = "report", body: str = "", mimetype: str = ContentType.ODT) -> Parts:
    """The parts of an OpenDocument text, as LibreOffice writes them, an empty one among them."""
    return {
        "mimetype": mimetype,
        "content.xml": (
            f'{XML}<office:document-content xmlns:office="{ODF}:office:1.0" '
            f'xmlns:text="{ODF}:text:1.0" xmlns:draw="{ODF}:drawing:1.0" '
            f'xmlns:script="{ODF}:script:1.0" xmlns:xlink="http://www.w3.org/1999/xlink">'
            f"<office:body><office:text><text:p>{text}</text:p>"
            '<text:a xlink:href="https://www.example.org/">link</text:a>'
            '<draw:image xlink:href="Pictures/1.png"/>'
            f"{body}</office:text></office:body></office:document-content>"
        ),
        "Pictures/1.png": b"\x89PNG\r\n\x1a\n",
        "Configurations2/accelerator/current.xml": b"",
        "META-INF/manifest.xml": manifest(),
    }


def manifest(inside: str = "") -> str:
    """An OpenDocument manifest; `inside` stands in the entry of the content."""
    return (
        f'{XML}<manifest:manifest xmlns:manifest="{ODF}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ContentType.ODT}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
        f"{inside}</manifest:file-entry></manifest:manifest>"
    )


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive of parts; the media type of OpenDocument lies in it unpacked, as it should."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, method)
    return stream.getvalue()


def docx(text: str = "report") -> bytes:
    return packed(docx_parts(text))


def docx_with_chart() -> bytes:
    """A Word document with a chart: Word keeps the chart's numbers in a workbook of their own."""
    return packed(docx_parts() | {"word/embeddings/Microsoft_Excel_Worksheet.xlsx": xlsx()})


def odt(text: str = "report") -> bytes:
    return packed(odt_parts(text))


def xlsx(text: str = "report") -> bytes:
    """A workbook by openpyxl."""
    workbook = Workbook()
    assert workbook.active is not None
    workbook.active.append([text, 1, 2.5])
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


CONTENTS = {
    ContentType.PDF: pdf,
    ContentType.DOCX: docx,
    ContentType.ODT: odt,
    ContentType.XLSX: xlsx,
}
"""How to make a file of each accepted type; the text tells one from another."""
