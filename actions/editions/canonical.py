"""An edition as canonical JSON: all that it says, and all that it rests on.

Keys are sorted, there are no spaces between signs, letters stand as they are: the same edition is
the same text, so that its SHA-256 can be checked by anybody.
"""

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, TypeAlias

from actions.prose.answers import Actor, Answer
from actions.prose.expansion import Written
from actions.prose.languages.grammar import Number
from actions.prose.tree import Block, FigureText, Listing, Paragraph, Quote, inlines
from ccm_portal.figures import Evidence

from .composing import Chapter, Edition
from .source import MeetingFacts, Source

FORMAT = "ccm-progress-report/1"
Json: TypeAlias = dict[str, Any]


def dumped(content: Json) -> str:
    """A content as canonical text."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(content: str) -> str:
    """The hash of a canonical text, in hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()


def as_json(edition: Edition, source: Source) -> Json:
    """An edition as data: head, names, chapters as typed and as they read, figures with states."""
    head = edition.head
    return {
        "format": FORMAT,
        "edition": {
            "code": head.code,
            "title": head.title,
            "subtitle": head.subtitle,
            "author": head.author,
            "plan": head.plan,
            "from": _meeting(head.since),
            "until": _meeting(head.until),
            "cut_off_on": head.cut_off_on.isoformat(),
            "language": head.language,
        },
        "names": source.names,
        "chapters": [_chapter(chapter) for chapter in edition.chapters],
        "figures": [
            _figure(written, chapter, paragraph)
            for chapter in edition.chapters
            for written, paragraph in _with_paragraphs(chapter)
        ],
    }


def figures_of(content: Json) -> list[Json]:
    """The figures of a content, in order."""
    figures: list[Json] = content["figures"]
    return figures


def _meeting(meeting: MeetingFacts) -> Json:
    return {
        "code": meeting.code,
        "name": meeting.name,
        "city": meeting.city,
        "starts_on": meeting.starts_on.isoformat() if meeting.starts_on else None,
        "ends_on": meeting.ends_on.isoformat() if meeting.ends_on else None,
    }


def _chapter(chapter: Chapter) -> Json:
    first, last = chapter.paragraphs or (None, None)
    return {
        "position": chapter.source.position,
        "numeral": chapter.source.numeral,
        "heading": chapter.source.heading,
        "theme": chapter.source.theme,
        "first_paragraph": first,
        "last_paragraph": last,
        "prose": chapter.source.prose,
        "markdown": chapter.markdown,
    }


def _with_paragraphs(chapter: Chapter) -> Iterator[tuple[Written, int | None]]:
    """The figures of a chapter, each with the number of its paragraph."""
    where = dict(_places(chapter.blocks, None))
    return ((written, where.get(written.index)) for written in chapter.figures)


def _places(blocks: tuple[Block, ...], number: int | None) -> Iterator[tuple[int, int | None]]:
    for block in blocks:
        if isinstance(block, Paragraph) and block.number is not None:
            number = block.number
        if isinstance(block, Listing):
            for item in block.items:
                yield from _places(item, number)
        elif isinstance(block, Quote):
            yield from _places(block.children, number)
        else:
            for item_ in inlines([block]):
                if isinstance(item_, FigureText):
                    yield item_.index, number


def _figure(written: Written, chapter: Chapter, paragraph: int | None) -> Json:
    answer = written.answer
    return {
        "index": written.index,
        "key": written.tag.key,
        "chapter": chapter.source.numeral,
        "paragraph": paragraph,
        "text": written.text,
        "note": written.note,
        "kind": answer.kind.value,
        "expression": answer.expression,
        "number": number(answer.number),
        "most": number(answer.amount.most) if answer.amount else None,
        "unit": answer.unit,
        "is_open": answer.is_open,
        "day": answer.day.isoformat() if answer.day else None,
        "basis": answer.basis,
        "printed": _printed(answer),
        "looked_at": _looked_at(answer),
        "states": [_actor(actor) for actor in answer.actors],
    }


def number(value: Number | None) -> int | float | None:
    """A number of JSON; whole ones without a fraction."""
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value


def _printed(answer: Answer) -> Json | None:
    printed = answer.printed
    if printed is None:
        return None
    return {"words": printed.words, "document": printed.document, "place": printed.place}


def _looked_at(answer: Answer) -> Json | None:
    if answer.looked_at is None or answer.actors:
        return None
    return {"expression": answer.looked_at.expression, "count": answer.looked_at.count}


def _actor(actor: Actor) -> Json:
    return {
        "iso3": actor.key,
        "name": actor.name,
        "status": actor.status,
        "certain": actor.is_certain,
        "disputed": actor.is_disputed,
        "evidence": [_evidence(item) for item in actor.evidence],
    }


def _evidence(item: Evidence) -> Json:
    return {
        "text": item.text,
        "on": item.on.isoformat() if item.on else None,
        "reported_on": item.reported_on.isoformat() if item.reported_on else None,
        "document": item.document,
        "place": item.place,
        "url": item.url,
        "remark": item.remark,
        "answer": item.answer,
    }
