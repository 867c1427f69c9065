"""What frames every public page: navigation, the date band, how to cite."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.translation import gettext as _

from ccm_portal import data_version
from ccm_portal.as_of import PARAMETER, AsOf
from ccm_portal.kept import kept
from ccm_portal.links import Links
from states.models import TreatyAction

from .date_band import DateBand, landmarks, query_on


@dataclass(frozen=True)
class NavigationItem:
    """An entry of the navigation."""

    title: str
    url: str
    is_current: bool
    is_minor: bool = False


@dataclass(frozen=True)
class Frame:
    """The frame of one request. Costs three queries at most, none where nothing is shown."""

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
        return kept("evidence ends on", make=_latest_treaty_action)

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
        """This page today, seen from the page."""
        return self.date_band.url_on(self.as_of.today)

    @cached_property
    def date_band(self) -> DateBand:
        """The days to jump to, as a list and on the date rule."""
        return DateBand(
            day=self.as_of.day, today=self.as_of.today, others=self._others, landmarks=landmarks()
        )

    @cached_property
    def _others(self) -> str:
        return urlencode(self.kept_parameters)

    def _url_on(self, day: date) -> str:
        return self.request.path + query_on(day, self._others)


def _latest_treaty_action() -> date | None:
    latest: date | None = TreatyAction.objects.published().aggregate(on=Max("date"))["on"]
    return latest
