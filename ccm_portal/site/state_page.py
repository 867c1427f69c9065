"""A state's page: every app's section on one state, on one day."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actions.duties import shown
from actions.duties.shown import StateDuties
from actions.evaluation import Evaluation
from actions.sections import finding_rows, findings_section
from ccm_portal.as_of import AsOf
from ccm_portal.charts import world_map
from ccm_portal.exports import Row, csv_response
from ccm_portal.links import Links
from reports.deadlines import Reporting
from reports.sections import ReportingSection, reporting_section
from states import sections
from states.clocks import clocks
from states.models import Region, UNRegionalGroup
from states.register import Register, Standing


@dataclass(frozen=True)
class OwedNext:
    """What a state owes next: until when, and where its page explains it."""

    title: str
    due_on: date
    days_left: str
    url: str


CSV_COLUMNS = ("iso3", "name", "what", "date", "article", "confirmed", "document", "place", "text")


def state(request: HttpRequest, key: str) -> HttpResponse:
    """The page of a state. Its codes and other spellings lead to its one address."""
    as_of: AsOf = request.as_of  # type: ignore[attr-defined]
    register = Register.load(as_of.day, language=get_language() or "en")
    standing = find_state(register, key)
    if standing.state.slug != key:
        return redirect(address_of(request, standing))
    links = Links(as_of)
    facts = standing.state
    reporting = reporting_section(
        Reporting.load(history=register.history), standing, register, links
    )
    duties = shown.of_state(standing, links)
    context = {
        "standing": standing,
        "states": sections.section(register, standing, links),
        "reporting": reporting,
        "duties": duties,
        "owed_next": _owed_next(reporting, duties),
        "findings": findings_section(Evaluation(as_of.day, register.history), standing, links),
        "region": Region(facts.ccm_region).label,
        "un_group": UNRegionalGroup(facts.un_region).label if facts.un_region else "",
        "csv_url": links.to("state_csv", facts.slug),
        "pdf_url": links.to("state_pdf", facts.slug),
        "locator": world_map.locator(
            facts.iso3,
            standing.status.value,
            {other.state.iso3: other.state.name for other in register},
        ),
    }
    return render(request, "site/state.html", context)


def state_csv(request: HttpRequest, key: str) -> HttpResponse:
    """Treaty actions, dates and findings of a state as a CSV file."""
    as_of: AsOf = request.as_of  # type: ignore[attr-defined]
    register = Register.load(as_of.day)
    standing = find_state(register, key)
    name = f"{standing.state.slug}-{as_of.day.isoformat()}.csv"
    said = finding_rows(Evaluation(as_of.day, register.history), standing)
    start = (standing.state.iso3, standing.state.name)
    rows = [*_rows(standing), *((*start, *row) for row in said)]
    return csv_response(rows, CSV_COLUMNS, filename=name)


def _owed_next(reporting: ReportingSection, duties: StateDuties) -> OwedNext | None:
    """The nearest day to come on which something falls due that is known to be owed."""
    coming = [
        OwedNext(item.title, item.deadline.due_on, item.days_left, "#reporting")
        for item in reporting.next
    ]
    coming += [
        OwedNext(item.title, item.duty.due_on, item.left, "#duties")
        for item in duties.duties
        if item.left
    ]
    return min(coming, key=lambda item: item.due_on, default=None)


def find_state(register: Register, key: str) -> Standing:
    """The state of an address, an ISO code or a spelling. Raises `Http404` for none."""
    code = key.upper()
    for standing in register:
        if key.lower() == standing.state.slug:
            return standing
        if code in (standing.state.iso3, standing.state.iso2):
            return standing
    found = register.history.names.find(key.replace("-", " "))
    for standing in register:
        if standing.state.id == found:
            return standing
    raise Http404(_("No State has this address."))


def address_of(request: HttpRequest, standing: Standing, view: str = "state") -> str:
    """The one address of a page on a state, with all that the address asked for besides."""
    query = request.GET.urlencode()
    return Links().to(view, standing.state.slug) + (f"?{query}" if query else "")


def _rows(standing: Standing) -> list[Row]:
    state = standing.state
    actions: list[Row] = [
        (
            state.iso3,
            state.name,
            event.kind,
            event.on,
            "",
            "yes" if event.is_confirmed else "no",
            event.source.title if event.source else "",
            event.source.place if event.source else "",
            event.note,
        )
        for event in standing.events
    ]
    dates: list[Row] = [
        (
            state.iso3,
            state.name,
            clock.kind.value,
            clock.due_on,
            clock.rule.article,
            "",
            clock.source.title if clock.source else "",
            clock.source.place if clock.source else "",
            clock.explanation,
        )
        for clock in clocks(standing)
    ]
    return [*actions, *dates]
