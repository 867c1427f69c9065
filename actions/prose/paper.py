"""An edition as it goes on paper: what Word file and PDF have in common."""

from collections.abc import Mapping
from dataclasses import dataclass

from .tree import Block


@dataclass(frozen=True)
class Picture:
    """A chart: its title, what it shows in words, and the data that the typst document draws."""

    title: str
    alternative: str
    data: Mapping[str, object]


@dataclass(frozen=True)
class PaperChapter:
    """A chapter with its numeral ("" for an introduction), heading, blocks and charts."""

    numeral: str
    heading: str
    blocks: tuple[Block, ...]
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A whole edition. `facts` are labels and values for its head, `foot` stands on every page."""

    title: str
    subtitle: str
    language: str
    is_right_to_left: bool
    facts: tuple[tuple[str, str], ...]
    foot: str
    chapters: tuple[PaperChapter, ...]
