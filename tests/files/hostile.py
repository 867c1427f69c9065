"""Files that must be refused, made in memory, each with the reason."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject
from pypdf.generic import StreamObject as PdfStream

from states.files.refusal import Code

from . import good

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
IGNORED_BY_FIELD = 22  # bytes of the end of an archive's directory


@dataclass(frozen=True)
class Hostile:
    """A file that must be refused, under the name that it is uploaded with."""

    name: str
    upload_name: str
    content: Callable[[], bytes]
    code: Code

    def __str__(self) -> str:
        return self.name.replace(" ", "-")


def pdf_with(**entries: object) -> bytes:
    """A PDF with more entries in its catalogue; values are PDF objects."""
    writer = good.pdf_writer()
    for key, value in entries.items():
        writer.root_object[NameObject(f"/{key}")] = value
    return good.written(writer)


def action(kind: str, **entries: str) -> DictionaryObject:
    """A PDF action, such as a script; the other entries are strings."""
    texts = {NameObject(f"/{key}"): TextStringObject(value) for key, value in entries.items()}
    return DictionaryObject({NameObject("/S"): NameObject(kind), **texts})


def pdf_with_script_by_name() -> bytes:
    """A script in the document's table of names, which runs when it is opened."""
    script = ArrayObject([TextStringObject("a"), action("/JavaScript", JS="app.alert(1)")])
    named = DictionaryObject({NameObject("/Names"): script})
    return pdf_with(Names=DictionaryObject({NameObject("/JavaScript"): named}))


def pdf_with_script_in_page() -> bytes:
    writer = good.pdf_writer()
    writer.pages[0][NameObject("/AA")] = DictionaryObject(
        {NameObject("/O"): writer._add_object(action("/JavaScript", JS="app.alert(1)"))}
    )
    return good.written(writer)


def pdf_with_script_under_a_disguised_name() -> bytes:
    """Names in PDF may spell any character by its number."""
    plain = pdf_with(OpenAction=action("/JavaScript", JS="app.alert(1)"))
    assert plain.count(b"/JavaScript") == 1
    return _same_offsets(plain, b"/JavaScript", b"/JavaScr#69pt")


def pdf_with_script_that_nothing_leads_to() -> bytes:
    """An object that the table of objects leaves out, and that a repairing program may find."""
    found = good.pdf()
    hidden = b"\n99 0 obj\n<< /S /JavaScript /JS (app.alert(1)) >>\nendobj\n"
    at = found.rindex(b"xref\n0 ")
    moved = found[:at] + hidden + found[at:]
    start = moved.rindex(b"startxref")
    return moved[:start] + b"startxref\n%d\n%%%%EOF\n" % (at + len(hidden))


def pdf_with_script_in_a_packed_object() -> bytes:
    """A catalogue with a script inside a compressed object stream (PDF 1.5)."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (x) >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    ]
    return packed_objects(objects)


def packed_objects(objects: list[bytes]) -> bytes:
    """A PDF with its objects, numbered from 1, in one compressed stream."""
    offsets, body = [], b""
    for each in objects:
        offsets.append(len(body))
        body += each + b" "
    header = b"".join(b"%d %d " % (number, at) for number, at in enumerate(offsets, 1))
    stream = zlib.compress(header + body)
    number = len(objects) + 1
    out = b"%PDF-1.5\n"
    stream_at = len(out)
    out += (
        b"%d 0 obj\n<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >>\nstream\n"
        % (number, len(objects), len(header), len(stream))
    )
    out += stream + b"\nendstream\nendobj\n"
    table_at = len(out)
    rows = struct.pack(">BHB", 0, 0, 255)
    rows += b"".join(struct.pack(">BHB", 2, number, at) for at in range(len(objects)))
    rows += struct.pack(">BHB", 1, stream_at, 0) + struct.pack(">BHB", 1, table_at, 0)
    table = zlib.compress(rows)
    out += (
        b"%d 0 obj\n<< /Type /XRef /Size %d /W [1 2 1] /Root 1 0 R /Filter /FlateDecode "
        b"/Length %d >>\nstream\n" % (number + 1, number + 2, len(table))
    )
    out += table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % table_at
    return out


def pdf_with_a_packed_script_that_nothing_leads_to() -> bytes:
    return packed_objects(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
            b"<< /S /JavaScript /JS (x) >>",
        ]
    )


def pdf_of_looping_pages() -> bytes:
    """A tree of pages that leads back to itself."""
    return packed_objects(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R >>",
        ]
    )


def pdf_of_nested_arrays() -> bytes:
    """Arrays in arrays, deeper than any reader can follow by calling itself."""
    return good.pdf().replace(b"/Title (report)", b"/Title " + b"[" * 50_000 + b"]" * 50_000)


def pdf_that_searches_forever() -> bytes:
    """References to nothing: a lenient reader looks for each in the whole file."""
    missing = b" ".join(b"%d 0 R" % number for number in range(10_000, 90_000))
    return good.pdf().replace(
        b"/Title (report)", b"/Title [" + missing + b"] %" + b"0 0 ob " * 400_000 + b"\n"
    )


def pdf_without_pages() -> bytes:
    return packed_objects(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"]
    )


def pdf_with_attachment() -> bytes:
    writer = good.pdf_writer()
    writer.add_attachment("payload.exe", b"MZ")
    return good.written(writer)


def pdf_with_annotation_that_carries_a_file() -> bytes:
    writer = good.pdf_writer()
    content = PdfStream()
    content.set_data(b"MZ")
    specification = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Filespec"),
            NameObject("/EF"): DictionaryObject({NameObject("/F"): writer._add_object(content)}),
        }
    )
    annotation = DictionaryObject(
        {NameObject("/Subtype"): NameObject("/FileAttachment"), NameObject("/FS"): specification}
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(annotation)])
    return good.written(writer)


def pdf_with_password() -> bytes:
    writer = good.pdf_writer()
    writer.encrypt("secret", algorithm="RC4-128")
    return good.written(writer)


def pdf_with_restrictions() -> bytes:
    """Anybody may read it, but not print it: only its owner has a password."""
    writer = good.pdf_writer()
    writer.encrypt("", owner_password="secret", algorithm="RC4-128")
    return good.written(writer)


def pdf_with_strong_password() -> bytes:
    """Encrypted by AES-256, as today's programs do it."""
    encryption = (
        b"/Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 /P -4 /O <%s> /U <%s> /OE <%s> "
        b"/UE <%s> /Perms <%s> /CF << /StdCF << /CFM /AESV3 /AuthEvent /DocOpen /Length 32 >> >> "
        b"/StmF /StdCF /StrF /StdCF >> /ID [<00><00>] "
        % (b"00" * 48, b"00" * 48, b"00" * 32, b"00" * 32, b"00" * 16)
    )
    plain = good.pdf()
    at = plain.rindex(b"/Root")
    return plain[:at] + encryption + plain[at:]


def _same_offsets(content: bytes, old: bytes, new: bytes) -> bytes:
    """Replace in a PDF, taking the difference in length out of the spaces at the end of a title."""
    difference = len(new) - len(old)
    title = b"(report)"
    assert content.count(title) == 1
    shorter = b"(" + title[1 + difference : -1] + b")"
    return content.replace(old, new).replace(title, shorter)


def docx_with(parts: good.Parts, main_type: str = good.MAIN_PART) -> bytes:
    """A Word document with more parts, or with others in their place."""
    return good.packed(good.docx_parts(main_type=main_type) | parts)


def docx_linking(kind: str, target: str, mode: str = "External") -> bytes:
    """A Word document that leads to something."""
    return docx_with({"word/_rels/settings.xml.rels": good.relationships((kind, target, mode))})


def docx_declaring(part: str, content_type: str, content: bytes = b"x") -> bytes:
    """A Word document with a part of a content type."""
    types = str(good.docx_parts()["[Content_Types].xml"]).replace(
        "</Types>", f'<Override PartName="/{part}" ContentType="{content_type}"/></Types>'
    )
    return docx_with({"[Content_Types].xml": types, part: content})


def odt_with(parts: good.Parts | None = None, body: str = "") -> bytes:
    """An OpenDocument text with more parts, or with more in its text."""
    return good.packed(good.odt_parts(body=body) | (parts or {}))


def odt_that_loads(element: str, href: str) -> bytes:
    return odt_with(body=f'<draw:{element} xlink:href="{href}"/>')


def bomb() -> bytes:
    """A part of 60 megabytes in 60 kilobytes."""
    return docx_with({"word/media/image1.bmp": bytes(60 * 2**20)})


def bomb_of_markup() -> bytes:
    """A part of XML that is one endless comment."""
    return docx_with({"word/comments.xml": "<x><!--" + " " * 40 * 2**20 + "--></x>"})


def bomb_of_many_parts() -> bytes:
    """Each part on its own is too small to be suspicious."""
    part = bytes(7 * 2**20)
    return docx_with({f"word/media/image{number}.bmp": part for number in range(20)})


def bomb_of_many_entries() -> bytes:
    return docx_with({f"word/media/image{number}.png": b"" for number in range(5000)})


def bomb_in_an_embedded_workbook() -> bytes:
    return docx_with({"word/embeddings/numbers.xlsx": bomb()})


def bomb_with_lying_sizes() -> bytes:
    """The directory says that the large part is small."""
    return _with_sizes(bomb(), "word/media/image1.bmp", packed=None, unpacked=100)


def overlapping_entries() -> bytes:
    """Two entries of the directory share the same packed data."""
    return _with_copied_entry(docx_with({"word/media/image1.bmp": bytes(2**20)}))


def _with_sizes(content: bytes, name: str, packed: int | None, unpacked: int) -> bytes:
    """An archive in which both headers of an entry give other sizes."""
    changed = bytearray(content)
    for magic, size_at, name_at in ((b"PK\x03\x04", 18, 30), (b"PK\x01\x02", 20, 46)):
        at = changed.find(magic)
        while at >= 0:
            if changed[at + name_at :].startswith(name.encode()):
                if packed is not None:
                    struct.pack_into("<L", changed, at + size_at, packed)
                struct.pack_into("<L", changed, at + size_at + 4, unpacked)
            at = changed.find(magic, at + 4)
    return bytes(changed)


def _with_copied_entry(content: bytes) -> bytes:
    """An archive whose directory names the last entry a second time, under another name."""
    end = bytearray(content[-IGNORED_BY_FIELD:])
    entries, length, at = struct.unpack_from("<HLL", end, 10)
    directory = content[at : at + length]
    last = bytearray(directory[directory.rindex(b"PK\x01\x02") :])
    last[46:51] = b"xxxxx"
    struct.pack_into("<HHLL", end, 8, entries + 1, entries + 1, length + len(last), at)
    return content[: at + length] + bytes(last) + bytes(end)


def huge_directory() -> bytes:
    """The end of the directory announces more than there can be."""
    content = bytearray(good.docx())
    struct.pack_into("<HH", content, len(content) - 14, 60_000, 60_000)
    return bytes(content)


def long_directory() -> bytes:
    """Few entries, but each says a lot about itself."""
    stream = io.BytesIO(good.docx())
    with zipfile.ZipFile(stream, "a") as archive:
        for number in range(20):
            entry = zipfile.ZipInfo(f"word/media/image{number}.png")
            entry.comment = bytes(2**16 - 1)
            archive.writestr(entry, b"")
    return stream.getvalue()


def second_directory() -> bytes:
    """A comment of the last entry that zip programs take for the directory of a huge archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in good.docx_parts().items():
            entry = zipfile.ZipInfo(name)
            entry.comment = struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1)
            archive.writestr(entry, content)
    return stream.getvalue()


def duplicate_entries() -> bytes:
    """Two main parts of the same name: each program would show another one."""
    content = docx_with({"word/DOCUMENT.XML": good.docx_parts("other")["word/document.xml"]})
    return content.replace(b"word/DOCUMENT.XML", b"word/document.xml")


def encrypted_entries() -> bytes:
    """The flag of an encrypted entry, in both of its headers."""
    changed = bytearray(good.docx())
    for magic, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(magic)
        while at >= 0:
            changed[at + flags_at] |= 1
            at = changed.find(magic, at + 4)
    return bytes(changed)


def symbolic_link() -> bytes:
    stream = io.BytesIO(good.docx())
    with zipfile.ZipFile(stream, "a") as archive:
        link = zipfile.ZipInfo("word/media/link.png")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return stream.getvalue()


def odd_compression() -> bytes:
    stream = io.BytesIO(good.docx())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/media/image1.png", b"picture")
    return stream.getvalue()


def damaged_checksum() -> bytes:
    content = bytearray(docx_with({"word/media/image1.png": b"\x89PNG" + bytes(range(256)) * 8}))
    at = content.index(b"word/media/image1.png") + 40
    content[at] ^= 0xFF
    return bytes(content)


def pdf_and_archive() -> bytes:
    """A PDF to PDF readers, and an archive to zip programs, which read from the end."""
    return good.pdf() + good.docx()


def pdf_and_adjusted_archive() -> bytes:
    """The same, with the archive's offsets put right and the end of a PDF after it."""
    stream = io.BytesIO(good.pdf())
    with zipfile.ZipFile(stream, "a") as archive:
        for name, content in good.docx_parts().items():
            archive.writestr(name, content)
        archive.comment = b"\n%%EOF\n"
    return stream.getvalue()


def archive_that_begins_as_pdf() -> bytes:
    """PDF readers look for the header in the first kilobyte."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/media/image1.bin", "%PDF-1.7\n")
        for name, content in good.docx_parts().items():
            archive.writestr(name, content)
    return stream.getvalue()


def old_word() -> bytes:
    return COMPOUND_FILE + "WordDocument".encode("utf-16-le") + bytes(512)


def word_with_password() -> bytes:
    return COMPOUND_FILE + "EncryptedPackage".encode("utf-16-le") + bytes(512)


def utf16(markup: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-16"?>{markup}'.encode("utf-16")


def part_named(name: str) -> Callable[[], bytes]:
    """A Word document with an entry of that name, which `zipfile` would not write by itself."""

    def content() -> bytes:
        placeholder = "x" * len(name)
        return docx_with({placeholder: "x"}).replace(placeholder.encode(), name.encode())

    return content


# What the project's requirements name, one by one.
NAMED = [
    Hostile("program named pdf", "report.pdf", lambda: b"MZ" + bytes(500), Code.NOT_ACCEPTED),
    Hostile("web page named docx", "report.docx", lambda: b"<html></html>", Code.NOT_ACCEPTED),
    Hostile("picture named pdf", "report.pdf", lambda: b"\x89PNG\r\n", Code.NOT_ACCEPTED),
    Hostile("zip bomb", "report.docx", bomb, Code.UNPACKS_TOO_LARGE),
    Hostile("no bytes", "report.pdf", lambda: b"", Code.EMPTY),
    Hostile("path in the name", "../../etc/report.pdf", good.pdf, Code.PATH_IN_NAME),
    Hostile("windows path in the name", "C:\\temp\\report.pdf", good.pdf, Code.PATH_IN_NAME),
    Hostile("only a path", "..", good.pdf, Code.PATH_IN_NAME),
    Hostile(
        "macro document", "report.docm",
        lambda: docx_with({"word/vbaProject.bin": COMPOUND_FILE}, WORD_WITH_MACROS), Code.MACROS,
    ),
]  # fmt: skip

NAMES = [
    Hostile("pdf named docx", "report.docx", good.pdf, Code.WRONG_EXTENSION),
    Hostile("docx named xlsx", "report.xlsx", good.docx, Code.WRONG_EXTENSION),
    Hostile("docx named docm", "report.docm", good.docx, Code.WRONG_EXTENSION),
    Hostile("pdf named exe", "report.pdf.exe", good.pdf, Code.WRONG_EXTENSION),
    Hostile("no extension", "report", good.pdf, Code.WRONG_EXTENSION),
    Hostile("no name", "", good.pdf, Code.WRONG_EXTENSION),
    Hostile("nul in the name", "report.pdf\0.exe", good.pdf, Code.PATH_IN_NAME),
]

OTHER_TYPES = [
    Hostile("old word", "report.docx", old_word, Code.NOT_ACCEPTED),
    Hostile("rich text", "report.docx", lambda: b"{\\rtf1 report}", Code.NOT_ACCEPTED),
    Hostile("plain text", "report.pdf", lambda: b"report", Code.NOT_ACCEPTED),
    Hostile("zip", "report.zip", lambda: good.packed({"a.txt": "x"}), Code.NOT_ACCEPTED),
    Hostile("empty zip", "report.docx", lambda: good.packed({}), Code.DAMAGED),
    Hostile(
        "presentation", "report.docx", lambda: docx_with({}, PRESENTATION), Code.NOT_ACCEPTED
    ),
    Hostile("word template", "report.docx", lambda: docx_with({}, TEMPLATE), Code.NOT_ACCEPTED),
    Hostile(
        "opendocument spreadsheet", "report.odt",
        lambda: odt_with({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
        Code.NOT_ACCEPTED,
    ),
]  # fmt: skip

PDFS = [
    Hostile("cut short", "report.pdf", lambda: good.pdf()[:-40], Code.DAMAGED),
    Hostile("only a header", "report.pdf", lambda: b"%PDF-1.7\n%%EOF\n", Code.DAMAGED),
    Hostile("no pages", "report.pdf", pdf_without_pages, Code.DAMAGED),
    Hostile("looping pages", "report.pdf", pdf_of_looping_pages, Code.DAMAGED),
    Hostile("nested arrays", "report.pdf", pdf_of_nested_arrays, Code.DAMAGED),
    Hostile("password", "report.pdf", pdf_with_password, Code.PROTECTED),
    Hostile("restrictions", "report.pdf", pdf_with_restrictions, Code.PROTECTED),
    Hostile("strong password", "report.pdf", pdf_with_strong_password, Code.PROTECTED),
    Hostile("script by name", "report.pdf", pdf_with_script_by_name, Code.ACTIVE_CONTENT),
    Hostile(
        "script on opening", "report.pdf",
        lambda: pdf_with(OpenAction=action("/JavaScript", JS="x")), Code.ACTIVE_CONTENT,
    ),
    Hostile("script in a page", "report.pdf", pdf_with_script_in_page, Code.ACTIVE_CONTENT),
    Hostile(
        "disguised script", "report.pdf",
        pdf_with_script_under_a_disguised_name, Code.ACTIVE_CONTENT,
    ),
    Hostile(
        "packed script", "report.pdf", pdf_with_script_in_a_packed_object, Code.ACTIVE_CONTENT
    ),
    Hostile(
        "packed script that nothing leads to", "report.pdf",
        pdf_with_a_packed_script_that_nothing_leads_to, Code.ACTIVE_CONTENT,
    ),
    Hostile(
        "unlisted script", "report.pdf",
        pdf_with_script_that_nothing_leads_to, Code.ACTIVE_CONTENT,
    ),
    Hostile(
        "program call", "report.pdf",
        lambda: pdf_with(OpenAction=action("/Launch", F="cmd.exe")), Code.ACTIVE_CONTENT,
    ),
    Hostile(
        "form of scripts", "report.pdf",
        lambda: pdf_with(
            AcroForm=DictionaryObject({NameObject("/XFA"): TextStringObject("<xdp/>")})
        ),
        Code.ACTIVE_CONTENT,
    ),
    Hostile("attachment", "report.pdf", pdf_with_attachment, Code.CARRIES_FILES),
    Hostile(
        "annotation with a file", "report.pdf",
        pdf_with_annotation_that_carries_a_file, Code.CARRIES_FILES,
    ),
]  # fmt: skip

POLYGLOTS = [
    Hostile("pdf after garbage", "report.pdf", lambda: b"GARBAGE\n" + good.pdf(), Code.TWO_TYPES),
    Hostile("zip after garbage", "report.docx", lambda: b"GARBAGE\n" + good.docx(), Code.TWO_TYPES),
    Hostile("zip after zip", "report.docx", lambda: good.odt() + good.docx(), Code.TWO_TYPES),
    Hostile("zip before garbage", "report.docx", lambda: good.docx() + b"GARBAGE", Code.TWO_TYPES),
    Hostile("pdf and zip", "report.pdf", pdf_and_archive, Code.DAMAGED),
    Hostile("pdf and adjusted zip", "report.pdf", pdf_and_adjusted_archive, Code.TWO_TYPES),
    Hostile("zip that begins as pdf", "report.docx", archive_that_begins_as_pdf, Code.TWO_TYPES),
    Hostile(
        "word and opendocument", "report.docx",
        lambda: good.packed(good.odt_parts() | good.docx_parts()), Code.TWO_TYPES,
    ),
    Hostile("second directory", "report.docx", second_directory, Code.TWO_TYPES),
    Hostile("two parts of one name", "report.docx", duplicate_entries, Code.TWO_TYPES),
]  # fmt: skip

ARCHIVES = [
    Hostile("bomb of markup", "report.docx", bomb_of_markup, Code.UNPACKS_TOO_LARGE),
    Hostile("bomb of many parts", "report.docx", bomb_of_many_parts, Code.UNPACKS_TOO_LARGE),
    Hostile("bomb of many entries", "report.docx", bomb_of_many_entries, Code.UNPACKS_TOO_LARGE),
    Hostile("bomb inside", "report.docx", bomb_in_an_embedded_workbook, Code.UNPACKS_TOO_LARGE),
    Hostile("bomb that lies", "report.docx", bomb_with_lying_sizes, Code.UNPACKS_TOO_LARGE),
    Hostile("overlapping entries", "report.docx", overlapping_entries, Code.UNPACKS_TOO_LARGE),
    Hostile("huge directory", "report.docx", huge_directory, Code.UNPACKS_TOO_LARGE),
    Hostile("long directory", "report.docx", long_directory, Code.UNPACKS_TOO_LARGE),
    Hostile("path upwards", "report.docx", part_named("word/../../evil.xml"), Code.UNSAFE_PATH),
    Hostile("absolute path", "report.docx", part_named("/etc/evil.xml"), Code.UNSAFE_PATH),
    Hostile("windows path", "report.docx", part_named("C:/evil.xml"), Code.UNSAFE_PATH),
    Hostile("backslashes", "report.docx", part_named("..\\..\\evil.xml"), Code.UNSAFE_PATH),
    Hostile("nul in a name", "report.docx", part_named("evil.xml\0.png"), Code.UNSAFE_PATH),
    Hostile("symbolic link", "report.docx", symbolic_link, Code.UNSAFE_PATH),
    Hostile("encrypted entries", "report.docx", encrypted_entries, Code.PROTECTED),
    Hostile("odd compression", "report.docx", odd_compression, Code.DAMAGED),
    Hostile("damaged checksum", "report.docx", damaged_checksum, Code.DAMAGED),
    Hostile("docx cut short", "report.docx", lambda: good.docx()[:-100], Code.DAMAGED),
    Hostile("word with password", "report.docx", word_with_password, Code.PROTECTED),
]  # fmt: skip

OFFICE = [
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

ALL = [*NAMED, *NAMES, *OTHER_TYPES, *PDFS, *POLYGLOTS, *ARCHIVES, *OFFICE]
