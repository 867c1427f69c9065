"""The audit trail in the admin, as a list that can be filtered and as CSV."""

import csv
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ccm_portal.exports import CSV_CONTENT_TYPE, neutralise

from .trail import KINDS, Entry, Filters, HistoryModel, entries, pages, places, visible_histories

PER_PAGE = 50
AT_A_TIME = 500
COLUMNS = ("at", "by", "model", "record", "title", "kind", "field", "before", "after", "reason")


class TrailForm(forms.Form):
    """What somebody looks for in the trail."""

    model = forms.ChoiceField(label=_("kind of record"), required=False)
    by = forms.ModelChoiceField(label=_("by"), queryset=User.objects.none(), required=False)
    kind = forms.ChoiceField(
        label=_("what was done"), choices=[("", "---------"), *KINDS.items()], required=False
    )
    since = forms.DateField(
        label=_("from"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    record = forms.CharField(label=_("number of the record"), required=False, max_length=64)

    def __init__(self, histories: dict[str, HistoryModel], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        choices = [
            (label, str(history.instance_type._meta.verbose_name))
            for label, history in histories.items()
        ]
        self.fields["model"].choices = [("", "---------"), *choices]  # type: ignore[attr-defined]
        self.fields["by"].queryset = User.objects.order_by("username")  # type: ignore[attr-defined]

    def filters(self) -> Filters:
        """The filters that were typed; `until` counts the whole day."""
        asked = self.cleaned_data
        until = asked["until"]
        return Filters(
            model=asked["model"],
            by=asked["by"].pk if asked["by"] else None,
            kind=asked["kind"],
            since=_begin(asked["since"]) if asked["since"] else None,
            until=_begin(until) + timedelta(days=1) if until else None,
            record=asked["record"],
        )


def trail(request: HttpRequest) -> HttpResponse:
    """The list of all changes, newest first."""
    histories = _readable(request)
    form = TrailForm(histories, request.GET or {})
    shown: list[Entry] = []
    page = None
    if form.is_valid():
        page = Paginator(places(histories, form.filters()), PER_PAGE).get_page(
            request.GET.get("page")
        )
        shown = entries(histories, page.object_list)
    query = request.GET.copy()
    query.pop("page", None)
    context = admin.site.each_context(request) | {
        "title": _("Changes"),
        "form": form,
        "page": page,
        "entries": shown,
        "kinds": KINDS,
        "query": query.urlencode(),
    }
    return render(request, "admin/audit.html", context)


def trail_csv(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The same entries as CSV, a row for each field that changed; nothing runs as a formula."""
    histories = _readable(request)
    form = TrailForm(histories, request.GET or {})
    if not form.is_valid():
        return render(request, "400.html", {"reason": _("A filter is wrong.")}, status=400)
    name = f"changes-{timezone.now():%Y-%m-%d}.csv"
    return StreamingHttpResponse(
        _lines(pages(histories, form.filters(), size=AT_A_TIME)),
        content_type=CSV_CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _readable(request: HttpRequest) -> dict[str, HistoryModel]:
    assert isinstance(request.user, User)
    histories = visible_histories(request.user)
    if not histories:
        raise PermissionDenied
    return histories


def _lines(found: Iterator[Entry]) -> Iterator[str]:
    yield _line(COLUMNS)
    for entry in found:
        told = (
            *(entry.at.isoformat(timespec="seconds"), entry.by or "", entry.model),
            *(entry.record, entry.title, str(KINDS[entry.kind])),
        )
        for change in entry.changes:
            yield _line((*told, change.field, change.before, change.after, entry.reason))
        if not entry.changes:
            yield _line((*told, "", "", "", entry.reason))


def _line(cells: Iterable[str]) -> str:
    written = StringIO()
    csv.writer(written).writerow([neutralise(cell) for cell in cells])
    return written.getvalue()


def _begin(day: Any) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
