"""How far the entries are complete, in the data entry: an editor vouches for it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ccm_portal.as_of import today
from reports.coverage import OWED_KINDS, refusals
from reports.models import Coverage
from states.admin.dates import column
from states.admin.record import RecordAdmin, RecordForm

from .spreadsheets import Spreadsheets


class CoverageForm(RecordForm):
    """Nobody can vouch for days to come, nor for reports that nobody owes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields.get("kind")
        if isinstance(kind, forms.ChoiceField):
            kind.choices = [("", "---------"), *OWED_KINDS]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        through = self.cleaned_data.get("complete_through")
        if through is not None:
            for sentence in refusals(complete_through=through, today=today()):
                self.add_error("complete_through", sentence)
        return cleaned


@admin.register(Coverage)
class CoverageAdmin(Spreadsheets, RecordAdmin):
    kind = "coverage"
    form = CoverageForm
    list_display = ("kind", column("complete_through", _("complete through")), "is_kept_up", "note")
    fields = ("kind", "complete_through", "is_kept_up", "note")
