"""From tags to questions: which expressions an edition asks, all put together in one evaluation."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from actions.prose.tags import Ask, Form, Tag, TagError
from ccm_portal.figures import ExpressionError, parse
from ccm_portal.figures.expression import names_in
from ccm_portal.figures.vocabulary import nearest
from states import convention
from states.models import Document, Meeting

from .source import Head, MeetingFacts

NOUN_SETS = {
    "parties": "parties",
    "signatories": "signatories",
    "states": "states",
    "not party": "not_party",
}
"""The set of which a noun says that a state belongs to it."""

CONSTANTS: Mapping[str, tuple[int, str]] = {
    "years stockpile_destruction": (convention.STOCKPILE_DESTRUCTION_YEARS, "3.2"),
    "years clearance": (convention.CLEARANCE_YEARS, "4.1"),
    "days initial_report": (convention.INITIAL_REPORT_DAYS, "7.1"),
}
"""Numbers that the treaty gives, with article and paragraph."""


@dataclass(frozen=True)
class Question:
    """The expression behind a tag, and where its parts stand in the prose.

    `parts` are (begin in the expression, end, position in the prose).
    """

    expression: str
    parts: tuple[tuple[int, int, int], ...]

    def error(self, error: ExpressionError) -> TagError:
        """The error with its place in the prose."""
        begin, end, position = self.parts[0]
        for part in self.parts:
            if part[0] <= error.position:
                begin, end, position = part
        offset = min(max(error.position - begin, 0), end - begin)
        return TagError(error.message, position + offset, error.suggestion)


def question(tag: Tag) -> Question:
    """What a tag with an expression asks; a form that measures becomes a function around it."""
    asked, of = tag.question, tag.of
    if tag.form is Form.SHARE:
        second = len(f"share({asked}, ")
        return Question(
            f"share({asked}, {of})",
            ((6, 6 + len(asked), tag.question_at), (second, second + len(of), tag.of_at)),
        )
    if tag.form is Form.GROWTH:
        second = len(f"growth({of}, ")
        return Question(
            f"growth({of}, {asked})",
            ((7, 7 + len(of), tag.of_at), (second, second + len(asked), tag.question_at)),
        )
    return Question(asked, ((0, len(asked), tag.question_at),))


def resolved(tag: Tag, by_key: Mapping[str, Tag]) -> Tag:
    """A tag with the question of the figure that it refers to, at its own place in the prose.

    Raises `TagError` for a key that is not there and for a circle of references.
    """
    seen = [tag.key] if tag.key else []
    target = tag
    while target.ask is Ask.REFERENCE:
        key = target.question
        if key in seen:
            raise TagError(_("the figures refer to each other in a circle."), tag.question_at)
        if key not in by_key:
            message = _("no figure of this edition has the key “%(key)s”.") % {"key": key}
            raise TagError(message, tag.question_at, nearest(key, by_key))
        seen.append(key)
        target = by_key[key]
    if target is tag:
        return tag
    return replace(
        tag,
        ask=target.ask,
        question=target.question,
        source=tag.source or target.source,
        reason=tag.reason or target.reason,
        form=tag.form if tag.form is not Form.COUNT else target.form,
        of=tag.of or target.of,
        of_at=tag.of_at or tag.question_at,
    )


def spelled_out(expression: str, names: Mapping[str, str], *, depth: int = 20) -> str:
    """An expression without the edition's own names, so that it means the same everywhere.

    One that cannot be read, or that becomes too long for a figure's page, stays as it is.
    """
    try:
        for _level in range(depth):
            used = [name for name in names_in(parse(expression)) if name.name in names]
            if not used:
                break
            for name in sorted(used, key=lambda name: name.position, reverse=True):
                end = name.position + len(name.name)
                meaning = names[name.name]
                inner = f"({meaning})" if re.search(r"[&|-]", meaning) else meaning
                expression = expression[: name.position] + inner + expression[end:]
    except ExpressionError:
        return expression
    return expression


@dataclass(frozen=True)
class Facts:
    """What tags may ask beside figures: days of meetings, and documents by their code.

    Costs two queries, and one where no tag cites a document.
    """

    head: Head
    meetings: Mapping[str, MeetingFacts]
    documents: Mapping[str, Document]

    @classmethod
    def load(cls, head: Head, tags: Iterable[Tag]) -> "Facts":
        codes = {source_of(tag)[0] for tag in tags if tag.source}
        return cls(
            head=head,
            meetings={
                meeting.code.upper(): MeetingFacts.of(meeting)
                for meeting in Meeting.objects.published()
            },
            documents={
                document.code: document for document in Document.objects.filter(code__in=codes)
            },
        )

    def day(self, tag: Tag) -> tuple[date, str]:
        """The day that a tag asks for, and what it is the day of. Raises `TagError`."""
        asked = tag.question
        head = self.head
        if asked == "cutoff":
            return head.cut_off_on, ""
        meeting = {"from": head.since, "until": head.until}.get(asked)
        meeting = meeting or self.meetings.get(asked.upper())
        if meeting is not None and meeting.starts_on is not None:
            return meeting.starts_on, meeting.name
        if meeting is not None:
            raise TagError(
                _("the meeting of “@%(asked)s” is not published.") % {"asked": asked},
                tag.question_at,
            )
        try:
            return date.fromisoformat(asked), ""
        except ValueError:
            known = ["cutoff", "from", "until", *CONSTANTS, *self.meetings]
            message = _("“@%(asked)s” is no day and no constant of the treaty.") % {"asked": asked}
            raise TagError(message, tag.question_at, nearest(asked, known)) from None

    def document(self, tag: Tag) -> tuple[Document | None, str]:
        """The document that a printed number cites, and the place in it. Raises `TagError`."""
        code, place = source_of(tag)
        if not code:
            return None, ""
        if code not in self.documents:
            message = _("no document has the code “%(code)s”.") % {"code": code}
            raise TagError(message, tag.text.find(code) + tag.begin)
        return self.documents[code], place


def source_of(tag: Tag) -> tuple[str, str]:
    """The code and the place of `source = CODE, place`."""
    code, _comma, place = tag.source.partition(",")
    return code.strip(), place.strip()
