"""The tags that stand for figures in prose: `{{ KEY: question ; option ; option = value }}`.

docs/progress-reports.md tells writers what a tag may say. Pure: a tag is read, nothing is asked.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ccm_portal.figures.vocabulary import nearest

LONGEST_PROSE = 200_000
MOST_TAGS = 500
REMEMBERED = 64
"""How many chapters that were read a process keeps: those of a few reports."""

_KEY = re.compile(r"\s*([A-Za-z][A-Za-z0-9-]*)\s*:")
_QUOTED = re.compile(r"[\"“](?P<words>[^\"“”]*)[\"”]$")
_REFERENCE = re.compile(r"=\s*([A-Za-z][A-Za-z0-9-]*)$")
_REMARK = re.compile(r"remark\s+([A-Za-z]{3})$", re.IGNORECASE)


class TagError(ValueError):
    """What is wrong with a tag: a sentence, where (0-based in the prose), and the nearest word."""

    def __init__(self, message: str, position: int, suggestion: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.suggestion = suggestion


class Form(StrEnum):
    """What a figure writes of itself."""

    COUNT = "count"
    LIST = "list"
    NAME = "name"
    SUM = "sum"
    OCCURRENCES = "occurrences"
    SHARE = "share"
    GROWTH = "growth"


class Ask(StrEnum):
    """What kind of question a tag puts."""

    EXPRESSION = "expression"
    PRINTED = "printed"
    REFERENCE = "reference"
    VALUE = "value"


@dataclass(frozen=True)
class Tag:
    """A tag as it was written. `begin` and `end` are positions in the prose."""

    begin: int
    end: int
    ask: Ask
    question: str
    question_at: int
    text: str = ""
    key: str = ""
    noun: str = ""
    own_noun: tuple[str, ...] = ()
    form: Form = Form.COUNT
    of: str = ""
    """What the form is measured against: an expression (share), a day or meeting (growth)."""
    of_at: int = 0
    is_feminine: bool = False
    has_note: bool = True
    is_at_least: bool = False
    is_digits: bool = False
    capital: bool | None = None
    by_month: bool = False
    among: str = ""
    among_at: int = 0
    part_of: str = ""
    within: str = ""
    remarks: dict[str, str] = field(default_factory=dict)
    note: str = ""
    source: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Broken:
    """A tag that cannot be read: it shows in the text as it was typed."""

    begin: int
    end: int
    text: str
    error: TagError


Piece = str | Tag | Broken

NOUNS = ("parties", "signatories", "states", "not party")

_FLAGS: dict[str, dict[str, object]] = {
    **{noun: {"noun": noun} for noun in NOUNS},
    "list": {"form": Form.LIST},
    "name": {"form": Form.NAME},
    "sum": {"form": Form.SUM},
    "count occurrences": {"form": Form.OCCURRENCES},
    "no note": {"has_note": False},
    "at least": {"is_at_least": True},
    "digits": {"is_digits": True},
    "feminine": {"is_feminine": True},
    "capital": {"capital": True},
    "lower": {"capital": False},
    "month": {"by_month": True},
}
_LED: dict[str, tuple[Form, str]] = {
    "share of": (Form.SHARE, "of"),
    "growth since": (Form.GROWTH, "of"),
}
_VALUES = ("noun", "note", "among", "part of", "within", "source", "reason")


def read(prose: str) -> tuple[Piece, ...]:
    """Prose as text and tags, in order. A tag that cannot be read is `Broken`; nothing is lost."""
    return _read(prose, get_language())


@lru_cache(maxsize=REMEMBERED)
def _read(prose: str, _language: str | None) -> tuple[Piece, ...]:
    """What was read is kept, since an edition says the same words on many days."""
    pieces: list[Piece] = []
    position = 0
    for begin, end in _braces(prose):
        pieces.append(_unescaped(prose[position:begin]))
        pieces.append(_piece(prose, begin, end))
        position = end
    pieces.append(_unescaped(prose[position:]))
    return tuple(piece for piece in pieces if piece != "")


def place(prose: str, position: int) -> tuple[int, int]:
    """The line and the column of a position, both from 1."""
    before = prose[:position]
    return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1


def _braces(prose: str) -> Iterator[tuple[int, int]]:
    """Where tags begin and end. One without its end goes on to the end of its paragraph."""
    position = 0
    while (begin := prose.find("{{", position)) != -1:
        if begin and prose[begin - 1] == "\\":
            position = begin + 2
            continue
        limit = prose.find("\n\n", begin)
        limit = len(prose) if limit == -1 else limit
        end = _closing(prose, begin + 2, limit)
        yield begin, end
        position = end


def _closing(prose: str, position: int, limit: int) -> int:
    """The end of a tag; before another tag's beginning where its own end is missing."""
    end = prose.find("}}", position, limit)
    other = prose.find("{{", position, limit)
    if end != -1 and (other == -1 or end < other):
        return end + 2
    return other if other != -1 else limit


def _unescaped(text: str) -> str:
    return text.replace("\\{{", "{{")


def _piece(prose: str, begin: int, end: int) -> Tag | Broken:
    text = prose[begin:end]
    try:
        if not text.endswith("}}") or len(text) < 4:
            raise TagError(_("the tag has no end: close it with }}."), begin)
        return _tag(text[2:-2], begin, end)
    except TagError as error:
        return Broken(begin, end, text, error)


def _tag(inside: str, begin: int, end: int) -> Tag:
    offset = begin + 2
    key = ""
    inside_all = inside
    match = _KEY.match(inside)
    if match:
        key = match.group(1)
        offset += match.end()
        inside = inside[match.end() :]
    parts = list(_parts(inside, offset))
    question, question_at = parts[0]
    if not question:
        raise TagError(_("the tag asks nothing: write an expression after “{{”."), question_at)
    tag = replace(
        _asked(question, question_at), begin=begin, end=end, key=key, text=f"{{{{{inside_all}}}}}"
    )
    for option, position in parts[1:]:
        if option:
            tag = _with_option(tag, option, position)
    return tag


def _parts(inside: str, offset: int) -> Iterator[tuple[str, int]]:
    """The parts between semicolons, each on one line, with the position of its first character."""
    position = 0
    for part in _split(inside):
        lead = len(part) - len(part.lstrip())
        yield _one_line(part.strip()), offset + position + lead
        position += len(part) + 1


def _split(inside: str) -> list[str]:
    """Split at semicolons that do not stand in a quotation."""
    parts = [""]
    is_quoted = False
    for character in inside:
        if character in '"“”':
            is_quoted = not is_quoted
        if character == ";" and not is_quoted:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def _one_line(text: str) -> str:
    """A text of several lines as one of the same length, so that positions in it hold."""
    return "".join(" " if character.isspace() else character for character in text)


def _asked(question: str, position: int) -> Tag:
    quoted = _QUOTED.match(question)
    if quoted:
        words = quoted.group("words").strip()
        if not words:
            raise TagError(_("the printed number between the quotation marks is empty."), position)
        return Tag(0, 0, Ask.PRINTED, words, position)
    if question.startswith("="):
        reference = _REFERENCE.match(question)
        if reference is None:
            raise TagError(_("after “=” the key of a figure is needed, such as =P29b."), position)
        return Tag(0, 0, Ask.REFERENCE, reference.group(1), position)
    if question.startswith("@"):
        return Tag(0, 0, Ask.VALUE, question[1:].strip(), position)
    return Tag(0, 0, Ask.EXPRESSION, question, position)


def _with_option(tag: Tag, option: str, position: int) -> Tag:
    name, equals, value = (part.strip() for part in option.partition("="))
    remark = _REMARK.match(name)
    if equals and remark:
        return replace(tag, remarks=tag.remarks | {remark.group(1).upper(): value})
    name = " ".join(name.lower().split())
    if equals and name in _VALUES:
        if not value:
            raise TagError(_("“%(name)s =” has no value.") % {"name": name}, position)
        value_at = position + option.index(value, option.index("="))
        return _SETTERS[name](tag, value, value_at)
    if not equals and name in _FLAGS:
        return replace(tag, **_FLAGS[name])  # type: ignore[arg-type]
    for words, (form, attribute) in _LED.items():
        if not equals and name.startswith(words + " "):
            rest = re.sub(r"^\S+\s+\S+\s+", "", option)
            at = position + len(option) - len(rest)
            return replace(tag, form=form, of_at=at, **{attribute: rest})  # type: ignore[arg-type]
    raise TagError(
        _("“%(option)s” is no option of a tag.") % {"option": option[:60]},
        position,
        nearest(name, [*_FLAGS, *_LED, *_VALUES, "remark"]),
    )


def _own_noun(tag: Tag, value: str, position: int) -> Tag:
    forms = tuple(form.strip() for form in value.split("/"))
    if len(forms) < 2 or not all(forms):
        raise TagError(
            _("a noun needs its singular and its plural: noun = affected state / affected states."),
            position,
        )
    return replace(tag, own_noun=forms)


_SETTERS: dict[str, Callable[[Tag, str, int], Tag]] = {
    "noun": _own_noun,
    "note": lambda tag, value, at: replace(tag, note=value),
    "among": lambda tag, value, at: replace(tag, among=value, among_at=at),
    "part of": lambda tag, value, at: replace(tag, part_of=value),
    "within": lambda tag, value, at: replace(tag, within=value),
    "source": lambda tag, value, at: replace(tag, source=value),
    "reason": lambda tag, value, at: replace(tag, reason=value),
}
