"""A state's page to hold up or to hand out: one PDF file, with the date and the sources."""

from datetime import UTC, datetime, time
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.html import strip_tags
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from actions import wording
from actions.duties import shown
from actions.models import Finding
from ccm_portal.as_of import AsOf
from ccm_portal.dates import date_format
from ccm_portal.links import Links
from ccm_portal.typesetting import typeset
from reports.deadlines import Reporting
from reports.sections import reporting_section
from states import sections
from states.models import Region
from states.register import Register, Source, Standing

from .frame import Frame
from .state_page import find_state

DOCUMENT = Path(settings.BASE_DIR) / "templates" / "site" / "state.typ"


def state_pdf(request: HttpRequest, key: str) -> HttpResponse:
    """The page of a state as a PDF file, the same bytes for the same data and date."""
    as_of: AsOf = request.as_of  # type: ignore[attr-defined]
    register = Register.load(as_of.day, language=get_language() or "en")
    standing = find_state(register, key)
    frame = Frame(request, as_of)
    content = _content(register, standing, as_of)
    content |= {
        "day": _day(as_of.day),
        "address": request.build_absolute_uri(
            Links(AsOf(as_of.day, is_chosen=True, today=as_of.today)).to(
                "state", standing.state.slug
            )
        ),
        "version": str(frame.data_version),
    }
    made = datetime.combine(as_of.day, time(), tzinfo=UTC)
    name = f"{standing.state.slug}-{as_of.day.isoformat()}.pdf"
    return HttpResponse(
        typeset(DOCUMENT, content, at=made),
        content_type="application/pdf",
        headers={"Content-Disposition": content_disposition_header(True, name) or "attachment"},
    )


def _content(register: Register, standing: Standing, as_of: AsOf) -> dict[str, object]:
    """Everything that the file says, as texts. Costs as many queries as the page."""
    links = Links(as_of)
    section = sections.section(register, standing, links)
    return {
        "language": get_language() or "en",
        "is_rtl": get_language_bidi(),
        "name": standing.state.name,
        "formal_name": standing.state.formal_name,
        "status": standing.status.value,
        "sentence": strip_tags(section.sentence),
        "region": str(Region(standing.state.ccm_region).label),
        "facts": [
            [fact.title, fact.value, _("one of %(count)s") % {"count": fact.number.count}]
            for fact in section.facts
        ],
        "words": _words(),
        "owed": _owed(register, standing, links),
        **_findings(standing),
        "acts": [[event.label, _day(event.on), _cited(event.source)] for event in standing.events],
    }


def _words() -> dict[str, str]:
    return {
        "convention": _("Convention on Cluster Munitions"),
        "subtitle": _("Status and implementation"),
        "as_at": _("As at"),
        "owed": _("What it owes"),
        "owed_none": _("No date follows for this State."),
        "due": _("Due"),
        "stands": _("How it stands"),
        "findings": _("What it has reported or said"),
        "documents": _("Documents"),
        "findings_none": _("No published document is recorded by this date."),
        "acts": _("Treaty actions"),
        "acts_none": _("No treaty action is recorded by this date."),
        "cite": _("Secretariat of the Convention on Cluster Munitions, Status and implementation"),
        "version": _("Data version"),
    }


def _owed(register: Register, standing: Standing, links: Links) -> list[list[str]]:
    """Reports and the duties of Articles 3 and 4: title, day, how it stands."""
    reporting = Reporting.load(history=register.history)
    reports = reporting_section(reporting, standing, register, links)
    duties = shown.of_state(standing, links).duties
    rows = [
        (item.deadline.due_on, item.title, item.stands)
        for item in (*reports.reports, *reports.next)
    ]
    rows += [(item.duty.due_on, item.title, item.stands) for item in duties]
    return [[title, _day(due), stands] for due, title, stands in sorted(rows)]


def _findings(standing: Standing) -> dict[str, object]:
    """Published findings of the day by theme, each with the places to look in. One query.

    Documents are listed once and named by their number.
    """
    found = (
        Finding.objects.standing(standing.on)
        .filter(state_id=standing.state.id)
        .select_related("indicator", "indicator__theme", "document")
        .order_by("indicator__theme__order", "indicator__order", "indicator__code", "pk")
    )
    numbers: dict[str, int] = {}
    themes: dict[str, dict[str, list[str]]] = {}
    for finding in found:
        number = numbers.setdefault(finding.document.title, len(numbers) + 1)
        place = ", ".join(part for part in (f"[{number}]", finding.place) if part)
        said = themes.setdefault(finding.indicator.theme.name, {})
        said.setdefault(wording.sentence(finding), []).append(place)
    return {
        "findings": [
            {"theme": theme, "rows": [[text, "; ".join(at)] for text, at in said.items()]}
            for theme, said in themes.items()
        ],
        "documents": [[f"[{number}]", title] for title, number in numbers.items()],
    }


def _cited(source: Source | None) -> str:
    if source is None:
        return _("No source is recorded")
    if not source.is_public:
        return _("A document that is not public")
    return ", ".join(part for part in (source.title, source.place) if part)


def _day(day: object) -> str:
    return date_format(day, "j F Y")  # type: ignore[arg-type]
