"""An edition in each of its forms: pages, standalone HTML, Word, PDF, JSON."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from actions.prose.languages import grammar
from actions.prose.paper import Paper, PaperChapter
from actions.prose.pdf import as_pdf
from actions.prose.word import as_docx

from . import canonical, pictures
from .composing import Chapter, Edition, compose
from .page import EditionPage
from .source import Head, Source

STYLES = ("css/tokens.css", "css/base.css", "css/editions.css")
"""What a file of HTML that stands alone carries with it."""


@dataclass(frozen=True)
class Fragment:
    """A chapter as HTML, with what its address and the contents say of it.

    `made` gives the HTML, and is asked only when somebody reads it.
    """

    slug: str
    numeral: str
    heading: str
    made: Callable[[], SafeString]

    @cached_property
    def html(self) -> SafeString:
        """The chapter, in the language that is active when it is first read."""
        return self.made()


@dataclass(frozen=True)
class SetEdition:
    """An edition with its forms, each made when it is first asked for.

    `state` says on paper what this is: a working edition, or a published one with its number.
    """

    source: Source
    edition: Edition
    state: str
    at: datetime

    @classmethod
    def of(cls, source: Source, *, state: str, at: datetime) -> "SetEdition":
        """Compose an edition and be ready to set it; `at` is written into its files."""
        return cls(source, compose(source), state, at)

    @cached_property
    def data(self) -> canonical.Json:
        """All that it says, as data."""
        return canonical.as_json(self.edition, self.source)

    @cached_property
    def content(self) -> str:
        """Canonical JSON."""
        return canonical.dumped(self.data)

    @cached_property
    def fragments(self) -> tuple[Fragment, ...]:
        """The chapters as HTML."""
        page = EditionPage(self.edition)
        return tuple(
            Fragment(
                chapter.source.slug,
                chapter.source.numeral,
                chapter.source.heading,
                partial(_chapter_html, page, chapter),
            )
            for chapter in self.edition.chapters
        )

    @cached_property
    def html(self) -> bytes:
        """A page that stands alone, with its own styles."""
        head = self.edition.head
        context = {
            "head": head,
            "facts": facts(head, self.state),
            "direction": direction(head),
            "fragments": [fragment.html for fragment in self.fragments],
            "styles": mark_safe(f"<style>{_styles()}</style>"),  # noqa: S308  our own style sheets
        }
        with translation.override(head.language):
            return render_to_string("actions/editions/standalone.html", context).encode()

    @cached_property
    def paper(self) -> Paper:
        """What goes on paper."""
        head = self.edition.head
        with translation.override(head.language):
            return Paper(
                title=head.title,
                subtitle=head.subtitle,
                language=head.language,
                is_right_to_left=grammar(head.language).is_right_to_left,
                facts=facts(head, self.state),
                foot=f"{head.title} · {self.state}",
                chapters=tuple(
                    PaperChapter(
                        chapter.source.numeral,
                        chapter.source.heading,
                        chapter.blocks,
                        pictures.of_chapter(chapter.source, head),
                    )
                    for chapter in self.edition.chapters
                ),
            )

    @cached_property
    def docx(self) -> bytes:
        """A Word file with real footnotes."""
        return as_docx(self.paper)

    @cached_property
    def pdf(self) -> bytes:
        """A PDF."""
        return as_pdf(self.paper, at=self.at)

    @property
    def json(self) -> bytes:
        """Canonical JSON as a file."""
        return self.content.encode()


FILES: dict[str, tuple[str, Callable[[SetEdition], bytes]]] = {
    "html": ("text/html; charset=utf-8", lambda edition: edition.html),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        lambda edition: edition.docx,
    ),
    "pdf": ("application/pdf", lambda edition: edition.pdf),
    "json": ("application/json", lambda edition: edition.json),
}
"""The formats of a file: its type and what makes it."""


def _chapter_html(page: EditionPage, chapter: Chapter) -> SafeString:
    context = {"chapter": page.chapter(chapter)}
    return render_to_string("actions/editions/_chapter.html", context)


def period(head: Head) -> str:
    """From meeting to meeting, in words; "" where one of them is not published."""
    rules = grammar(head.language)
    if head.since.starts_on is None or head.until.starts_on is None:
        return ""
    return rules.words["from to"].format(
        first=rules.meeting(head.since.code, head.since.name),
        since=rules.month(head.since.starts_on),
        last=rules.meeting(head.until.code, head.until.name),
        until=rules.month(head.until.starts_on),
    )


def facts(head: Head, state: str) -> tuple[tuple[str, str], ...]:
    """What stands at the head of an edition, labels and values."""
    rules = grammar(head.language)
    found = (
        ("submitted by", head.author),
        ("period", period(head)),
        ("cut-off date", rules.day(head.cut_off_on)),
        ("edition", state),
    )
    return tuple((rules.words[label], value) for label, value in found if value)


def direction(head: Head) -> str:
    """The direction of writing of an edition, as HTML names it."""
    return "rtl" if grammar(head.language).is_right_to_left else "ltr"


def _styles() -> str:
    """Our style sheets as one text, without typefaces that would have to be fetched."""
    found = []
    for name in STYLES:
        path = finders.find(name)
        if isinstance(path, str):
            found.append(Path(path).read_text(encoding="utf-8"))
    text = "\n".join(found)
    while "@font-face" in text:
        begin = text.index("@font-face")
        text = text[:begin] + text[text.index("}", begin) + 1 :]
    return text
