"""Treaty actions in the data entry."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from states.models import TreatyAction

from .acts import TreatyActionForm, TreatyActionRows
from .consequences import consequence
from .dates import column
from .names import OfState, StateFilter
from .publication import PublicationFilter, PublishableAdmin, PublishableInline
from .spreadsheets import Spreadsheets


@admin.register(TreatyAction)
class TreatyActionAdmin(OfState, Spreadsheets, PublishableAdmin):
    kind = "treaty-actions"
    form = TreatyActionForm
    list_display = (
        "state_named",
        "kind",
        column("date", _("date")),
        "consequence",
        "certainty",
        "publication",
    )
    list_filter = (PublicationFilter, "kind", "certainty", StateFilter)
    list_select_related = ("state", "official_date")
    date_hierarchy = "date"
    ordering = ("-date", "state")
    search_fields = ("note", "place", "document__title", "document__code")
    autocomplete_fields = ("state", "document")
    fields = ("state", "kind", "date", "certainty", "document", "place", "note", "consequence")
    readonly_fields = ("consequence",)
    carried_over = ("document",)

    @admin.display(description=_("consequence"))
    def consequence(self, action: TreatyAction) -> str:
        return consequence(action) if action.pk else ""


class TreatyActionInline(PublishableInline):
    """What a state did, on its page; what follows stands next to it."""

    model = TreatyAction
    formset = TreatyActionRows
    extra = 1
    fields = (
        "kind",
        "date",
        "consequence",
        "publication",
        "document",
        "place",
        "certainty",
        "note",
    )
    readonly_fields = ("consequence", "publication")
    autocomplete_fields = ("document",)
    ordering = ("date", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("official_date", "state")

    @admin.display(description=_("consequence"))
    def consequence(self, action: TreatyAction) -> str:
        return consequence(action) if action.pk else ""
