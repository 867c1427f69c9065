"""Indicators in the data entry."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from actions.models import Indicator
from states.admin.publication import PublicationFilter

from .base import EntryForm, SoundAdmin


@admin.register(Indicator)
class IndicatorAdmin(SoundAdmin):
    kind = "indicators"
    form = EntryForm
    list_display = ("title", "code", "kind", "theme", "article", "role", "publication")
    list_filter = (PublicationFilter, "theme__plan", "kind", "role", "theme")
    list_select_related = ("theme__plan",)
    ordering = ("theme__plan", "theme__order", "order", "code")
    search_fields = ("code", "title", "explanation", "note")
    autocomplete_fields = ("theme", "actions")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "code",
                    "title",
                    "explanation",
                    ("kind", "unit"),
                    ("theme", "order"),
                    "article",
                    "actions",
                )
            },
        ),
        (_("On a state's page"), {"fields": ("sentence_yes", "sentence_no")}),
        (
            _("Duties, and what Article 7 reports propose"),
            {"fields": ("role", "yes_from", "no_from")},
        ),
        (_("Note"), {"fields": ("note",)}),
    )
    carried_over = ("theme", "kind", "unit", "article")

    def autocomplete_label(self, record: Any) -> str:
        return f"{record.title} ({record.code})"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Sequence[str]:
        # Expressions, findings and editions cite the code.
        return [*super().get_readonly_fields(request, obj), *(("code",) if obj else ())]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        (heading, first), *others = fieldsets
        return [(heading, first | {"fields": (*first["fields"], "publication")}), *others]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        related: Any = self.admin_site._registry[db_field.remote_field.model]
        kwargs["queryset"] = related.get_queryset(request)
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field is not None:
            field.label_from_instance = related.autocomplete_label
        return field

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).select_related("theme")  # type: ignore[no-any-return]
