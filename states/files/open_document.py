"""OpenDocument text (ODT): its media type, its manifest, and what its content loads or calls."""

from states.models import DocumentFile

from . import recognition
from .markup import Attributes, OnElement, local
from .outside import is_elsewhere
from .refusal import Code, Refused

MIMETYPE = "mimetype"
MANIFEST = "meta-inf/manifest.xml"
CONTENT = "content.xml"

SCRIPTS = "urn:oasis:names:tc:opendocument:xmlns:script:1.0"
HREF = "http://www.w3.org/1999/xlink href"
# What a program fetches by itself when it opens the document; a link that a reader follows is not
# among them.
LOADED = frozenset(
    {
        *("image", "fill-image", "background-image", "object", "object-ole", "plugin", "applet"),
        *("floating-frame", "section-source", "table-source", "template", "font-face-uri"),
    }
)


class OpenDocument:
    """An OpenDocument package while it is read."""

    first_parts = (MANIFEST,)
    may_embed = False

    def __init__(self, names: frozenset[str], mimetype: bytes) -> None:
        self.names = names
        self.mimetype = mimetype
        self.is_encrypted = "encrypted-package" in names
        self.has_content = False

    def reader_of(self, part: str) -> OnElement:
        """Everything but the manifest may hold calls and addresses."""
        if part == MANIFEST:
            return self._read_manifest
        if part == CONTENT:
            return self._read_content
        return _check

    def check_protection(self) -> None:
        """A manifest that says how a part is encrypted belongs to a protected document."""
        if self.is_encrypted:
            raise Refused(Code.PROTECTED)

    def judge(self) -> DocumentFile.ContentType:
        """ODT, if it is one. Raises `Refused`."""
        if self.mimetype != DocumentFile.ContentType.ODT.encode():
            raise Refused(Code.NOT_ACCEPTED, looks_like=str(recognition.OTHER_DOCUMENT))
        if MANIFEST not in self.names or not self.has_content:
            raise Refused(Code.DAMAGED)
        return DocumentFile.ContentType.ODT

    def _read_manifest(self, name: str, _attributes: Attributes) -> None:
        if local(name) == "encryption-data":
            self.is_encrypted = True

    def _read_content(self, name: str, attributes: Attributes) -> None:
        if local(name) == "document-content":
            self.has_content = True
        _check(name, attributes)


def _check(name: str, attributes: Attributes) -> None:
    namespace, _, element = name.rpartition(" ")
    if namespace == SCRIPTS and element == "event-listener":
        raise Refused(Code.MACROS)
    target = attributes.get(HREF, "")
    if element in LOADED and is_elsewhere(target):
        raise Refused(Code.OUTSIDE_CONTENT, part=target)
