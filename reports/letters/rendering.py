"""A letter as text, HTML and PDF: written once, from one set of values.

Whatever a name, a reason or a template holds, it stays text: HTML is escaped by Django's
templates, the PDF gets its data through JSON, and what goes into the head of a message is one line
without control characters.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ccm_portal.typesetting import typeset

from .languages import LANGUAGES
from .models import Letterhead, LetterText
from .placeholders import fill, fill_html, without_lines_of

DOCUMENT = Path(settings.BASE_DIR) / "templates" / "letters" / "letter.typ"
LONGEST_SUBJECT = 300
LINKS = ("guide_url", "forms_url")
"""The placeholders that are links in HTML; nothing else becomes one. Without it, its line goes."""


@dataclass(frozen=True)
class Addressee:
    """One address of a letter: `role` as in `RecipientRole`, `contact_id` None for a bare copy."""

    role: str
    name: str
    email: str
    contact_id: int | None = None


@dataclass(frozen=True)
class Content:
    """What a letter is about and to whom: all that its words are made of.

    `recipient` is how the reader is spoken of in a sentence, `heading` the lines of the address.
    `days_late` is negative before the due date.
    """

    number: str
    language: str
    dated_on: date
    state: str
    state_formal: str
    kind: str
    year: int | None
    paragraph: int
    due_on: date
    in_force_on: date | None
    days_late: int
    form_of_address: str
    recipient: str
    heading: tuple[str, ...]
    addressees: tuple[Addressee, ...]
    sender: str
    reply_to: str


@dataclass(frozen=True)
class Rendered:
    """A letter as it goes out, and the hash over all of it."""

    subject: str
    text: str
    html: str
    pdf: bytes
    sha256: str


def render(
    content: Content, *, words: LetterText, letterhead: Letterhead, at: datetime
) -> Rendered:
    """Write a letter. `words` and `letterhead` are in its language, or else in English.

    `at` goes into the PDF as the time of its making: the same call gives the same bytes.
    """
    values = _values(content, letterhead)
    subject = one_line(fill(words.subject, values))[:LONGEST_SUBJECT]
    missing = [name for name in LINKS if not values[name]]
    body = without_lines_of(plain(words.body), missing)
    frame = _frame(content, letterhead, subject)
    text = render_to_string(
        "letters/letter.txt", frame | {"paragraphs": _paragraphs(fill(body, values))}
    )
    html = render_to_string(
        "letters/letter.html", frame | {"paragraphs": _html_paragraphs(body, values)}
    )
    pdf = typeset(DOCUMENT, frame | {"paragraphs": _paragraphs(fill(body, values))}, at=at)
    return Rendered(subject, text, html, pdf, _sha256(content, subject, text, html, pdf))


def one_line(text: str) -> str:
    """A text for the head of a message: one line, no control or invisible characters."""
    return " ".join(plain(text).split())


def plain(text: str) -> str:
    """A text without control characters, line ends aside, and without changes of direction."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(filter(_is_plain, line)) for line in lines)


def _is_plain(character: str) -> bool:
    # Format characters (Cf) include overrides of direction, which would show a text as another;
    # the two joiners belong to the spelling of words.
    return character in "\t\u200c\u200d" or unicodedata.category(character) not in {
        "Cc",
        "Cf",
        "Cs",
        "Zl",
        "Zp",
    }


def _values(content: Content, letterhead: Letterhead) -> dict[str, str]:
    """What stands for each placeholder."""
    words = LANGUAGES[content.language]
    values = {
        "form_of_address": content.form_of_address or words.address,
        "recipient": content.recipient,
        "state": content.state,
        "state_formal": content.state_formal,
        "report": words.report(content.kind, content.year),
        "due_date": words.day(content.due_on),
        "rule": words.rule(content.paragraph),
        "in_force_date": words.day(content.in_force_on) if content.in_force_on else "",
        "lateness": words.lateness(content.days_late),
        "letter_date": words.day(content.dated_on),
        "letter_number": content.number,
        "organization": letterhead.organization,
        "guide_url": letterhead.guide_url,
        "forms_url": letterhead.forms_url,
        "help_contact": letterhead.help_contact,
    }
    return {name: one_line(value) for name, value in values.items()}


def _frame(content: Content, letterhead: Letterhead, subject: str) -> dict[str, object]:
    """What stands around the words, in all three forms of the letter."""
    words = LANGUAGES[content.language]
    return {
        "language": words.code,
        "direction": words.direction,
        "subject": subject,
        "number": one_line(content.number),
        "number_label": words.number_label,
        "date": words.day(content.dated_on),
        "organization": one_line(letterhead.organization),
        "address": plain(letterhead.address),
        "recipients": [one_line(line) for line in content.heading],
        "copies": [
            one_line(item.name or item.email) for item in content.addressees if item.role == "cc"
        ],
        "copies_label": words.copies_label,
        "signatory_name": one_line(letterhead.signatory_name),
        "signatory_title": one_line(letterhead.signatory_title),
    }


def _paragraphs(body: str) -> list[str]:
    """The paragraphs of a text, parted by empty lines."""
    blocks = "\n".join(line.strip() for line in body.split("\n")).split("\n\n")
    return [block.strip("\n") for block in blocks if block.strip()]


def _html_paragraphs(body: str, values: Mapping[str, str]) -> list[SafeString]:
    links = {name: format_html('<a href="{}" dir="ltr">{}</a>', values[name], values[name])
             for name in LINKS}  # fmt: skip
    return [
        format_html_join(
            SafeString("<br>"),
            "{}",
            ((fill_html(line, values, safe=links),) for line in paragraph.split("\n")),
        )
        for paragraph in _paragraphs(body)
    ]


def _sha256(content: Content, subject: str, text: str, html: str, pdf: bytes) -> str:
    """The hash over all that the reader gets, and over who gets it from whom."""
    whole = {
        "sender": content.sender,
        "reply_to": content.reply_to,
        "addressees": [asdict(item) for item in content.addressees],
        "number": content.number,
        "subject": subject,
        "text": text,
        "html": html,
        "pdf": hashlib.sha256(pdf).hexdigest(),
    }
    return hashlib.sha256(
        json.dumps(whole, sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()


def headings(names: Sequence[str], fallback: str) -> tuple[str, ...]:
    """The lines of the address: the recipients' names, or who would be addressed."""
    return tuple(name for name in names if name) or (fallback,)
