"""Stages, templates, letterheads and the sending of letters, as staff edit them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.admin.spreadsheets import Spreadsheets
from reports.letters.languages import FALLBACK
from reports.letters.placeholders import PLACEHOLDERS
from reports.models import Letterhead, LetterSettings, LetterStage, LetterTemplate, LetterText
from states.admin.dates import column
from states.admin.record import RecordAdmin, RecordForm, RecordInline

from .heading import LETTERS


class StageForm(RecordForm):
    """Two stages on one day would leave open which letter goes out."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        template = cleaned.get("template")
        if template and not template.texts.filter(language=FALLBACK).exists():
            self.add_error("template", _("This template has no text in English yet: write one."))
        days = cleaned.get("days")
        if days is None or not cleaned.get("is_active"):
            return cleaned
        others = LetterStage.objects.in_use().filter(days=days).exclude(pk=self.instance.pk)
        for kind in ("initial", "annual"):
            if cleaned.get(f"for_{kind}") and others.filter(**{f"for_{kind}": True}).exists():
                self.add_error(
                    "days",
                    _("Another stage in use stands on this day already, for the same reports."),
                )
                break
        return cleaned


@admin.register(LetterStage)
class LetterStageAdmin(Spreadsheets, RecordAdmin):
    index_heading = LETTERS
    kind = "letter-stages"
    form = StageForm
    list_display = (
        "name",
        "days",
        "repeat_every",
        "for_initial",
        "for_annual",
        "template",
        "needs_approval",
        "is_active",
    )
    list_select_related = ("template",)
    list_filter = ("is_active", "needs_approval", "for_initial", "for_annual")
    ordering = ("days", "code")
    fields = (
        ("name", "code"),
        ("days", "repeat_every"),
        ("for_initial", "for_annual"),
        "template",
        ("addressed_to", "copy_to_focal_points"),
        "copy_to",
        ("needs_approval", "is_active"),
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        used = obj is not None and obj.letters.exists()
        return super().has_delete_permission(request, obj) and not used


class TextsInEveryCase(BaseInlineFormSet):  # type: ignore[type-arg]
    """A template keeps its English text, on which every letter can fall back."""

    def clean(self) -> None:
        super().clean()
        kept = [
            form.cleaned_data.get("language")
            for form in self.forms
            if getattr(form, "cleaned_data", None) and not form.cleaned_data.get("DELETE")
        ]
        if FALLBACK not in kept:
            raise ValidationError(
                _("A template needs a text in English, for states without another language.")
            )


class LetterTextInline(RecordInline):
    """What a template says in one language."""

    model = LetterText
    formset = TextsInEveryCase
    show_change_link = False
    fields = ("language", "subject", "body")

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name == "body":
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 14, "cols": 80, "dir": "auto"})
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name == "subject":
            field.widget.attrs |= {"dir": "auto"}
        return field


@admin.register(LetterTemplate)
class LetterTemplateAdmin(Spreadsheets, RecordAdmin):
    index_heading = LETTERS
    kind = "letter-templates"
    list_display = ("name", "code", "languages")
    inlines = (LetterTextInline,)
    fields = (("name", "code"), "note", "placeholders")
    readonly_fields = ("placeholders",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[LetterTemplate]:
        templates: QuerySet[LetterTemplate] = super().get_queryset(request)
        return templates.prefetch_related("texts")

    def histories(self, record: Any) -> list[QuerySet[Any]]:
        return [record.history.all(), LetterText.history.filter(template_id=record.pk)]

    @admin.display(description=gettext_lazy("languages"))
    def languages(self, template: LetterTemplate) -> str:
        return ", ".join(text.language for text in template.texts.all())

    @admin.display(description=gettext_lazy("placeholders"))
    def placeholders(self, template: LetterTemplate) -> str:
        rows = format_html_join(
            "",
            "<dt><code>{{{}}}</code></dt><dd>{}</dd>",
            ((name, words) for name, words in PLACEHOLDERS.items()),
        )
        return format_html('<dl class="letter-placeholders">{}</dl>', rows)


@admin.register(Letterhead)
class LetterheadAdmin(Spreadsheets, RecordAdmin):
    index_heading = LETTERS
    kind = "letterheads"
    list_display = ("language", "organization", "signatory_name", "guide_url", "forms_url")
    fields = (
        "language",
        "organization",
        "address",
        ("signatory_name", "signatory_title"),
        "guide_url",
        "forms_url",
        "help_contact",
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_fallback = obj is not None and obj.language == FALLBACK
        return super().has_delete_permission(request, obj) and not is_fallback


class SettingsForm(RecordForm):
    """Reminders need somebody who writes them."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if cleaned.get("reminders_from") and not cleaned.get("sender_email"):
            self.add_error("sender_email", _("Give the address from which letters are sent."))
        return cleaned


@admin.register(LetterSettings)
class LetterSettingsAdmin(RecordAdmin):
    """One row: the list leads straight to it."""

    index_heading = LETTERS
    form = SettingsForm
    list_display = ("__str__", column("reminders_from", gettext_lazy("reminders from")))
    fields = (
        "reminders_from",
        ("sender_name", "sender_email"),
        "reply_to",
        "warn_email",
        "number_format",
    )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        stored = LetterSettings.objects.first()
        if stored is None and self.has_add_permission(request):
            return HttpResponseRedirect(reverse("admin:reports_lettersettings_add"))
        if stored is not None and self.has_view_permission(request):
            return HttpResponseRedirect(
                reverse("admin:reports_lettersettings_change", args=[stored.pk])
            )
        page: HttpResponse = super().changelist_view(request, extra_context)
        return page

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not LetterSettings.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.pk = 1
        super().save_model(request, obj, form, change)
