"""From prose with tags to plain Markdown with footnotes: the one text behind every output.

A figure becomes a link to its evidence and, where it has one, a footnote:
`[seven States Parties](#figure-9)[^figure-9]`. A tag with a mistake shows as it was typed.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .answers import Answer
from .languages import Grammar
from .tags import Broken, Piece, Tag
from .writing import note, starts_sentence, words

FIGURE = "#figure-"
MISTAKE = "#mistake-"
"""What the addresses of figures and of mistakes begin with in the expanded text."""

_SPACES = re.compile(r"[ \t\r\n]+")  # not those that break no line
_SIGNS = re.compile(r"([\\`*_\[\]<>&!~^${}|])")
_START_OF_BLOCK = re.compile(r"^(\d{0,9})([-+#=.):])")


@dataclass(frozen=True)
class Written:
    """A figure as it was written into the text. `index` counts through the edition from 1."""

    index: int
    tag: Tag
    answer: Answer
    text: str
    note: str


@dataclass(frozen=True)
class Expanded:
    """Plain Markdown with footnotes, and the figures in it in order."""

    markdown: str
    figures: tuple[Written, ...]


def expand(
    pieces: Sequence[Piece],
    answer_to: Callable[[Tag], Answer | None],
    grammar: Grammar,
    *,
    first: int = 1,
) -> Expanded:
    """Write the answers into the prose; `first` is the index of its first figure.

    A tag whose answer is None shows as a mistake.
    """
    text: list[str] = []
    so_far = ""
    notes: list[str] = []
    figures: list[Written] = []
    prefix = _free_prefix(pieces)
    for piece in pieces:
        if isinstance(piece, str):
            part = piece
        elif isinstance(piece, Broken) or (answer := answer_to(piece)) is None:
            part = f"[{escaped(piece.text)}]({MISTAKE}{piece.begin})"
        else:
            index = first + len(figures)
            written = _write(index, piece, answer, grammar, so_far)
            figures.append(written)
            part = f"[{escaped(written.text)}]({FIGURE}{index})"
            if written.note:
                part += f"[^{prefix}{index}]"
                notes.append(f"[^{prefix}{index}]: {escaped(written.note)}")
        text.append(part)
        # A few hundred characters tell whether a sentence begins.
        so_far = (so_far + part)[-2000:]
    body = "".join(text).rstrip()
    return Expanded("\n\n".join([body, *notes]) + "\n", tuple(figures))


def escaped(text: str) -> str:
    """A text in which no character means anything to Markdown, on one line."""
    return _START_OF_BLOCK.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", _SPACES.sub(" ", text)))


def _write(index: int, tag: Tag, answer: Answer, grammar: Grammar, before: str) -> Written:
    text = words(tag, answer, grammar, starts_sentence=starts_sentence(before, grammar))
    return Written(index, tag, answer, text, note(tag, answer, grammar))


def _free_prefix(pieces: Sequence[Piece]) -> str:
    """What the labels of our footnotes begin with: nothing that the prose uses itself."""
    prose = "".join(piece for piece in pieces if isinstance(piece, str))
    prefix = "figure-"
    while f"[^{prefix}" in prose:
        prefix = f"x{prefix}"
    return prefix
