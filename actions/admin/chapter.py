"""A chapter of an edition in the data entry: its prose, and beside it how it reads."""

from dataclasses import replace
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import Textarea
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from actions.editions import checks
from actions.editions.composing import compose
from actions.editions.page import EditionPage
from actions.editions.source import ChapterSource, Source
from actions.models import ProgressReport, ProgressSection
from actions.prose.tags import LONGEST_PROSE
from states.admin.dates import DATE_FIELDS
from states.admin.record import RecordAdmin, RecordForm, has_permission
from states.publishing import may_publish

from .base import Spreadsheets


class ChapterForm(RecordForm):
    """A chapter. A tag with a mistake is kept and told of: nothing of the prose is lost."""

    class Meta:
        model = ProgressSection
        fields = ("report", "position", "numeral", "theme", "heading", "prose")

    def clean_prose(self) -> str:
        prose: str = self.cleaned_data["prose"].replace("\r\n", "\n")
        if len(prose) > LONGEST_PROSE:
            self.add_error("prose", _("A chapter may have 200,000 characters: divide it."))
        return prose


@admin.register(ProgressSection)
class ProgressSectionAdmin(Spreadsheets, RecordAdmin):
    kind = "progress-sections"
    form = ChapterForm
    change_form_template = "admin/actions/progresssection/change_form.html"
    list_display = ("heading", "numeral", "report", "position")
    list_filter = ("report",)
    list_select_related = ("report",)
    search_fields = ("heading", "prose", "report__title", "report__code")
    autocomplete_fields = ("theme",)
    ordering = ("report", "position")
    fields = ("report", ("numeral", "position", "theme"), "heading", "prose")
    formfield_overrides = DATE_FIELDS | {
        models.TextField: {
            "widget": Textarea(attrs={"rows": 28, "class": "prose-source", "spellcheck": "true"})
        }
    }

    def get_urls(self) -> list[URLPattern]:
        preview = self.admin_site.admin_view(self.preview)
        own = [path("preview/", preview, name="actions_progresssection_preview")]
        return [*own, *super().get_urls()]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        section = self.get_object(request, object_id) if object_id else None
        context = extra_context or {}
        if section is not None and request.method == "GET":
            context |= previewed(section.report, ChapterSource.of(section))
        context["preview_url"] = reverse("admin:actions_progresssection_preview")
        return super().changeform_view(request, object_id, form_url, context)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed: bool = super().has_change_permission(request, obj)
        return allowed and (obj is None or may_change(request, obj.report))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed: bool = super().has_delete_permission(request, obj)
        return allowed and (obj is None or may_change(request, obj.report))

    def preview(self, request: HttpRequest) -> HttpResponse:
        """How a chapter reads that is being typed. Writes nothing."""
        if not has_permission(request, "view", ProgressSection):
            raise PermissionDenied
        report = get_object_or_404(ProgressReport, pk=_number(request, "report"))
        typed = ChapterSource(
            position=_number(request, "position") or 1,
            numeral=request.POST.get("numeral", "")[:8],
            heading=request.POST.get("heading", "")[:200],
            theme="",
            prose=request.POST.get("prose", "").replace("\r\n", "\n")[:LONGEST_PROSE],
            slug="preview",
        )
        context = previewed(report, typed)
        return render(request, "admin/actions/progresssection/_preview.html", context)


def may_change(request: HttpRequest, report: ProgressReport) -> bool:
    """A working edition that is shown is changed by those who may show it."""
    return not report.is_published or may_publish(request.user, ProgressReport)


def previewed(report: ProgressReport, typed: ChapterSource) -> dict[str, Any]:
    """How a chapter reads within its edition, what is wrong with it, and what would speak
    against publishing it.
    """
    source = Source.of(report)
    others = [chapter for chapter in source.chapters if chapter.position != typed.position]
    chapters = sorted([*others, typed], key=lambda chapter: chapter.position)
    edition = compose(replace(source, chapters=tuple(chapters)))
    index = chapters.index(typed)
    own = {figure.index for figure in edition.chapters[index].figures}
    objections = [item for item in checks.objections(edition) if item.figure in own]
    return {
        "preview": EditionPage(edition).chapter(edition.chapters[index]),
        "mistakes": [item for item in edition.mistakes if item.chapter == typed.position],
        "other_mistakes": len([m for m in edition.mistakes if m.chapter != typed.position]),
        "objections": objections,
        "language": report.language,
    }


def _number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else 0
