"""Contacts in the data entry: personal data, for staff alone."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from states.models import Contact

from .dates import column
from .names import OfState, StateFilter
from .record import RecordAdmin, RecordInline
from .spreadsheets import Spreadsheets

FIELDS = (
    "kind",
    "name",
    "form_of_address",
    "email",
    "language",
    "serves_from",
    "serves_until",
    "note",
)


@admin.register(Contact)
class ContactAdmin(OfState, Spreadsheets, RecordAdmin):
    kind = "contacts"
    list_display = (
        "name",
        "state_named",
        "kind",
        "email",
        column("serves_from", _("from")),
        column("serves_until", _("until")),
    )
    list_filter = ("kind", StateFilter)
    list_select_related = ("state",)
    search_fields = ("name", "email", "note")
    autocomplete_fields = ("state",)
    fields = ("state", *FIELDS)
    carried_over = ("state",)


class ContactInline(RecordInline):
    """Whom the secretariat writes to, on the state's page."""

    model = Contact
    fields = FIELDS
