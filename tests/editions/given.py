"""Editions for tests: a small register, a few findings, and prose about them."""

from datetime import date
from typing import Any

from actions.models import ActionPlan, Finding, Indicator, ProgressReport, ProgressSection, Theme
from states.models import Document, Meeting, State
from tests.admin import records

CUT_OFF = date(2011, 8, 20)
NOW = records.NOW


def meetings() -> tuple[Meeting, Meeting]:
    """The First and the Second Meeting of States Parties."""
    return records.meeting("1MSP", "2010-11-12"), records.meeting("2MSP", "2011-09-16")


def report(code: str = "demo", *, names: str = "", **values: Any) -> ProgressReport:
    """An edition between the two meetings, with the cut-off date of 20 August 2011."""
    found = {meeting.code: meeting for meeting in Meeting.objects.all()}
    if "2MSP" not in found:
        found = {meeting.code: meeting for meeting in meetings()}
    return ProgressReport.objects.create(
        code=code,
        **{
            "title": "Demo progress report",
            "from_meeting": found["1MSP"],
            "until_meeting": found["2MSP"],
            "cut_off_on": CUT_OFF,
            "names": names,
        }
        | values,
    )


def chapter(report: ProgressReport, prose: str, **values: Any) -> ProgressSection:
    """The next chapter of an edition."""
    position = report.sections.count() + 1
    return ProgressSection.objects.create(
        report=report,
        prose=prose,
        **{"position": position, "heading": f"Chapter {position}"} | values,
    )


def document(code: str = "statement", *, public: bool = True, **values: Any) -> Document:
    """A statement that can be cited."""
    return Document.objects.create(
        code=code,
        **{"title": f"Title of {code}", "kind": "statement", "is_public": public} | values,
    )


def indicator(code: str = "stockpile.declared", **values: Any) -> Indicator:
    """A published indicator of a published plan."""
    plan, _made = ActionPlan.objects.get_or_create(
        code="plan",
        defaults={"name": "Plan", "valid_from": date(2010, 11, 12), "published_at": NOW},
    )
    theme, _made = Theme.objects.get_or_create(plan=plan, code="theme", defaults={"name": "Theme"})
    return Indicator.objects.create(
        code=code, theme=theme, **{"title": code, "published_at": NOW} | values
    )


def finding(indicator: Indicator, state: State, cited: Document, **values: Any) -> Finding:
    """A published finding, reported before the cut-off date."""
    return Finding.objects.create(
        indicator=indicator,
        state=state,
        document=cited,
        **{"reported_on": date(2011, 6, 1), "published_at": NOW, "place": "page 1"} | values,
    )


def three_parties() -> tuple[State, State, State]:
    """Norway, Japan and Croatia, States Parties by the cut-off date."""
    return (
        records.party("NOR", "Norway"),
        records.party("JPN", "Japan"),
        records.party("HRV", "Croatia"),
    )
