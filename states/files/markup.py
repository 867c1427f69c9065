"""The XML inside office documents, read piece by piece: nothing is built up or looked up.

A document type declaration is refused, and with it every entity of its own: neither Office Open
XML nor OpenDocument needs one, and it is how XML is made to swell or to fetch other files.
"""

from collections.abc import Callable
from xml.parsers import expat

from .refusal import Code, Refused

Attributes = dict[str, str]
OnElement = Callable[[str, Attributes], None]
"""Called for each element with its name and attributes, each as "namespace local-name"."""

BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def is_markup(beginning: bytes) -> bool:
    """Whether a part begins as XML does, in UTF-8 or UTF-16, whatever its name."""
    for mark in BYTE_ORDER_MARKS:
        beginning = beginning.removeprefix(mark)
    return beginning[:64].replace(b"\0", b"").lstrip().startswith(b"<")


class Markup:
    """One XML part of a document.

    `must_be_sound`: what is not well-formed is damaged. Old drawings (VML) often are not, and only
    their beginning matters, where a document type would stand.
    """

    def __init__(self, part: str, on_element: OnElement, *, must_be_sound: bool) -> None:
        self.part = part
        self.must_be_sound = must_be_sound
        self.is_broken = False
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = on_element

    def feed(self, piece: bytes, *, is_last: bool = False) -> None:
        """Read on. Raises `Refused` for a document type, and for what is broken and must not be."""
        if self.is_broken:
            return
        try:
            self.parser.Parse(piece, is_last)
        except (expat.ExpatError, LookupError, ValueError):
            # The last two: an encoding that is unknown or that the parser cannot read.
            if self.must_be_sound:
                raise Refused(Code.DAMAGED) from None
            self.is_broken = True

    def _refuse(self, *_declaration: object) -> None:
        raise Refused(Code.DECLARES_ENTITIES, part=self.part)


def local(name: str) -> str:
    """An element's or attribute's name without its namespace."""
    return name.rpartition(" ")[2]
