"""Names of states in the data entry."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from states.models import StateName

from .dates import column
from .names import OfState, StateFilter
from .publication import PublicationFilter, PublishableAdmin, PublishableInline
from .spreadsheets import Spreadsheets


@admin.register(StateName)
class StateNameAdmin(OfState, Spreadsheets, PublishableAdmin):
    kind = "names"
    list_display = (
        "name",
        "state_named",
        "kind",
        "language",
        column("valid_from", _("from")),
        column("valid_until", _("until")),
        "publication",
    )
    list_filter = (PublicationFilter, "kind", "language", StateFilter)
    list_select_related = ("state",)
    search_fields = ("name",)
    autocomplete_fields = ("state",)
    fields = ("state", "kind", "language", "name", "valid_from", "valid_until", "source")
    carried_over = ("state", "source")


class StateNameInline(PublishableInline):
    """What a state is called, on its page."""

    model = StateName
    fields = (
        "kind",
        "language",
        "name",
        "valid_from",
        "valid_until",
        "publication",
        "source",
    )
