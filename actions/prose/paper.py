"""An edition as it goes on paper: what Word file and PDF have in common."""

from dataclasses import dataclass

from .tree import Block


@dataclass(frozen=True)
class PaperChapter:
    """A chapter with its numeral ("" for an introduction), heading and blocks."""

    numeral: str
    heading: str
    blocks: tuple[Block, ...]


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
