"""What an edition is written from, as values: its head, its chapters, its own names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from actions.models import ProgressReport, ProgressSection
from states.models import Meeting

_NAME = re.compile(r"^([A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*)$")


@dataclass(frozen=True)
class MeetingFacts:
    """A meeting as an edition cites it. One that is not published says nothing of itself."""

    code: str
    name: str
    city: str
    starts_on: date | None
    ends_on: date | None

    @classmethod
    def of(cls, meeting: Meeting) -> "MeetingFacts":
        if not meeting.is_published:
            return cls("", "", "", None, None)
        return cls(meeting.code, meeting.name, meeting.city, meeting.starts_on, meeting.ends_on)

    @property
    def is_known(self) -> bool:
        """Whether it may be named."""
        return bool(self.code)


@dataclass(frozen=True)
class Head:
    """What stands at the head of an edition."""

    code: str
    title: str
    subtitle: str
    author: str
    plan: str
    since: MeetingFacts
    until: MeetingFacts
    cut_off_on: date
    language: str

    @classmethod
    def of(cls, report: ProgressReport) -> "Head":
        """Costs queries only for meetings and a plan that were not loaded with the report."""
        return cls(
            code=report.code,
            title=report.title,
            subtitle=report.subtitle,
            author=report.author,
            plan=report.plan.name if report.plan and report.plan.is_published else "",
            since=MeetingFacts.of(report.from_meeting),
            until=MeetingFacts.of(report.until_meeting),
            cut_off_on=report.cut_off_on,
            language=report.language,
        )


@dataclass(frozen=True)
class ChapterSource:
    """A chapter as it is typed."""

    position: int
    numeral: str
    heading: str
    theme: str
    prose: str
    slug: str
    articles: str = ""

    @classmethod
    def of(cls, section: ProgressSection) -> "ChapterSource":
        return cls(
            position=section.position,
            numeral=section.numeral,
            heading=section.heading,
            theme=section.theme.name if section.theme and section.theme.plan.is_published else "",
            prose=section.prose.replace("\r\n", "\n"),
            slug=section.slug,
            articles=section.theme.articles if section.theme else "",
        )


@dataclass(frozen=True)
class Source:
    """An edition as it is typed. `names` are its lines `name = expression`."""

    head: Head
    names: str
    chapters: tuple[ChapterSource, ...]

    @classmethod
    def load(cls, code: str) -> "Source":
        """Costs two queries. Raises `ProgressReport.DoesNotExist`."""
        reports = ProgressReport.objects.select_related("plan", "from_meeting", "until_meeting")
        return cls.of(reports.get(code=code))

    @classmethod
    def of(cls, report: ProgressReport) -> "Source":
        """Costs one query, and others for what was not loaded with the report."""
        sections = ProgressSection.objects.filter(report=report).select_related("theme__plan")
        chapters = tuple(ChapterSource.of(section) for section in sections.order_by("position"))
        return cls(Head.of(report), report.names.replace("\r\n", "\n"), chapters)

    def on(self, day: date) -> "Source":
        """The same edition with another cut-off date."""
        return replace(self, head=replace(self.head, cut_off_on=day))


@dataclass(frozen=True)
class Mistake:
    """What is wrong, in a sentence, and where: a chapter (None: the edition's names), a place.

    `line` and `column` count from 1; `begin` and `end` are positions in the chapter's prose.
    """

    chapter: int | None
    line: int
    column: int
    message: str
    suggestion: str = ""
    begin: int = 0
    end: int = 0

    def __str__(self) -> str:
        where = {"line": self.line, "column": self.column, "message": self.message}
        if self.chapter is None:
            sentence = _("Names, line %(line)s, character %(column)s: %(message)s") % where
        else:
            sentence = _(
                "Chapter at position %(chapter)s, line %(line)s, character %(column)s: %(message)s"
            ) % (where | {"chapter": self.chapter})
        if self.suggestion:
            sentence += " " + _("Did you mean “%(name)s”?") % {"name": self.suggestion}
        return sentence


@dataclass(frozen=True)
class NameLine:
    """A name and the expression that it stands for; `column` is where the expression begins."""

    name: str
    expression: str
    line: int
    column: int


def read_names(text: str) -> tuple[list[NameLine], list[Mistake]]:
    """The names of an edition, and what is wrong with its lines."""
    names: dict[str, NameLine] = {}
    mistakes = []
    for number, line in _lines(text):
        name, equals, expression = (part.strip() for part in line.partition("="))
        if not equals or not expression or not _NAME.match(name):
            message = _("write name = expression, such as begun = stockpile.destruction_started.")
            mistakes.append(Mistake(None, number, 1, message))
        elif name in names:
            message = _("“%(name)s” is defined twice.") % {"name": name}
            mistakes.append(Mistake(None, number, 1, message))
        else:
            column = line.index(expression, line.index("=")) + 1
            names[name] = NameLine(name, expression, number, column)
    return list(names.values()), mistakes


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield number, line
