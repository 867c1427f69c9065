"""The page of the deadlines of Articles 3 and 4, and all deadlines as CSV and as a calendar."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ccm_portal.as_of import AsOf
from ccm_portal.exports import csv_response
from ccm_portal.links import Links
from reports import calendar_feed

from . import calendar, shown
from .joined import COLUMNS, AllDeadlinesFilter, Deadlines, rows


def page(request: HttpRequest) -> HttpResponse:
    """Who must destroy stockpiles or clear areas, by when, and who has done so."""
    if request.GET.get("format") == "csv":
        return as_csv(request)
    as_of, deadlines = _load(request)
    links = Links(as_of)
    history = deadlines.reporting.history
    context = {
        "articles": shown.by_article(deadlines.duties, history, links),
        "csv_url": links.to("deadlines_csv"),
        "ics_url": reverse("deadlines_ics"),  # a subscription must not stay on one day
    }
    return render(request, "actions/deadlines.html", context)


def as_csv(request: HttpRequest) -> HttpResponse:
    """The rows of the command `deadlines` that the filters leave, as a CSV file."""
    as_of, deadlines = _load(request)
    form = AllDeadlinesFilter(request.GET, history=deadlines.reporting.history)
    if not form.is_valid():
        return _refusal(request, form)
    return csv_response(
        rows(form.apply(deadlines.all())),
        COLUMNS,
        filename=f"deadlines-{as_of.day.isoformat()}.csv",
    )


def as_ics(request: HttpRequest) -> HttpResponse:
    """Coming deadlines as a calendar: of all states, or of those that the filters leave."""
    as_of, deadlines = _load(request)
    form = AllDeadlinesFilter(request.GET, history=deadlines.reporting.history)
    if not form.is_valid():
        return _refusal(request, form)
    content = calendar_feed.calendar(
        calendar.entries(form.apply(deadlines.all())),
        on=as_of.day,
        name=_("Deadlines, Convention on Cluster Munitions"),
        url_of=lambda slug: request.build_absolute_uri(Links().to("state", slug)),
    )
    disposition = 'attachment; filename="deadlines.ics"'
    return HttpResponse(
        content,
        content_type=calendar_feed.CONTENT_TYPE,
        headers={"Content-Disposition": disposition},
    )


def _load(request: HttpRequest) -> tuple[AsOf, Deadlines]:
    as_of = cast(AsOf, request.as_of)  # type: ignore[attr-defined]
    return as_of, Deadlines.load(as_of.day, language=get_language() or "en")


def _refusal(request: HttpRequest, form: AllDeadlinesFilter) -> HttpResponse:
    """A wrong filter, in a sentence."""
    reason = next(iter(form.errors.values()))[0]
    return render(request, "400.html", {"reason": reason}, status=400)
