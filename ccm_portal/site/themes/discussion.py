"""The questions that a progress report puts for discussion on a theme."""

import re
from dataclasses import dataclass
from datetime import date

from actions.models import ProgressSection
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


def discussion(theme: Description, on: date, links: Links) -> Discussion | None:
    """Those of the latest public edition by the day, from the list at its chapter's end. One query.

    A question that asks for a figure is left to the chapter, which can answer it.
    """
    sections = ProgressSection.objects.filter(
        report__published_at__isnull=False,
        report__cut_off_on__lte=on,
        theme__code__in=theme.themes,
    ).select_related("report")
    for section in sections.order_by("-report__cut_off_on", "position"):
        ending = section.prose.rpartition("\n## ")[2]
        questions = tuple(text for text in _LISTED.findall(ending) if _TAG not in text)
        if questions:
            url = links.to("editions:chapter", section.report.code, section.slug)
            return Discussion(questions, section.report.title, url)
    return None
