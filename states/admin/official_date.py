"""Official dates of effect in the data entry."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from states.models import OfficialDate
from states.soundness import objections_to_official_date

from .consequences import consequence
from .dates import column
from .names import OfState, StateFilter
from .publication import PublicationFilter, PublishableAdmin
from .record import RecordForm


class OfficialDateForm(RecordForm):
    """An official date must be one that the articles know, even as a draft."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        action = self.cleaned_data.get("treaty_action")
        if action is not None and "takes_effect_on" in self.cleaned_data:
            official = OfficialDate(takes_effect_on=self.cleaned_data["takes_effect_on"])
            for sentence in objections_to_official_date(official, action):
                self.add_error("takes_effect_on", sentence)
        return cleaned


@admin.register(OfficialDate)
class OfficialDateAdmin(OfState, PublishableAdmin):
    state_path = "treaty_action__state"
    form = OfficialDateForm
    list_display = (
        "state_named",
        "treaty_action",
        column("takes_effect_on", _("takes effect on")),
        "consequence",
        "publication",
    )
    list_filter = (PublicationFilter, StateFilter)
    list_select_related = ("treaty_action__state",)
    search_fields = ("reason", "document__title")
    autocomplete_fields = ("treaty_action", "document")
    fields = ("treaty_action", "takes_effect_on", "reason", "document", "place")

    @admin.display(description=_("state"), ordering="state_name")
    def state_named(self, record: Any) -> str:
        return getattr(record, "state_name", None) or str(record.treaty_action.state)

    @admin.display(description=_("consequence"))
    def consequence(self, official: OfficialDate) -> str:
        return consequence(official.treaty_action)
