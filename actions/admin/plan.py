"""Action plans, their themes and their actions in the data entry."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.models import Action, ActionPlan, Theme
from ccm_portal.admin_site.guarded import GuardedForm
from states.admin.dates import column
from states.admin.publication import PublicationFilter
from states.admin.record import RecordAdmin, RecordInline
from states.publishing import may_publish

from .base import EntryForm, SoundAdmin, Spreadsheets


class ThemeInline(RecordInline):
    """The themes of a plan, on its page."""

    model = Theme
    fields = ("order", "code", "name", "chapter", "articles", "complete_through", "note")
    prepopulated_fields = {"code": ("name",)}


@admin.register(ActionPlan)
class ActionPlanAdmin(SoundAdmin):
    kind = "plans"
    list_display = (
        "name",
        "code",
        "adopted_at",
        column("valid_from", gettext_lazy("from")),
        column("valid_until", gettext_lazy("until")),
        "publication",
    )
    list_filter = (PublicationFilter,)
    list_select_related = ("adopted_at",)
    search_fields = ("name", "code", "introduction", "note")
    autocomplete_fields = ("adopted_at", "document")
    fields = (
        ("name", "short_name", "code"),
        ("adopted_at", "valid_from", "valid_until"),
        "document",
        "introduction",
        "note",
    )
    inlines = (ThemeInline,)

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Any = None
    ) -> dict[str, Sequence[str]]:
        return {} if obj else {"code": ("name",)}

    def histories(self, record: Any) -> list[models.QuerySet[Any]]:
        return [record.history.all(), Theme.history.filter(plan_id=record.pk)]


class OfPlanAdmin(Spreadsheets, RecordAdmin):
    """Parts of a plan: once it is published, only those who may publish plans change them."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._is_open(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self._is_open(request, obj)

    def _is_open(self, request: HttpRequest, part: Any) -> bool:
        return part is None or not part.plan.is_published or may_publish(request.user, ActionPlan)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[GuardedForm]:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.may_publish = may_publish(request.user, ActionPlan)  # type: ignore[attr-defined]
        return form


class PartForm(EntryForm):
    """A part of a plan; one of a published plan shows at once."""

    may_publish = False

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        plan = self.cleaned_data.get("plan")
        if plan is not None and plan.is_published and not self.may_publish:
            self.add_error(
                "plan",
                _("This plan is published: only those who may publish it can add to it."),
            )
        return cleaned


@admin.register(Theme)
class ThemeAdmin(OfPlanAdmin):
    kind = "themes"
    form = PartForm
    list_display = (
        "name",
        "plan",
        "order",
        "code",
        "chapter",
        "articles",
        column("complete_through", gettext_lazy("complete through")),
    )
    list_filter = ("plan",)
    list_select_related = ("plan",)
    ordering = ("plan", "order")
    search_fields = ("name", "code", "plan__name", "plan__code")
    autocomplete_fields = ("plan",)
    fields = (
        "plan",
        ("name", "code", "order"),
        ("chapter", "articles", "complete_through"),
        "note",
    )
    carried_over = ("plan",)

    def autocomplete_label(self, record: Any) -> str:
        return f"{record.name} ({record.plan.short_name or record.plan.name})"

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).select_related("plan")  # type: ignore[no-any-return]

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Any = None
    ) -> dict[str, Sequence[str]]:
        return {} if obj else {"code": ("name",)}


@admin.register(Action)
class ActionAdmin(OfPlanAdmin):
    kind = "actions"
    form = PartForm
    list_display = ("number", "plan", "summarised", "theme", "addressees_text", "checked")
    list_display_links = ("number", "summarised")
    list_filter = ("plan", "checked", "theme")
    list_select_related = ("plan", "theme")
    ordering = ("plan", "number")
    search_fields = ("=number", "summary", "addressees_text", "plan__name", "plan__code")
    autocomplete_fields = ("plan", "theme", "by_meeting")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("plan", "number"),
                    "theme",
                    ("chapter", "subsection"),
                    "summary",
                    "checked",
                    "addressees_text",
                    "addressees",
                )
            },
        ),
        (
            gettext_lazy("Time limit: one of these at most"),
            {
                "fields": (
                    "months_from_entry_into_force",
                    ("window_from", "window_until"),
                    "by_meeting",
                    "time_limit",
                )
            },
        ),
        (gettext_lazy("Note"), {"fields": ("note",)}),
    )
    carried_over = ("plan", "theme")

    def autocomplete_label(self, record: Any) -> str:
        plan = record.plan.short_name or record.plan.name
        return f"{plan} {record.number}: {Truncator(record.summary).chars(60)}"

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).select_related("plan")  # type: ignore[no-any-return]

    @admin.display(description=gettext_lazy("working summary"), ordering="summary")
    def summarised(self, action: Action) -> str:
        return Truncator(action.summary).chars(90)
