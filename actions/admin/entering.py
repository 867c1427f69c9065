"""The page of fast entry: choose a document and whom or what it is about, tick, save."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions import publishing, recording
from actions.models import Finding
from ccm_portal.as_of import today
from states.publishing import may_publish

from . import desk

PUBLISH = "_publish"


@dataclass(frozen=True)
class Table:
    """The chosen things in words, and the rows to tick."""

    document: str
    about: str
    common: desk.CommonForm
    groups: tuple[desk.Group, ...]
    is_of_states: bool

    @property
    def has_errors(self) -> bool:
        return any(row.form.errors for group in self.groups for row in group.rows)


def page(request: HttpRequest, model_admin: Any) -> HttpResponse:
    """The page, and what it sends."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    sent = {name: request.GET.get(name, "") for name in desk.CHOSEN}
    is_asked = any(sent.values())
    choosing = desk.ChoosingForm(
        sent if is_asked else None, site=model_admin.admin_site, request=request
    )
    table = None
    if is_asked and choosing.is_valid() and choosing.about:
        table = _table(request, choosing)
        if request.method == "POST":
            answer = _write(request, choosing, table)
            if answer is not None:
                return answer
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Enter findings"),
        "choosing": choosing,
        "table": table,
        "publishes": may_publish(request.user, Finding),
        "media": model_admin.media
        + choosing.media
        + (table.common.media if table else forms.Media()),
    }
    return TemplateResponse(request, "admin/actions/finding/enter.html", context)


def _table(request: HttpRequest, choosing: desk.ChoosingForm) -> Table:
    data = request.POST if request.method == "POST" else None
    document = choosing.cleaned_data["document"]
    initial = {"reported_on": document.published_on}
    return Table(
        document=choosing.label("document"),
        about=choosing.label(choosing.about),
        common=desk.CommonForm(data, initial=initial),
        groups=desk.groups(choosing, today=today(), data=data),
        is_of_states=choosing.about == "indicator",
    )


def _write(request: HttpRequest, choosing: desk.ChoosingForm, table: Table) -> HttpResponse | None:
    """Record what is ticked and lead on; None, with the sentences at their rows, if refused."""
    is_valid = desk.are_valid(table.groups)
    if not (table.common.is_valid() and is_valid):
        messages.error(request, _("Nothing was recorded yet: see the marked rows."))
        return None
    rows = desk.ticked(table.groups)
    if not rows:
        messages.error(request, _("Nothing is ticked."))
        return None
    common = table.common.cleaned_data
    findings = [
        row.finding(
            document=choosing.cleaned_data["document"],
            reported_on=common["reported_on"],
            place=common["place"],
        )
        for row in rows
    ]
    try:
        with transaction.atomic():
            recording.record(findings=findings, today=today(), by=request.user)
            if PUBLISH in request.POST:
                publishing.publish(records=findings, by=request.user)
    except recording.NotRecorded as refusal:
        for refused in refusal.refused:
            for sentence in refused.sentences:
                rows[refused.position].form.add_error(None, sentence)
        messages.error(request, _("Nothing was recorded yet: see the marked rows."))
        return None
    except ValidationError as refusal:
        for sentence in refusal.messages:
            messages.error(request, sentence)
        return None
    messages.success(request, _recorded(request, choosing, table, len(findings)))
    kept = "indicator" if choosing.about == "indicator" else "document"
    query = urlencode({kept: choosing.cleaned_data[kept].pk})
    return HttpResponseRedirect(f"{reverse('admin:actions_finding_enter')}?{query}")


def _recorded(request: HttpRequest, choosing: desk.ChoosingForm, table: Table, count: int) -> str:
    sentence = ngettext(
        "%(count)s finding was recorded: %(document)s, %(about)s.",
        "%(count)s findings were recorded: %(document)s, %(about)s.",
        count,
    ) % {"count": count, "document": table.document, "about": table.about}
    if PUBLISH not in request.POST:
        sentence += " " + ngettext("It is a draft.", "They are drafts.", count)
    query = urlencode({"document__id__exact": choosing.cleaned_data["document"].pk})
    address = f"{reverse('admin:actions_finding_changelist')}?{query}"
    return format_html('{} <a href="{}">{}</a>', sentence, address, _("See them."))
