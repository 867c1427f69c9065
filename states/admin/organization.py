"""Organisations and offices in the data entry."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from states.models import Organization

from .record import RecordAdmin
from .spreadsheets import Spreadsheets


@admin.register(Organization)
class OrganizationAdmin(Spreadsheets, RecordAdmin):
    kind = "organizations"
    list_display = ("name", "code", "kind")
    list_filter = ("kind",)
    search_fields = ("name", "code", "note")
    fields = ("name", "code", "kind", "note")

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Any = None
    ) -> dict[str, Sequence[str]]:
        # Only at first: imports cite the code, so it stays when the name changes.
        return {} if obj else {"code": ("name",)}
