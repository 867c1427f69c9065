"""What frames every public page: navigation, the date band, the landmarks, how to cite."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from ccm_portal import data_version
from ccm_portal.as_of import EARLIEST, PARAMETER, AsOf
from ccm_portal.charts import date_rule
from ccm_portal.charts.date_rule import DateRule, RuleMark
from ccm_portal.dates import date_format
from ccm_portal.links import Links
from states import convention
from states.models import Meeting, TreatyAction


@dataclass(frozen=True)
class NavigationItem:
    """An entry of the navigation."""

    title: str
    url: str
    is_current: bool
    is_minor: bool = False


@dataclass(frozen=True)
class Landmark:
    """A day that readers ask for, and this page's address on it; `url` is "" for days to come."""

    day: date
    title: str
    short: str
    url: str
    priority: int = 0
    is_shown: bool = False
    is_meeting: bool = False


@dataclass(frozen=True)
class Frame:
    """The frame of one request. Costs three queries, and none where nothing of it is shown."""

    request: HttpRequest
    as_of: AsOf

    @cached_property
    def navigation(self) -> list[NavigationItem]:
        links = Links(self.as_of)
        match = getattr(self.request, "resolver_match", None)
        current = match.view_name if match else ""
        return [
            NavigationItem(title, links.to(view), current in views, is_minor)
            for title, view, views, is_minor in self._entries()
        ]

    @property
    def minor_navigation(self) -> list[NavigationItem]:
        """The entries that wide screens show in the footer."""
        return [item for item in self.navigation if item.is_minor]

    @staticmethod
    def _entries() -> tuple[tuple[str, str, tuple[str, ...], bool], ...]:
        """Title, view, the views that belong to it, and whether it is a minor one."""
        reports = ("reports:register", "reports:overdue", "reports:report", "deadlines")
        edition = ("editions:edition", "editions:chapter", "editions:changes")
        editions = ("editions:list", *edition, "reconciliation:page")
        plans = ("actions:plans", "actions:plan", "actions:action")
        return (
            (_("Overview"), "home", ("home",), False),
            (_("States"), "states:list", ("states:list", "state"), False),
            (_("Reports"), "reports:register", reports, False),
            (_("Themes"), "themes", ("themes", "theme"), False),
            (_("Progress reports"), "editions:list", editions, False),
            (_("Explore"), "figures", ("figures",), False),
            (_("Data"), "data", ("data", "v1:docs"), False),
            (_("Action plans"), "actions:plans", plans, True),
            (_("Meetings"), "states:meetings", ("states:meetings",), True),
            (_("About"), "about", ("about", "accessibility"), True),
        )

    @property
    def is_set_by_portal(self) -> bool:
        """Whether the day is neither the reader's choice nor today."""
        return not self.as_of.is_chosen and settings.PORTAL_DATE is not None

    @cached_property
    def data_version(self) -> int:
        """The version of the data that the page shows."""
        version = getattr(self.request, "data_version", None) or data_version.current()
        return version.number

    @cached_property
    def evidence_ends_on(self) -> date | None:
        """The day of the latest treaty action on record, or None for an empty register."""
        latest: date | None = TreatyAction.objects.published().aggregate(on=Max("date"))["on"]
        return latest

    @property
    def is_beyond_evidence(self) -> bool:
        return self.evidence_ends_on is not None and self.as_of.day > self.evidence_ends_on

    @cached_property
    def kept_parameters(self) -> list[tuple[str, str]]:
        """The page's other parameters, which a change of date must not lose."""
        return [
            (name, value)
            for name, values in self.request.GET.lists()
            for value in values
            if name != PARAMETER
        ]

    @cached_property
    def permalink(self) -> str:
        """The absolute address of this page on this day, to be cited."""
        return self.request.build_absolute_uri(self._url_on(self.as_of.day))

    @property
    def share_image(self) -> str:
        """The absolute address of the picture that goes with a link to the portal."""
        return self.request.build_absolute_uri(static("images/share.png"))

    @cached_property
    def home_permalink(self) -> str:
        """The absolute address of the overview on this day."""
        home = Links(AsOf(self.as_of.day, is_chosen=True, today=self.as_of.today)).to("home")
        return self.request.build_absolute_uri(home)

    @cached_property
    def permalink_text(self) -> str:
        return "…" + self._url_on(self.as_of.day)

    @property
    def today_url(self) -> str:
        return self._url_on(self.as_of.today)

    @cached_property
    def landmarks(self) -> list[Landmark]:
        """The days to jump to, in order of time: the treaty's own and the formal meetings."""
        fixed = [
            (EARLIEST, _("Signing in Oslo"), _("Signing, Oslo"), 2),
            (convention.THIRTIETH_DEPOSIT_ON, _("30th deposit"), _("30th deposit"), 60),
            (convention.ENTERED_INTO_FORCE_ON, _("Entry into force"), _("In force"), 3),
        ]
        marks = [
            self._landmark(day, title, short, priority) for day, title, short, priority in fixed
        ]
        marks += [self._of_meeting(meeting) for meeting in self._meetings]
        return sorted(marks, key=lambda mark: mark.day)

    @property
    def rules(self) -> tuple[DateRule, DateRule]:
        """The date rule for wide and for narrow screens."""
        return (
            self._rule("wide", date_rule.WIDE, with_detail=True),
            self._rule("narrow", date_rule.NARROW, with_detail=False),
        )

    @cached_property
    def _meetings(self) -> list[Meeting]:
        formal = (Meeting.Kind.MSP, Meeting.Kind.REVIEW_CONFERENCE)
        return list(Meeting.objects.published().filter(kind__in=formal).order_by("ends_on"))

    def _of_meeting(self, meeting: Meeting) -> Landmark:
        """Meetings near the day, and among them those to come, are labelled first."""
        distance = abs((meeting.ends_on - self.as_of.day).days)
        title = f"{meeting.name}, {meeting.city}" if meeting.city else meeting.name
        return self._landmark(
            meeting.ends_on, title, meeting.code, min(distance // 60, 50), is_meeting=True
        )

    def _landmark(
        self, day: date, title: str, short: str, priority: int, *, is_meeting: bool = False
    ) -> Landmark:
        return Landmark(
            day=day,
            title=title,
            short=short,
            url=self._url_on(day) if day <= self.as_of.today else "",
            priority=priority,
            is_shown=day == self.as_of.day,
            is_meeting=is_meeting,
        )

    def _url_on(self, day: date) -> str:
        query = self.request.GET.copy()
        query[PARAMETER] = day.isoformat()
        return f"{self.request.path}?{query.urlencode()}"

    def _rule(self, name: str, width: int, *, with_detail: bool) -> DateRule:
        day = self.as_of.day
        marks = [
            RuleMark(
                day=mark.day,
                label=mark.short,
                detail=_detail(mark) if with_detail else "",
                url=mark.url,
                priority=mark.priority if with_detail or mark.is_meeting else 70,
                prefers_end=mark.day == convention.ENTERED_INTO_FORCE_ON,
            )
            for mark in self.landmarks
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


def _detail(mark: Landmark) -> str:
    fixed = mark.day in (EARLIEST, convention.ENTERED_INTO_FORCE_ON)
    return date_format(mark.day, "j M Y" if fixed else "M Y")
