"""Extensions of deadlines in the data entry."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from states.models import ExtensionDecision

from .dates import column
from .names import OfState, StateFilter
from .publication import PublicationFilter, PublishableAdmin, PublishableInline
from .spreadsheets import Spreadsheets


@admin.register(ExtensionDecision)
class ExtensionDecisionAdmin(OfState, Spreadsheets, PublishableAdmin):
    kind = "extensions"
    list_display = (
        "state_named",
        "article",
        "meeting",
        column("new_deadline", _("new deadline")),
        "publication",
    )
    list_filter = (PublicationFilter, "article", "meeting", StateFilter)
    list_select_related = ("state", "meeting")
    date_hierarchy = "new_deadline"
    search_fields = ("note", "place", "meeting__code", "meeting__name", "document__title")
    autocomplete_fields = ("state", "meeting", "document")
    fields = ("state", "article", "meeting", "new_deadline", "document", "place", "note")
    carried_over = ("meeting", "document")


class ExtensionDecisionInline(PublishableInline):
    """The extensions that a state was granted, on its page."""

    model = ExtensionDecision
    fields = ("article", "meeting", "new_deadline", "publication", "document", "place", "note")
    autocomplete_fields = ("meeting", "document")
