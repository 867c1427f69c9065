"""The ZIP archive that an office document is: whole, plain, and of a bounded size once unpacked.

Nothing is believed because a header says it. Sizes are counted while unpacking, in pieces, and
entries must lie one after the other from the first byte of the file to its last.
"""

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import IO

from .refusal import Code, Refused

MAX_ENTRIES = 4_000
MAX_UNPACKED_BYTES = 128 * 2**20
MAX_RATIO = 100
"""How many times its packed size an entry may unpack to, once it is larger than the next line."""
RATIO_COUNTS_FROM_BYTES = 8 * 2**20
# Large pieces: the XML parser reads an unfinished element anew with every piece.
PIECE_BYTES = 4 * 2**20

MAGIC = b"PK\x03\x04"
END_MAGIC = b"PK\x05\x06"
END_OF_DIRECTORY = struct.Struct("<4s4H2LH")
HUGE_MAGIC = b"PK\x06\x07"
HUGE_LOCATOR_BYTES = 20
MAX_DIRECTORY_BYTES = MAX_ENTRIES * 256
LOCAL_HEADER_BYTES = 30
IS_ENCRYPTED = 0x1 | 0x40 | 0x2000
READABLE_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
DRIVE = re.compile(r"[A-Za-z]:")

# What `zipfile` raises for archives that are not in order, by its documentation and in fact.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
)


@dataclass
class Allowance:
    """What a file may still unpack to, together with the archives inside it."""

    entries: int = MAX_ENTRIES
    unpacked_bytes: int = MAX_UNPACKED_BYTES

    def take(self, *, entries: int = 0, unpacked_bytes: int = 0) -> None:
        """Use some of it up. Raises `Refused` when there is not enough left."""
        self.entries -= entries
        self.unpacked_bytes -= unpacked_bytes
        if self.entries < 0 or self.unpacked_bytes < 0:
            raise Refused(Code.UNPACKS_TOO_LARGE)


class Archive:
    """An archive whose directory is in order; its entries still have to be unpacked."""

    def __init__(self, stream: IO[bytes], allowance: Allowance) -> None:
        """Read the directory. Raises `Refused` if anything about it is out of the ordinary."""
        self.allowance = allowance
        directory_at, number = _check_end(stream, allowance)
        try:
            self._zip = zipfile.ZipFile(stream)
        except UNREADABLE:
            raise Refused(Code.DAMAGED) from None
        self.entries = self._zip.infolist()
        if len(self.entries) != number:
            raise Refused(Code.DAMAGED)
        for entry in self.entries:
            _check_name(entry)
        for entry in self.entries:
            _check_storage(entry)
        _check_order(self.entries, directory_at)
        self.by_name = {entry.filename.casefold(): entry for entry in self.entries}
        if len(self.by_name) != len(self.entries):
            # Two entries of one name: each program would show another one.
            raise Refused(Code.TWO_TYPES)

    def unpack(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        """An entry's content in pieces.

        Raises `Refused` as soon as it grows too large, and at its end if it is not what the
        directory says (size or checksum).
        """
        # Without the size that the directory gives, reading stops where the packed data stop.
        boundless = copy(entry)
        boundless.file_size = MAX_UNPACKED_BYTES + 1
        unpacked = 0
        try:
            with self._zip.open(boundless) as content:
                while piece := content.read(PIECE_BYTES):
                    unpacked += len(piece)
                    self.allowance.take(unpacked_bytes=len(piece))
                    if unpacked > max(RATIO_COUNTS_FROM_BYTES, MAX_RATIO * entry.compress_size):
                        raise Refused(Code.UNPACKS_TOO_LARGE)
                    yield piece
        except UNREADABLE:
            raise Refused(Code.DAMAGED) from None
        if unpacked != entry.file_size:
            raise Refused(Code.DAMAGED)


def _check_end(stream: IO[bytes], allowance: Allowance) -> tuple[int, int]:
    """Where the directory begins, and how many entries it has.

    It must end where the file's last 22 bytes begin: so nothing stands before or after the archive,
    and `zipfile` is not given a directory of a million entries to read. The form for huge archives
    (ZIP64) names a second directory, which no document of an acceptable size needs.
    """
    size = stream.seek(0, 2)
    stream.seek(max(0, size - END_OF_DIRECTORY.size - HUGE_LOCATOR_BYTES))
    end = stream.read()
    locator, end = end[: -END_OF_DIRECTORY.size], end[-END_OF_DIRECTORY.size :]
    if not end.startswith(END_MAGIC) or len(end) != END_OF_DIRECTORY.size:
        stream.seek(0)
        raise Refused(Code.TWO_TYPES if END_MAGIC in stream.read() else Code.DAMAGED)
    _, disk, directory_disk, here, entries, length, offset, comment = END_OF_DIRECTORY.unpack(end)
    allowance.take(entries=entries)
    if length > MAX_DIRECTORY_BYTES:
        raise Refused(Code.UNPACKS_TOO_LARGE)
    if disk or directory_disk or here != entries:
        raise Refused(Code.DAMAGED)
    directory_ends_at = size - END_OF_DIRECTORY.size
    if comment or offset + length != directory_ends_at or locator.startswith(HUGE_MAGIC):
        raise Refused(Code.TWO_TYPES)
    return offset, entries


def _check_name(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    segments = name.removesuffix("/").split("/")
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    if (
        is_link
        or DRIVE.match(name)
        or "\\" in name
        or not name.isprintable()
        or not {"", ".", ".."}.isdisjoint(segments)
    ):
        raise Refused(Code.UNSAFE_PATH)


def _check_storage(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & IS_ENCRYPTED:
        raise Refused(Code.PROTECTED)
    if entry.compress_type not in READABLE_METHODS or (entry.is_dir() and entry.file_size):
        raise Refused(Code.DAMAGED)


def _check_order(entries: list[zipfile.ZipInfo], directory_at: int) -> None:
    """Each entry must end before the next one begins: overlaps make a small file unpack to much."""
    begins_at = sorted(entry.header_offset for entry in entries)
    if not entries or begins_at[0] != 0:
        raise Refused(Code.TWO_TYPES if entries else Code.DAMAGED)
    next_at = dict(zip(begins_at, [*begins_at[1:], directory_at], strict=True))
    for entry in entries:
        ends_at = entry.header_offset + LOCAL_HEADER_BYTES + entry.compress_size
        if ends_at > next_at[entry.header_offset] or len(next_at) != len(entries):
            raise Refused(Code.UNPACKS_TOO_LARGE)
