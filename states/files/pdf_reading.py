"""Reads one PDF from its standard input and answers with one word: the process behind `pdf`.

It runs as a script, by itself, and knows nothing of the portal. PDF is so lenient a format that
any reader of it can be sent into endless loops or eat all memory; here the system ends that.
"""

import io
import logging
import re
import resource
import sys
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

CPU_SECONDS = 20
MEMORY_BYTES = 2**30

ACCEPTED = "accepted"
# Values of `refusal.Code`.
ACTIVE_CONTENT = "active_content"
CARRIES_FILES = "carries_files"
DAMAGED = "damaged"
PROTECTED = "protected"
TOO_DEMANDING = "too_demanding"

# Actions (ISO 32000-1, 12.6.4) that run something, and annotations that play programs.
RUNNING_ACTIONS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/RichMediaExecute"})
RUNNING_ANNOTATIONS = frozenset({"/RichMedia"})
# Scripts by name, of renditions, of three-dimensional models; forms of the XML kind, full of them.
RUNNING_KEYS = frozenset({"/JavaScript", "/JS", "/OnInstantiate", "/XFA"})
# A program that repairs the file may run what its table of objects leaves out.
UNLISTED_ACTION = re.compile(rb"/S\s*/(?:JavaScript|Launch)\b")


def verdict(content: bytes) -> str:
    """`ACCEPTED`, or what is wrong with a PDF."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            return PROTECTED
        if not reader.pages:
            return DAMAGED
        words = {word for part in _dictionaries(reader) for word in _objections(part)}
    except (DependencyError, FileNotDecryptedError):
        # An encryption that would need another library to be undone.
        return PROTECTED
    except (LimitReachedError, MemoryError, RecursionError):
        return TOO_DEMANDING
    except Exception:
        # Of broken files, pypdf documents that they may raise anything.
        return DAMAGED
    if UNLISTED_ACTION.search(content):
        words.add(ACTIVE_CONTENT)
    return next((word for word in (ACTIVE_CONTENT, CARRIES_FILES) if word in words), ACCEPTED)


def _dictionaries(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary of a PDF, also of objects that no page leads to."""
    listed = {
        (number, generation) for generation in reader.xref for number in reader.xref[generation]
    }
    listed |= {(number, 0) for number in reader.xref_objStm}
    pending: list[PdfObject | None] = [reader.trailer]
    pending += [IndirectObject(number, generation, reader) for number, generation in listed]
    seen: set[tuple[int, int]] = set()
    while pending:
        part = pending.pop()
        if isinstance(part, IndirectObject):
            if (part.idnum, part.generation) in seen:
                continue
            seen.add((part.idnum, part.generation))
            part = part.get_object()
        if isinstance(part, DictionaryObject):
            yield part
            pending += part.values()
        elif isinstance(part, ArrayObject):
            pending += list.__iter__(part)


def _objections(part: DictionaryObject) -> Iterator[str]:
    if (
        _name(part, "/S") in RUNNING_ACTIONS
        or _name(part, "/Subtype") in RUNNING_ANNOTATIONS
        or not RUNNING_KEYS.isdisjoint(part)
    ):
        yield ACTIVE_CONTENT
    if "/EF" in part or "/EmbeddedFiles" in part:
        yield CARRIES_FILES


def _name(part: DictionaryObject, key: str) -> str:
    value = part.raw_get(key) if key in part else None
    return str(value.get_object()) if value is not None else ""


def main() -> None:
    """Answer for the PDF on standard input, within the limits of this process."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    logging.disable()
    sys.stdout.write(verdict(sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
