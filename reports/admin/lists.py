"""Lists of all forms and of all quantities: to look through, export and import.

They are entered and corrected on the page of their report, where its publication is known.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from reports.models import DeclaredQuantity, FormEntry
from states.admin.names import OfState, StateFilter
from states.admin.record import RecordAdmin

from .spreadsheets import Spreadsheets


class OfReport(OfState, Spreadsheets, RecordAdmin):
    """A list of what reports say; nothing is changed here but by an import."""

    state_path = "report__state"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("state"), ordering="state_name")
    def state_named(self, record: Any) -> str:
        return getattr(record, "state_name", None) or str(record.report.state)


@admin.register(FormEntry)
class FormEntryAdmin(OfReport):
    kind = "form-entries"
    list_display = ("state_named", "report", "form", "answer", "unchanged_since", "sentence")
    list_filter = ("answer", "form", "report__kind", StateFilter)
    list_select_related = ("report__state",)
    search_fields = ("sentence",)
    fields = ("report", "form", "answer", "unchanged_since", "sentence")


@admin.register(DeclaredQuantity)
class DeclaredQuantityAdmin(OfReport):
    kind = "quantities"
    list_display = ("state_named", "report", "form", "subject", "type", "quantity", "unit")
    list_filter = ("subject", "unit", "form", "report__kind", StateFilter)
    list_select_related = ("report__state",)
    search_fields = ("type", "place", "note")
    fields = (
        "report",
        "form",
        "subject",
        "type",
        ("quantity", "unit"),
        ("period_from", "period_to"),
        "place",
        "note",
    )
