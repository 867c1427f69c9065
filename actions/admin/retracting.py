"""Retracting findings: a page that asks for the reason, which stays with them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from actions import publishing
from actions.models import Finding

IDS = "ids"
"""The query parameter that names the findings, separated by commas."""
MOST = 500


class ReasonForm(forms.Form):
    """Why they are retracted."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=1000,
        widget=AdminTextareaWidget(attrs={"rows": 3, "autofocus": True}),
        help_text=gettext_lazy("Such as: the source was misread. It stays with the finding."),
    )


def page(request: HttpRequest, model_admin: Any) -> HttpResponse:
    """Ask for the reason, and retract."""
    findings = _chosen(request, model_admin)
    if not findings or not all(
        publishing.may_retract(finding, request.user) for finding in findings
    ):
        raise PermissionDenied(
            _("You may not retract these findings, or none was chosen: ask an editor.")
        )
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            changed = publishing.retract(
                findings=findings, reason=form.cleaned_data["reason"], by=request.user
            )
        except ValidationError as refusal:
            for sentence in refusal.messages:
                form.add_error("reason", sentence)
        else:
            messages.success(request, _retracted(len(changed)))
            return HttpResponseRedirect(reverse("admin:actions_finding_changelist"))
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Retract findings"),
        "findings": [(model_admin.autocomplete_label(finding), finding) for finding in findings],
        "form": form,
        "media": model_admin.media,
    }
    return TemplateResponse(request, "admin/actions/finding/retract.html", context)


def _chosen(request: HttpRequest, model_admin: Any) -> list[Finding]:
    ids = [text for text in request.GET.get(IDS, "").split(",") if text.isdecimal()][:MOST]
    return list(
        model_admin.get_queryset(request)
        .filter(pk__in=[int(text) for text in ids if len(text) < 19])
        .select_related("indicator", "document", "organization")
        .order_by("pk")
    )


def _retracted(count: int) -> str:
    return ngettext(
        "%(count)s finding was retracted, for every date.",
        "%(count)s findings were retracted, for every date.",
        count,
    ) % {"count": count}
