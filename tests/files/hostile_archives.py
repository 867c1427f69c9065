"""Archives that unpack to too much, lead out of themselves, or can be read in two ways."""

import io
import struct
import zipfile
from collections.abc import Callable

from states.files.refusal import Code

from . import good
from .case import Hostile
from .hostile_office import docx_with

END_OF_DIRECTORY_BYTES = 22


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
    end = bytearray(content[-END_OF_DIRECTORY_BYTES:])
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


def part_named(name: str) -> Callable[[], bytes]:
    """A Word document with an entry of that name, which `zipfile` would not write by itself."""

    def content() -> bytes:
        placeholder = "x" * len(name)
        return docx_with({placeholder: "x"}).replace(placeholder.encode(), name.encode())

    return content


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
]  # fmt: skip
