"""Findings in the data entry: the list, the page of one, fast entry, and retracting."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from actions import entry, publishing
from actions.models import Finding
from states.admin.dates import column
from states.admin.names import OfState
from states.admin.publication import PublicationFilter, publication

from . import entering, retracting
from .base import EntryForm, SoundAdmin


class FindingForm(EntryForm):
    """One finding; the document's date and the indicator's unit need not be typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "reported_on" in self.fields:
            self.fields["reported_on"].required = False
            self.fields["reported_on"].help_text = _("Empty: the document's date.")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned is None or self.errors:
            return cleaned
        # The database would refuse what is left out, before the rules of entry fill it in.
        typed = {
            name: cleaned.get(name)
            for name in ("document", "indicator", "quantity", "unit", "reported_on")
            if name in self.fields
        }
        filled = Finding(**typed)
        entry.complete(filled)
        cleaned |= {name: getattr(filled, name) for name in ("unit", "reported_on")}
        if filled.reported_on is None and "reported_on" in self.fields:
            self.add_error(
                "reported_on",
                _("The document bears no date: say from which day on it was known."),
            )
        return cleaned


class StandingFilter(admin.SimpleListFilter):
    """What stands, or what was retracted."""

    title = gettext_lazy("retraction")
    parameter_name = "retracted"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, Any]]:
        return [("no", gettext_lazy("Standing")), ("yes", gettext_lazy("Retracted"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in {"no", "yes"}:
            return queryset
        return queryset.filter(retracted_at__isnull=self.value() == "no")


@admin.register(Finding)
class FindingAdmin(OfState, SoundAdmin):
    kind = "findings"
    form = FindingForm
    change_list_template = "admin/actions/finding/change_list.html"
    change_form_template = "admin/actions/finding/change_form.html"
    list_display = (
        "actor",
        "indicator",
        "answer",
        "what",
        column("reported_on", gettext_lazy("reported on")),
        "where",
        "publication",
    )
    list_display_links = ("actor", "indicator")
    list_filter = (
        PublicationFilter,
        StandingFilter,
        "answer",
        "indicator__theme",
        "document__kind",
    )
    list_select_related = ("state", "organization", "indicator", "document")
    show_full_result_count = False
    ordering = ("-reported_on", "-pk")
    search_fields = (
        "indicator__code",
        "indicator__title",
        "organization__name",
        "document__title",
        "document__code",
        "label",
        "place",
        "remark",
        "note",
    )
    autocomplete_fields = ("state", "organization", "indicator", "document")
    readonly_fields = ("retraction",)
    fields = (
        ("state", "organization"),
        ("indicator", "answer"),
        ("document", "place"),
        "reported_on",
        ("occurred_not_before", "occurred_not_after", "ended_on"),
        "label",
        ("quantity", "unit", "at_least"),
        "remark",
        "note",
    )
    carried_over = ("state", "organization", "document", "place")
    actions = ("publish_selected", "withdraw_selected", "retract_selected", "reinstate_selected")

    # The list

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        queryset = super().get_queryset(request)
        return queryset.select_related("state", "organization", "indicator", "document")

    @admin.display(description=gettext_lazy("of whom"), ordering="state_name")
    def actor(self, finding: Finding) -> str:
        if finding.organization is not None:
            return str(finding.organization)
        return self.state_named(finding)

    @admin.display(description=gettext_lazy("what"))
    def what(self, finding: Finding) -> str:
        quantity = f"{finding.quantity:f} {finding.unit}" if finding.quantity is not None else ""
        return ", ".join(part for part in (finding.label, quantity) if part)

    @admin.display(description=gettext_lazy("where"), ordering="document")
    def where(self, finding: Finding) -> str:
        title = Truncator(finding.document.title).chars(36)
        return ", ".join(part for part in (title, finding.place) if part)

    def autocomplete_label(self, record: Any) -> str:
        return f"{self.actor(record)}: {record}"

    @admin.display(description=gettext_lazy("publication"))
    def publication(self, record: Any) -> str:
        if record.is_retracted:
            return format_html('<span class="draft">{}</span>', _("retracted"))
        return publication(record)

    # The page

    @admin.display(description=gettext_lazy("retracted"))
    def retraction(self, finding: Finding) -> str:
        if not finding.pk or finding.retracted_at is None:
            return _("no")
        return finding.retraction_reason

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [*super().get_fields(request, obj), *(("retraction",) if obj else ())]

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        field: forms.Field | None = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name == "note":
            field.widget.attrs["rows"] = 2
        return field

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        record = kwargs.get("obj")
        if record is not None and publishing.may_retract(record, request.user):
            context["retract_url"] = "" if record.is_retracted else _retract_url([record.pk])
        return super().render_change_form(request, context, *args, **kwargs)

    def offers(self, request: HttpRequest, record: Any) -> set[str]:
        if record is not None and record.is_retracted:
            return set()
        return super().offers(request, record)

    # Other ways in and out

    def get_urls(self) -> list[URLPattern]:
        pages = (("enter", self.enter_view), ("retract", self.retract_view))
        return [
            *(
                path(f"{name}/", self.admin_site.admin_view(view), name=f"actions_finding_{name}")
                for name, view in pages
            ),
            *super().get_urls(),
        ]

    def enter_view(self, request: HttpRequest) -> HttpResponse:
        """“Enter findings”: from a document, a state or an indicator."""
        return entering.page(request, self)

    def retract_view(self, request: HttpRequest) -> HttpResponse:
        """“Retract findings”: with the reason."""
        return retracting.page(request, self)

    @admin.action(
        description=gettext_lazy("Retract selected findings, with a reason"),
        permissions=["change"],
    )
    def retract_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
        ids = list(queryset.order_by("pk").values_list("pk", flat=True))
        return HttpResponseRedirect(_retract_url(ids))

    @admin.action(
        description=gettext_lazy("Let selected findings stand again"), permissions=["change"]
    )
    def reinstate_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        try:
            changed = publishing.reinstate(findings=queryset, by=request.user)
        except ValidationError as refusal:
            for sentence in (_("Nothing was changed."), *refusal.messages):
                self.message_user(request, sentence, messages.ERROR)
        else:
            self.message_user(request, _reinstated(len(changed)), messages.SUCCESS)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = (extra_context or {}) | {"may_enter": self.has_add_permission(request)}
        response: HttpResponse = super().changelist_view(request, context)
        return response

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        allowed = {
            "document__id__exact",
            "document__id__in",
            "indicator__id__exact",
            "state__id__exact",
        }
        return lookup in allowed or super().lookup_allowed(lookup, value, request)


def _retract_url(ids: Sequence[int]) -> str:
    query = urlencode({retracting.IDS: ",".join(str(pk) for pk in ids)})
    return f"{reverse('admin:actions_finding_retract')}?{query}"


def _reinstated(count: int) -> str:
    return ngettext("%(count)s finding stands again.", "%(count)s findings stand again.", count) % {
        "count": count
    }
