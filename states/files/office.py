"""Office documents: which of the accepted ones an archive is, and what it must not contain.

Every entry is unpacked once, in a bounded way. What a part is goes by its content, by the content
types of the package (Office Open XML, ISO/IEC 29500-2) or by its manifest (OpenDocument,
ISO/IEC 26300-3); names only add to the suspicion.
"""

import re
import tempfile
from typing import IO
from zipfile import ZipInfo

from states.models import DocumentFile

from . import open_document, open_xml, recognition
from .archive import END_MAGIC, MAGIC, Allowance, Archive
from .markup import Markup, is_markup
from .refusal import Code, Refused

IN_MEMORY_BYTES = 2**20
MACROS = re.compile(
    r"(^|/)vba(project|data)[^/]*$"  # Visual Basic, in Word and Excel
    r"|(^|/)(intl)?macrosheets/."  # Excel's older macro sheets
    r"|^(basic|scripts)/."  # OpenDocument
)
# Word and Excel keep the numbers of a chart in a workbook of its own, here.
EMBEDDED_PACKAGE = re.compile(r"(^|/)embeddings/[^/]+$")

Package = open_xml.OpenXml | open_document.OpenDocument
"""A document while it is read: it collects what its parts say, and judges it in the end."""


def examine(stream: IO[bytes]) -> DocumentFile.ContentType:
    """Which accepted document an archive is. Raises `Refused` if it is none or holds a danger."""
    return _examine(stream, Allowance(), is_embedded=False)


def _examine(
    stream: IO[bytes], allowance: Allowance, *, is_embedded: bool
) -> DocumentFile.ContentType:
    archive = Archive(stream, allowance)
    if any(MACROS.search(name) and not name.endswith("/") for name in archive.by_name):
        raise Refused(Code.MACROS)
    package = _package(archive)
    for name in package.first_parts:
        if name in archive.by_name:
            _read_part(archive, archive.by_name[name], package, is_embedded=is_embedded)
    package.check_protection()
    for entry in archive.entries:
        if entry.filename.casefold() not in package.first_parts:
            _read_part(archive, entry, package, is_embedded=is_embedded)
    return package.judge()


def _package(archive: Archive) -> Package:
    """The reader that fits an archive's first look. Raises `Refused` for what is no document."""
    is_open_xml = open_xml.CONTENT_TYPES in archive.by_name
    is_open_document = open_document.MIMETYPE in archive.by_name
    if is_open_xml and is_open_document:
        raise Refused(Code.TWO_TYPES)
    if is_open_xml:
        return open_xml.OpenXml(frozenset(archive.by_name))
    if is_open_document:
        mimetype = next(archive.unpack(archive.by_name[open_document.MIMETYPE]), b"")
        return open_document.OpenDocument(frozenset(archive.by_name), mimetype)
    raise Refused(Code.NOT_ACCEPTED, looks_like=str(recognition.ARCHIVE))


def _read_part(archive: Archive, entry: ZipInfo, package: Package, *, is_embedded: bool) -> None:
    """Unpack a part and look at it. Raises `Refused` for what has no place in a document."""
    name = entry.filename.casefold()
    pieces = archive.unpack(entry)
    beginning = next(pieces, b"")
    if beginning.startswith(recognition.PROGRAMS_AND_ARCHIVES):
        raise Refused(Code.EMBEDDED_OBJECT, part=entry.filename)
    if beginning.startswith((MAGIC, END_MAGIC)):
        if is_embedded or not package.may_embed or not EMBEDDED_PACKAGE.search(name):
            raise Refused(Code.EMBEDDED_OBJECT, part=entry.filename)
        with tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES) as copy:
            copy.write(beginning)
            copy.writelines(pieces)
            _examine_embedded(copy, archive.allowance, entry.filename)
        return
    is_named_markup = name.endswith((".xml", ".rels"))
    if beginning and (is_named_markup or is_markup(beginning)):
        on_element = package.reader_of(name)
        markup = Markup(entry.filename, on_element, must_be_sound=is_named_markup)
        markup.feed(beginning)
        for piece in pieces:
            markup.feed(piece)
        markup.feed(b"", is_last=True)
    else:
        for _piece in pieces:
            pass


def _examine_embedded(stream: IO[bytes], allowance: Allowance, part: str) -> None:
    try:
        _examine(stream, allowance, is_embedded=True)
    except Refused as refused:
        if refused.code == Code.NOT_ACCEPTED:
            raise Refused(Code.EMBEDDED_OBJECT, part=part) from None
        raise
