"""PDFs that are broken, protected, or run something."""

import struct
import zlib

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject
from pypdf.generic import StreamObject as PdfStream

from states.files.refusal import Code

from . import good
from .case import Hostile


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
