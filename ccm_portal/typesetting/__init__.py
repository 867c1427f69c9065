"""PDF files, set by typst in the portal's typefaces.

A document is a `.typ` file that says how things look; what it says comes as data, through JSON. So
no text, whatever stands in it, can become markup, and nothing is read from the network or from
the machine's own fonts.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

import typst

DOTS_PER_INCH = 220.0
FONTS = Path(__file__).parent / "fonts"


def typeset(document: Path, data: Mapping[str, object], *, at: datetime) -> bytes:
    """The PDF of a document with its data: the same bytes for the same data and time.

    The document reads its data with `json(bytes(sys.inputs.data))`. `at`, with a time zone, is
    written into the file as the time of its making. Raises `typst.TypstError` for a document that
    is wrong in itself.
    """
    pdf = _compiler(document).compile(
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=int(at.timestamp()),
    )
    if not isinstance(pdf, bytes):
        raise TypeError("A PDF is one file.")
    return pdf


def draw(document: Path, data: Mapping[str, object]) -> bytes:
    """The only page of a document with its data, as a PNG sharp enough for print."""
    png = _compiler(document).compile(
        format="png",
        ppi=DOTS_PER_INCH,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    if not isinstance(png, bytes):
        raise TypeError("A picture is one page.")
    return png


def _compiler(document: Path) -> typst.Compiler:
    """A compiler for one call, so that threads never share any; the fonts are read once."""
    return typst.Compiler(
        input=str(document),
        root=str(document.parent),
        font_paths=_fonts(),
        ignore_system_fonts=True,
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        font_paths=[str(folder) for folder in sorted(FONTS.iterdir()) if folder.is_dir()],
    )
