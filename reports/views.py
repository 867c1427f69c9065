"""The public pages of `reports`: the register, who is overdue, one report, and the two feeds."""

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ccm_portal.as_of import AsOf
from ccm_portal.dates import date_format
from ccm_portal.exports import csv_response
from ccm_portal.links import Links
from states.meetings import formal_meetings
from states.models import Region

from . import coming, counts, matrix, overdue, rates, report_page, summary
from .day import SECTION, Day
from .deadlines import Kind, ReportDeadline
from .filters import DeadlineFilter
from .rows import COLUMNS, rows
from .state_of_play import StateOfPlay
from .wording import KIND_LABELS, SHORT_LABELS

FIELDS = ("state", "region", "kind", "year", "state_of_play")


def register(request: HttpRequest) -> HttpResponse:
    """What is due, what arrived and what is late, filtered. Costs eleven queries."""
    day = _day(request)
    if request.GET.get("format") == "csv":
        return register_csv(request)
    form = DeadlineFilter(request.GET, history=day.reporting.history)
    asked = {field: request.GET.get(field, "").strip() for field in FIELDS}
    shown = form.apply(day.deadlines) if form.is_valid() else day.deadlines
    meetings = formal_meetings()
    is_compact = not (asked["year"] or asked["kind"] == Kind.ANNUAL)
    context = {
        "day": day,
        "form": form,
        "asked": asked,
        "rows": shown,
        "summary": summary.build(day),
        "overdue": overdue.build(day),
        "coming": coming.build(day, meetings),
        "rates": rates.build(day, meetings),
        "counts": counts.rows(_all_but_state_of_play(form, day), asked, day.links),
        "matrix": matrix.build(day, shown, is_compact=is_compact),
        "legend": [(play.value, label) for play, label in SHORT_LABELS.items()],
        "evidence": _evidence(day),
        "regions": Region.choices,
        "kinds": [(kind.value, label) for kind, label in KIND_LABELS.items()],
        "years": sorted({deadline.due_on.year for deadline in day.deadlines}),
        "plays": [(play.value, play.label) for play in SHORT_LABELS],
        "is_filtered": any(asked.values()),
        "csv_url": day.links.to("reports:csv", **asked),
        "ics_url": reverse("deadlines_ics"),  # a subscription must not stay on one day
    }
    return render(request, "reports/register.html", context)


def register_csv(request: HttpRequest) -> HttpResponse:
    """The owed reports that match the filters, as a CSV file."""
    day = _day(request)
    form = DeadlineFilter(request.GET, history=day.reporting.history)
    if not form.is_valid():
        return _refusal(request, form)
    return csv_response(
        rows(form.apply(day.deadlines)), COLUMNS, filename=f"reports-{day.on.isoformat()}.csv"
    )


def rates_csv(request: HttpRequest) -> HttpResponse:
    """The numbers behind the chart of reporting over time."""
    day = _day(request)
    found = rates.build(day, ())
    return csv_response(
        rates.rows(found.steps), rates.COLUMNS, filename=f"reporting-{day.on.isoformat()}.csv"
    )


def overdue_list(request: HttpRequest) -> HttpResponse:
    """Who is overdue, since when and why; apart from them the open cases."""
    day = _day(request)
    context = {
        "day": day,
        "overdue": overdue.build(day),
        "cases": overdue.cases(day, StateOfPlay.OVERDUE),
        "open_cases": overdue.cases(day, StateOfPlay.NOT_KNOWN),
        "not_entered": overdue.not_entered(day),
        "coming": coming.build(day, ()),
        "evidence": _evidence(day),
        "csv_url": day.links.to("reports:csv", state_of_play=StateOfPlay.OVERDUE.value),
    }
    return render(request, "reports/overdue.html", context)


def report(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The page of one recorded report. Raises `Http404` for a report that is not recorded."""
    day = _day(request)
    page = report_page.find(day, slug, key)
    if page is None:
        raise Http404(_("No such report is recorded."))
    return render(request, "reports/report.html", {"page": page, "day": day})


def of_state(request: HttpRequest, slug: str) -> HttpResponse:
    """A shortened address: the section on reports of the state's page."""
    as_of = cast(AsOf, request.as_of)  # type: ignore[attr-defined]
    return redirect(f"{Links(as_of).to('state', slug)}#{SECTION}")


def _day(request: HttpRequest) -> Day:
    as_of = cast(AsOf, request.as_of)  # type: ignore[attr-defined]
    return Day.load(as_of.day, Links(as_of), language=get_language() or "en")


def _refusal(request: HttpRequest, form: DeadlineFilter) -> HttpResponse:
    """A wrong filter, in a sentence."""
    reason = next(iter(form.errors.values()))[0]
    return render(request, "400.html", {"reason": reason}, status=400)


def _all_but_state_of_play(form: DeadlineFilter, day: Day) -> tuple[ReportDeadline, ...]:
    """What matches the other filters: the counts tell how those stand."""
    if not form.is_valid():
        return day.deadlines
    wanted = form.cleaned_data["state_of_play"]
    form.cleaned_data["state_of_play"] = ""
    found = form.apply(day.deadlines)
    form.cleaned_data["state_of_play"] = wanted
    return found


def _evidence(day: Day) -> list[str]:
    """Where the evidence of each kind of report ends, in sentences."""
    found = []
    for kind in (Kind.INITIAL, Kind.ANNUAL):
        through = day.complete_through(kind)
        label = KIND_LABELS[kind]
        if through is None and not day.has_entries(kind):
            found.append(
                _("%(kind)s have not been entered: nobody is called late for them.")
                % {"kind": label}
            )
        elif through is None:
            found.append(
                _("%(kind)s have been entered in part: nobody is called late for them.")
                % {"kind": label}
            )
        elif through < day.on:
            found.append(
                _(
                    "%(kind)s have been entered through %(day)s: beyond that day nobody is called "
                    "late or overdue."
                )
                % {"kind": label, "day": date_format(through, "j F Y")}
            )
    return found
