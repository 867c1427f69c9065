"""Office Open XML (DOCX, XLSX): content types and relationships say what a package is and loads."""

import posixpath
from dataclasses import dataclass

from states.models import DocumentFile

from . import recognition
from .markup import Attributes, OnElement, local
from .outside import is_elsewhere
from .refusal import Code, Refused

CONTENT_TYPES = "[content_types].xml"
ROOT_RELATIONSHIPS = "_rels/.rels"

ACCEPTED = {
    f"{content_type}.main+xml": content_type
    for content_type in (DocumentFile.ContentType.DOCX, DocumentFile.ContentType.XLSX)
}
"""The content type of the main part, by which a package is a document or a workbook.

A workbook's is application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml.
"""
# Word and Excel with macros, Visual Basic, and the sheets of Excel 4 macros.
OF_MACROS = ("macroenabled", "vbaproject", "macrosheet")
OF_CONTROLS = ("activex", "oleobject")
# Objects, controls, and web pages that Word takes in when it opens the document.
EMBEDDING = frozenset({"oleobject", "control", "activexcontrol", "activexcontrolbinary", "afchunk"})


@dataclass(frozen=True)
class Relationship:
    """A link from a part (`part` is where it is written) to another part or to the outside."""

    part: str
    kind: str
    target: str
    is_external: bool


class OpenXml:
    """A package of Office Open XML while it is read."""

    first_parts = (CONTENT_TYPES, ROOT_RELATIONSHIPS)
    may_embed = True

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names
        self.by_extension: dict[str, str] = {}
        self.by_part: dict[str, str] = {}
        self.relationships: list[Relationship] = []

    def reader_of(self, part: str) -> OnElement:
        """Content types and relationships are kept; of other parts only the form matters."""
        if part == CONTENT_TYPES:
            return self._keep_content_type
        if part.endswith(".rels"):
            return lambda name, attributes: self._keep_relationship(part, name, attributes)
        return _ignore

    def check_protection(self) -> None:
        """Word and Excel protect a whole document in a container that is no archive."""

    def judge(self) -> DocumentFile.ContentType:
        """Which accepted type it is. Raises `Refused`."""
        content_types = {part: self._content_type(part) for part in sorted(self.names)}
        if any(
            word in content_type for content_type in content_types.values() for word in OF_MACROS
        ):
            raise Refused(Code.MACROS)
        for part, content_type in content_types.items():
            if any(word in content_type for word in OF_CONTROLS):
                raise Refused(Code.EMBEDDED_OBJECT, part=part)
        accepted = ACCEPTED.get(content_types[self._main_part()])
        if accepted is None:
            raise Refused(Code.NOT_ACCEPTED, looks_like=str(recognition.OTHER_DOCUMENT))
        for relationship in self.relationships:
            _check(relationship)
        return accepted

    def _keep_content_type(self, name: str, attributes: Attributes) -> None:
        content_type = attributes.get("ContentType", "").strip().lower()
        if local(name) == "Default":
            self.by_extension[attributes.get("Extension", "").lower()] = content_type
        elif local(name) == "Override":
            part = attributes.get("PartName", "").removeprefix("/").casefold()
            self.by_part[part] = content_type

    def _keep_relationship(self, part: str, name: str, attributes: Attributes) -> None:
        if local(name) == "Relationship":
            self.relationships.append(
                Relationship(
                    part=part,
                    kind=attributes.get("Type", "").rpartition("/")[2].lower(),
                    target=attributes.get("Target", ""),
                    is_external=attributes.get("TargetMode", "").strip().lower() == "external",
                )
            )

    def _main_part(self) -> str:
        """The one part that the package names as its document."""
        targets = {
            relationship.target
            for relationship in self.relationships
            if relationship.part == ROOT_RELATIONSHIPS and relationship.kind == "officedocument"
        }
        if len(targets) != 1:
            raise Refused(Code.DAMAGED)
        part = posixpath.normpath(targets.pop().lstrip("/")).casefold()
        if part not in self.names:
            raise Refused(Code.DAMAGED)
        return part

    def _content_type(self, part: str) -> str:
        """What a part is: by its name, else by its extension; "" where the package does not say."""
        return self.by_part.get(part) or self.by_extension.get(part.rpartition(".")[2], "")


def _check(relationship: Relationship) -> None:
    """A reader may follow a hyperlink; nothing else may lead away, and no object may be run."""
    if relationship.kind in EMBEDDING:
        raise Refused(Code.EMBEDDED_OBJECT, part=relationship.target)
    if (
        relationship.is_external
        and relationship.kind != "hyperlink"
        and is_elsewhere(relationship.target)
    ):
        raise Refused(Code.OUTSIDE_CONTENT, part=relationship.target)


def _ignore(_name: str, _attributes: Attributes) -> None:
    """For parts of which only the form matters."""
