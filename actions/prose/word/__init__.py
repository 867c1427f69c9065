"""The tree as a Word file with real footnotes: pandoc writes it, with styles of ours.

Pandoc is given its own document tree as JSON, in which every text is a string: no reader of
Markdown, HTML or TeX stands in between, so that no text can become markup or raw code.
"""

import base64
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pypandoc

from actions.prose.tree import (
    Block,
    Break,
    FigureText,
    Heading,
    Inline,
    Link,
    Listing,
    MistakeText,
    NoteMark,
    Paragraph,
    Quote,
    Styled,
    Text,
)

from ..paper import Paper, PaperChapter
from ..pdf import as_png

REFERENCE = Path(__file__).parent / "reference.docx"
"""The styles; `reference.py` makes the file."""

WIDTH = "15cm"
"""Pictures are as wide as the text."""

API_VERSION = [1, 23, 1]
DOCUMENT = "word/document.xml"
NUMBERING = "word/numbering.xml"
TITLES = re.compile(rb'<w:pStyle w:val="(?:Title|Subtitle)" ?/>')
Node = dict[str, Any]


def as_docx(paper: Paper) -> bytes:
    """The Word file of an edition. Raises `RuntimeError` where pandoc fails."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "edition.docx"
        pypandoc.convert_text(
            json.dumps(document(paper), ensure_ascii=False),
            to="docx",
            format="json",
            outputfile=str(target),
            extra_args=["--sandbox", f"--reference-doc={REFERENCE}"],
        )
        return _mended(target.read_bytes(), is_right_to_left=paper.is_right_to_left)


def _mended(docx: bytes, *, is_right_to_left: bool) -> bytes:
    """The file with what pandoc leaves out: room for numbers of three digits, where it has a third
    of an inch, and the direction of title and subtitle.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(made, "w") as target:
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename == NUMBERING:
                part = re.sub(rb'w:hanging="\d+"', b'w:hanging="720"', part)
            if entry.filename == DOCUMENT and is_right_to_left:
                part = TITLES.sub(rb"\g<0><w:bidi/>", part)
            target.writestr(entry, part)
    return made.getvalue()


def document(paper: Paper) -> Node:
    """An edition as pandoc's document tree."""
    meta: dict[str, Any] = {
        "title": _meta(paper.title),
        "lang": {"t": "MetaString", "c": paper.language},
    }
    if paper.is_right_to_left:
        meta["dir"] = {"t": "MetaString", "c": "rtl"}
    if paper.subtitle:
        meta["subtitle"] = _meta(paper.subtitle)
    blocks = [
        _styled_paragraph("Edition Facts", [*_words(f"{label}: "), *_words(value)])
        for label, value in paper.facts
    ]
    for chapter in paper.chapters:
        blocks += _chapter(chapter, paper)
    return {"pandoc-api-version": API_VERSION, "meta": meta, "blocks": blocks}


def _meta(text: str) -> Node:
    return {"t": "MetaInlines", "c": _words(text)}


def _chapter(chapter: PaperChapter, paper: Paper) -> Iterator[Node]:
    title = f"{chapter.numeral}. {chapter.heading}" if chapter.numeral else chapter.heading
    yield {"t": "Header", "c": [1, ["", [], []], _words(title)]}
    for picture in chapter.pictures:
        png = as_png(picture, language=paper.language, is_right_to_left=paper.is_right_to_left)
        yield {"t": "Para", "c": [_image(png, picture.alternative)]}
    yield from _blocks(chapter.blocks)


def _image(png: bytes, alternative: str) -> Node:
    """A picture that the file holds: pandoc may read nothing from the disk."""
    address = "data:image/png;base64," + base64.b64encode(png).decode()
    return {"t": "Image", "c": [["", [], [["width", WIDTH]]], _words(alternative), [address, ""]]}


def _blocks(blocks: Sequence[Block]) -> Iterator[Node]:
    """Numbered paragraphs in a row are one list of Word; a list after one of them goes with it."""
    numbered: list[tuple[int, list[Node]]] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.number is not None:
            numbered.append((block.number, [_paragraph(block.children)]))
        elif isinstance(block, Listing) and numbered:
            numbered[-1][1].append(_listing(block))
        else:
            yield from _numbered(numbered)
            numbered = []
            yield from _block(block)
    yield from _numbered(numbered)


def _numbered(paragraphs: Sequence[tuple[int, list[Node]]]) -> Iterator[Node]:
    if paragraphs:
        start = [paragraphs[0][0], {"t": "Decimal"}, {"t": "Period"}]
        yield {"t": "OrderedList", "c": [start, [nodes for _number, nodes in paragraphs]]}


def _block(block: Block) -> Iterator[Node]:
    match block:
        case Heading(children, label):
            if label:
                yield _styled_paragraph("Heading Label", _words(label))
            yield {"t": "Header", "c": [2, ["", [], []], list(_inlines(children))]}
        case Paragraph(children, _number):
            yield _paragraph(children)
        case Listing():
            yield _listing(block)
        case Quote(children):
            yield {"t": "BlockQuote", "c": [node for child in children for node in _block(child)]}


def _listing(listing: Listing) -> Node:
    items = [[node for child in item for node in _block(child)] for item in listing.items]
    if not listing.is_ordered:
        return {"t": "BulletList", "c": items}
    return {"t": "OrderedList", "c": [[1, {"t": "LowerAlpha"}, {"t": "TwoParens"}], items]}


def _paragraph(children: Iterable[Inline]) -> Node:
    return {"t": "Para", "c": list(_inlines(children))}


def _styled_paragraph(style: str, words: list[Node]) -> Node:
    paragraph = {"t": "Para", "c": words}
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], [paragraph]]}


def _inlines(children: Iterable[Inline]) -> Iterator[Node]:
    for child in children:
        match child:
            case Text(text):
                yield from _words(text)
            case Break():
                yield {"t": "LineBreak"}
            case Styled("em", inner):
                yield {"t": "Emph", "c": list(_inlines(inner))}
            case Styled("strong", inner):
                yield {"t": "Strong", "c": list(_inlines(inner))}
            case Styled():
                code = "".join(part.text for part in child.children if isinstance(part, Text))
                yield {"t": "Code", "c": [["", [], []], code]}
            case Link(url, inner) if url.startswith(("https://", "http://", "mailto:")):
                yield {"t": "Link", "c": [["", [], []], list(_inlines(inner)), [url, ""]]}
            case Link(_, inner) | FigureText(_, inner) | MistakeText(_, inner):
                # On paper an address within the page, or within the portal, leads nowhere.
                yield from _inlines(inner)
            case NoteMark():
                yield {"t": "Note", "c": [_paragraph(child.children)]}


def _words(text: str) -> list[Node]:
    """A text as words and spaces; a space that breaks no line stays within its word."""
    nodes: list[Node] = []
    for index, word in enumerate(text.split(" ")):
        if index:
            nodes.append({"t": "Space"})
        if word:
            nodes.append({"t": "Str", "c": word})
    return nodes
