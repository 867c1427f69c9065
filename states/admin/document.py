"""Documents in the data entry."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from states.models import Document
from states.publishing import publish, withdraw

from .dates import DATE_FIELDS, column
from .document_file import DocumentFileInline, replaced_files
from .publication import PublicationFilter, PublishableAdmin
from .spreadsheets import Spreadsheets


@admin.register(Document)
class DocumentAdmin(Spreadsheets, PublishableAdmin):
    """Here to publish means to make public; the rules are the same."""

    kind = "documents"
    formfield_overrides = DATE_FIELDS | {models.URLField: {"assume_scheme": "https"}}
    publish_label = _("Save and make public")
    withdraw_label = _("Save and make no longer public")
    list_display = (
        "title",
        "code",
        "kind",
        "author",
        column("published_on", _("date")),
        "publication",
    )
    list_filter = (PublicationFilter, "kind", "language")
    date_hierarchy = "published_on"
    search_fields = ("title", "code", "author", "note")
    fields = ("title", "code", "kind", "author", "language", "published_on", "url", "note", "older")
    readonly_fields = ("older",)
    inlines = (DocumentFileInline,)
    carried_over = ("kind", "author", "language")

    @admin.action(description=_("Make selected documents public"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.switch(request, queryset, publish, _public)

    @admin.action(description=_("Make selected documents not public"), permissions=["publish"])
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.switch(request, queryset, withdraw, _not_public)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        formset.by = request.user
        super().save_formset(request, form, formset, change)

    @admin.display(description=_("replaced files"))
    def older(self, document: Document) -> str:
        return (replaced_files(document) if document.pk else "") or gettext("none")

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Any = None
    ) -> dict[str, Sequence[str]]:
        # Only at first: imports cite the code, so it stays when the title changes.
        return {} if obj else {"code": ("title",)}


def _public(count: int) -> str:
    return ngettext(
        "%(count)s document is public now.", "%(count)s documents are public now.", count
    ) % {"count": count}


def _not_public(count: int) -> str:
    return ngettext(
        "%(count)s document is no longer public.",
        "%(count)s documents are no longer public.",
        count,
    ) % {"count": count}
