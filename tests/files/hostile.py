"""Files that must be refused, made in memory, each with the reason."""

from states.files.refusal import Code

from . import good
from .case import Hostile
from .hostile_archives import ARCHIVES, POLYGLOTS, bomb
from .hostile_office import (
    COMPOUND_FILE,
    OFFICE,
    PRESENTATION,
    TEMPLATE,
    WORD_WITH_MACROS,
    docx_with,
    odt_with,
    old_word,
)
from .hostile_pdfs import PDFS

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

ALL = [*NAMED, *NAMES, *OTHER_TYPES, *PDFS, *POLYGLOTS, *ARCHIVES, *OFFICE]
