"""The band under the masthead: the days to jump to, as a list and on the date rule.

Its links name a day and not the page they stand on (`?as_of=2010-11-12`), and have a place for the
page's other parameters, so that what was written for one page of a day serves all of them.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from ccm_portal.as_of import EARLIEST, PARAMETER
from ccm_portal.charts import date_rule
from ccm_portal.charts.date_rule import DateRule, RuleMark
from ccm_portal.dates import date_format
from ccm_portal.kept import kept
from states import convention
from states.meetings import formal_meetings
from states.models import Meeting

REMEMBERED = 500
"""How many bands a process keeps: those of the days that readers ask for most."""

ANY_OTHERS = f"others{secrets.token_hex(12)}"
"""Stands for the other parameters in links that serve all pages. Nothing else can be like it."""


@dataclass(frozen=True)
class Landmark:
    """A day that readers ask for. Without a `priority` it is the nearer the day, the lower."""

    day: date
    title: str
    short: str
    priority: int | None = None

    @property
    def is_meeting(self) -> bool:
        return self.priority is None


@dataclass(frozen=True)
class DateBand:
    """The band of a page of a `day`; `others` are the page's other parameters, encoded."""

    day: date
    today: date
    others: str
    landmarks: tuple[Landmark, ...]

    @property
    def rules(self) -> SafeString:
        """The date rule, for wide and for narrow screens."""
        return self._with_others(_rules(self._of_all_pages(), get_language()))

    @property
    def days(self) -> SafeString:
        """The days to jump to that are not still to come, and today."""
        shown = (
            self.day if self.day in {self.today, *(mark.day for mark in self.landmarks)} else None
        )
        others = self._of_all_pages().others
        days = _days(self.landmarks, shown, self.today, others, get_language())
        return self._with_others(days)

    def url_on(self, day: date) -> str:
        """The address of the page on a day, seen from the page; "" for days to come."""
        return query_on(day, self.others) if day <= self.today else ""

    def _of_all_pages(self) -> "DateBand":
        """The same band of whatever page that has other parameters, or of any that has none."""
        return replace(self, others=ANY_OTHERS if self.others else "")

    def _with_others(self, html: str) -> SafeString:
        return SafeString(html.replace(ANY_OTHERS, escape(self.others)))


def query_on(day: date, others: str) -> str:
    """The query that leads to a page on a day, with its other parameters, encoded."""
    return f"?{others}&{PARAMETER}={day}" if others else f"?{PARAMETER}={day}"


def landmarks() -> tuple[Landmark, ...]:
    """The days to jump to, in order of time: the treaty's own and the formal meetings."""
    return kept("landmarks", get_language(), make=_landmarks)


def _landmarks() -> tuple[Landmark, ...]:
    fixed = [
        Landmark(EARLIEST, _("Signing in Oslo"), _("Signing, Oslo"), 2),
        Landmark(convention.THIRTIETH_DEPOSIT_ON, _("30th deposit"), _("30th deposit"), 60),
        Landmark(convention.ENTERED_INTO_FORCE_ON, _("Entry into force"), _("In force"), 3),
    ]
    return tuple(sorted([*fixed, *map(_of_meeting, formal_meetings())], key=lambda mark: mark.day))


def _of_meeting(meeting: Meeting) -> Landmark:
    title = f"{meeting.name}, {meeting.city}" if meeting.city else meeting.name
    return Landmark(meeting.ends_on, title, meeting.code)


@lru_cache(maxsize=REMEMBERED)
def _rules(band: DateBand, _language: str | None) -> SafeString:
    rules = (
        _rule(band, "wide", date_rule.WIDE, with_detail=True),
        _rule(band, "narrow", date_rule.NARROW, with_detail=False),
    )
    return SafeString(
        "".join(render_to_string("_partials/date_rule.html", {"rule": rule}) for rule in rules)
    )


@lru_cache(maxsize=REMEMBERED)
def _days(
    landmarks: tuple[Landmark, ...],
    shown: date | None,
    today: date,
    others: str,
    _language: str | None,
) -> SafeString:
    """The list, which all days share that are not in it: `shown` is the page's where it is."""
    context = {
        "marks": [(mark, query_on(mark.day, others)) for mark in landmarks if mark.day <= today],
        "shown": shown,
        "today": today,
        "today_url": query_on(today, others),
    }
    return render_to_string("_partials/landmarks.html", context)


def _rule(band: DateBand, name: str, width: int, *, with_detail: bool) -> DateRule:
    day = band.day
    marks = [
        RuleMark(
            day=mark.day,
            label=mark.short,
            detail=_detail(mark) if with_detail else "",
            url=band.url_on(mark.day),
            priority=_priority(mark, day) if with_detail or mark.is_meeting else 70,
            prefers_end=mark.day == convention.ENTERED_INTO_FORCE_ON,
        )
        for mark in band.landmarks
    ]
    return date_rule.draw(
        day,
        start=date(EARLIEST.year, 12, 1),
        end=date(day.year + 1, 4, 1) if day.month < 11 else date(day.year + 1, 12, 31),
        marks=marks,
        name=name,
        width=width,
        is_mirrored=get_language_bidi(),
    )


def _priority(mark: Landmark, day: date) -> int:
    """Meetings near the day, and among them those to come, are labelled first."""
    if mark.priority is not None:
        return mark.priority
    return min(abs((mark.day - day).days) // 60, 50)


def _detail(mark: Landmark) -> str:
    fixed = mark.day in (EARLIEST, convention.ENTERED_INTO_FORCE_ON)
    return date_format(mark.day, "j M Y" if fixed else "M Y")
