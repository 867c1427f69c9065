"""Meetings in the data entry."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from states.models import Meeting

from .dates import column
from .publication import PublicationFilter, PublishableAdmin
from .spreadsheets import Spreadsheets


@admin.register(Meeting)
class MeetingAdmin(Spreadsheets, PublishableAdmin):
    kind = "meetings"
    list_display = (
        "code",
        "name",
        "kind",
        "city",
        column("starts_on", _("first day")),
        column("ends_on", _("last day")),
        "publication",
    )
    list_filter = (PublicationFilter, "kind", "certainty")
    date_hierarchy = "starts_on"
    ordering = ("-starts_on",)
    search_fields = ("code", "name", "city", "president", "note")
    autocomplete_fields = ("country", "document")
    fields = (
        "code",
        "kind",
        "number",
        "name",
        ("starts_on", "ends_on"),
        "city",
        "country",
        "president",
        "certainty",
        "document",
        "note",
    )
    carried_over = ("kind", "document")

    def autocomplete_label(self, record: Any) -> str:
        return f"{record.code}: {record.name}"
