"""The questions that a progress report puts for discussion on a theme."""

import re
from dataclasses import dataclass
from datetime import date

from actions.models import ProgressSection
from ccm_portal.kept import kept
from ccm_portal.links import Links

from .description import Description

_LISTED = re.compile(r"^\d+\.\s+(.+)$", re.MULTILINE)
_TAG = "{{"


@dataclass(frozen=True)
class Discussion:
    """Questions, the edition that puts them, and the address of its chapter."""

    questions: tuple[str, ...]
    edition: str
    url: str


@dataclass(frozen=True)
class _Chapter:
    """What a chapter of a public edition asks."""

    cut_off_on: date
    theme: str
    questions: tuple[str, ...]
    edition: str
    args: tuple[str, str]


def discussion(theme: Description, on: date, links: Links) -> Discussion | None:
    """Those of the latest public edition by the day, from the list at its chapter's end.

    A question that asks for a figure is left to the chapter, which can answer it. Costs one query
    where nothing is kept.
    """
    for chapter in kept("questions for discussion", make=_chapters):
        if chapter.cut_off_on <= on and chapter.theme in theme.themes:
            url = links.to("editions:chapter", *chapter.args)
            return Discussion(chapter.questions, chapter.edition, url)
    return None


def _chapters() -> tuple[_Chapter, ...]:
    """The chapters that ask anything, those of the latest edition first."""
    public = ProgressSection.objects.filter(report__published_at__isnull=False)
    sections = public.select_related("report", "theme")
    return tuple(
        _Chapter(
            cut_off_on=section.report.cut_off_on,
            theme=section.theme.code if section.theme else "",
            questions=questions,
            edition=section.report.title,
            args=(section.report.code, section.slug),
        )
        for section in sections.order_by("-report__cut_off_on", "position")
        if (questions := _questions(section.prose))
    )


def _questions(prose: str) -> tuple[str, ...]:
    ending = prose.rpartition("\n## ")[2]
    return tuple(text for text in _LISTED.findall(ending) if _TAG not in text)
