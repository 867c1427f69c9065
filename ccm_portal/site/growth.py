"""Growth of membership, for the overview's chart, the table behind it and the CSV."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from ccm_portal.as_of import EARLIEST
from ccm_portal.charts import growth as chart
from ccm_portal.charts.growth import GrowthChart
from ccm_portal.charts.stepped import Landmark
from ccm_portal.dates import date_format
from ccm_portal.links import Links
from states import convention
from states.membership import Membership
from states.models import Meeting

SHORTEST = timedelta(days=30)
"""Below this there is nothing to compare, and a sentence stands for the chart."""

COLUMNS = ("date", "states_parties", "signatories", "joined_or_signed")


@dataclass(frozen=True)
class StepRow:
    """Membership after a day on which it changed: the day leads to the overview of that day."""

    on: date
    url: str
    parties: int
    signatories: int
    joined_or_signed: int


@dataclass(frozen=True)
class Growth:
    """What the chart says in a sentence, and its drawings for wide and for narrow screens."""

    finding: str
    charts: tuple[GrowthChart, ...]
    table: tuple[StepRow, ...]
    parties: int
    signatories: int
    parties_url: str
    total_url: str

    @property
    def total(self) -> int:
        return self.parties + self.signatories


def build(membership: Membership, *, on: date, meetings: Sequence[Meeting], links: Links) -> Growth:
    """The growth of membership from the opening for signature to a day."""
    counts = [
        chart.Count(step.on, step.parties, step.joined_or_signed) for step in membership.steps
    ]
    has_chart = on - EARLIEST >= SHORTEST and bool(counts)
    return Growth(
        finding=_finding(membership, on),
        charts=tuple(
            chart.draw(
                counts,
                _landmarks(on, meetings, links),
                start=EARLIEST,
                end=on,
                is_narrow=is_narrow,
                is_mirrored=get_language_bidi(),
            )
            for is_narrow in (False, True)
            if has_chart
        ),
        table=tuple(_rows_of_table(membership, links)),
        parties=membership.at(on).parties,
        signatories=membership.at(on).signatories,
        parties_url=links.to("states:list", status="party"),
        total_url=links.to("figures", expression="parties | signatories"),
    )


def _rows_of_table(membership: Membership, links: Links) -> Iterator[StepRow]:
    for step in membership.steps:
        url = links.to("home", as_of=step.on.isoformat())
        yield StepRow(step.on, url, step.parties, step.signatories, step.joined_or_signed)


def rows(membership: Membership) -> list[tuple[date, int, int, int]]:
    """The steps as rows of a table, in the order of `COLUMNS`."""
    return [
        (step.on, step.parties, step.signatories, step.joined_or_signed)
        for step in membership.steps
    ]


def _finding(membership: Membership, on: date) -> str:
    now = membership.at(on)
    if not membership.steps:
        return _("No State has signed or joined yet.")
    first = membership.steps[0]
    if on - EARLIEST < SHORTEST:
        return ngettext(
            "%(count)d State signed or joined within the first days.",
            "%(count)d States signed or joined within the first days.",
            now.joined_or_signed,
        ) % {"count": now.joined_or_signed}
    return _("From %(first)d States Parties on %(day)s to %(now)d.") % {
        "first": first.parties,
        "day": date_format(first.on, "j F Y"),
        "now": now.parties,
    }


def _landmarks(on: date, meetings: Sequence[Meeting], links: Links) -> list[Landmark]:
    fixed = [
        (convention.THIRTIETH_DEPOSIT_ON, _("30th deposit"), 2),
        (convention.ENTERED_INTO_FORCE_ON, _("In force"), 1),
    ]
    marks = [
        Landmark(
            day, label, date_format(day, "j M Y"), links.to("home", as_of=day.isoformat()), priority
        )
        for day, label, priority in fixed
    ]
    past = [meeting for meeting in meetings if meeting.ends_on <= on]
    for age, meeting in enumerate(reversed(past)):
        marks.append(
            Landmark(
                meeting.ends_on,
                ", ".join(filter(None, (meeting.code, meeting.city))),
                date_format(meeting.ends_on, "M Y"),
                links.to("home", as_of=meeting.ends_on.isoformat()),
                3 + age,
            )
        )
    return sorted(marks, key=lambda mark: mark.day)
