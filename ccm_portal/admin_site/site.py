"""The portal's brand on Django's admin, and lists to choose from that say what is meant."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _


class LabelledAutocomplete(AutocompleteJsonView):
    """Suggestions in the words of the model's admin: its `autocomplete_label(record)`, if any."""

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, Any]:
        result: dict[str, Any] = super().serialize_result(obj, to_field_name)
        label = getattr(self.model_admin, "autocomplete_label", None)
        return result if label is None else result | {"text": label(obj)}


class SecretariatSite(admin.AdminSite):
    """The admin of the Convention's secretariat."""

    site_title = _("CCM secretariat")
    site_header = _("Convention on Cluster Munitions — secretariat")
    index_title = _("Data entry")

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return LabelledAutocomplete.as_view(admin_site=self)(request)  # type: ignore[return-value]
