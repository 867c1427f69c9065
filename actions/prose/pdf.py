"""The tree as PDF: typst sets it from data, so that no text can become markup."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from django.conf import settings

from ccm_portal.typesetting import draw, typeset

from .paper import Paper, Picture
from .tree import (
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

TEMPLATE = "templates/actions/editions/edition.typ"
PICTURE = "templates/actions/editions/picture.typ"
Node = Mapping[str, object]


def as_pdf(paper: Paper, *, at: datetime) -> bytes:
    """The PDF of an edition; `at` is written into it as the time of its making."""
    return typeset(Path(settings.BASE_DIR) / TEMPLATE, data(paper), at=at)


def as_png(picture: Picture, *, language: str, is_right_to_left: bool) -> bytes:
    """A chart alone, for files that cannot hold the drawing itself."""
    drawn = {
        "picture": picture_data(picture),
        "language": language,
        "direction": "rtl" if is_right_to_left else "ltr",
    }
    return draw(Path(settings.BASE_DIR) / PICTURE, drawn)


def picture_data(picture: Picture) -> Node:
    """A chart as the data that the typst documents read."""
    return {"title": picture.title, "alternative": picture.alternative, **picture.data}


def data(paper: Paper) -> Node:
    """An edition as the data that the typst document reads."""
    return {
        "title": paper.title,
        "subtitle": paper.subtitle,
        "language": paper.language,
        "direction": "rtl" if paper.is_right_to_left else "ltr",
        "facts": [[label, value] for label, value in paper.facts],
        "foot": paper.foot,
        "chapters": [
            {
                "title": f"{chapter.numeral}. {chapter.heading}".removeprefix(". "),
                "blocks": _blocks(chapter.blocks),
                "pictures": [picture_data(picture) for picture in chapter.pictures],
            }
            for chapter in paper.chapters
        ],
    }


def _blocks(blocks: Iterable[Block]) -> list[Node]:
    return [_block(block) for block in blocks]


def _block(block: Block) -> Node:
    match block:
        case Heading(children, label):
            return {"kind": "heading", "label": label, "inlines": _inlines(children)}
        case Paragraph(children, number):
            return {"kind": "paragraph", "number": number, "inlines": _inlines(children)}
        case Listing(is_ordered, items):
            return {
                "kind": "questions" if is_ordered else "points",
                "items": [_blocks(item) for item in items],
            }
        case Quote(inner):
            return {"kind": "quote", "blocks": _blocks(inner)}


def _inlines(children: Iterable[Inline]) -> list[Node]:
    return [node for child in children for node in _inline(child)]


def _inline(child: Inline) -> list[Node]:
    match child:
        case Text(text):
            return [{"kind": "text", "text": text}]
        case Break():
            return [{"kind": "break"}]
        case Styled(style, inner):
            return [{"kind": style, "inlines": _inlines(inner)}]
        case Link(url, inner) if url.startswith(("https://", "http://", "mailto:")):
            return [{"kind": "link", "url": url, "inlines": _inlines(inner)}]
        case Link(_, inner) | FigureText(_, inner) | MistakeText(_, inner):
            # On paper an address within the page, or within the portal, leads nowhere.
            return _inlines(inner)
        case NoteMark(_, inner):
            return [{"kind": "note", "inlines": _inlines(inner)}]
