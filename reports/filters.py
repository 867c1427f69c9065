"""The one filter over owed reports, for the page, the CSV, the API, the admin and the jobs."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from states.models import Region
from states.register import History, Standing

from .deadlines import ARTICLES
from .models import TransparencyReport
from .state_of_play import StateOfPlay

UNKNOWN_CHOICE = {
    "invalid_choice": _("“%(value)s” is not known here: choose one of those that are offered.")
}
YEAR_OUT_OF_RANGE = _("Give the year as a number from 2008 to 2200.")
KINDS = [(value, label) for value, label in TransparencyReport.Kind.choices if value in ARTICLES]


class Owed(Protocol):
    """What a filter needs to know of a deadline."""

    @property
    def standing(self) -> Standing: ...
    @property
    def kind(self) -> str: ...
    @property
    def due_on(self) -> date: ...
    @property
    def state_of_play(self) -> Any: ...


AnyOwed = TypeVar("AnyOwed", bound=Owed)


class DeadlineFilter(forms.Form):
    """Which owed reports to show. Every field may be left empty."""

    state = forms.CharField(
        label=_("State"), required=False, help_text=_("An ISO code or any spelling of the name.")
    )
    region = forms.ChoiceField(
        label=_("Region"),
        required=False,
        choices=[("", _("All regions")), *Region.choices],
        error_messages=UNKNOWN_CHOICE,
    )
    kind = forms.ChoiceField(
        label=_("Report"),
        required=False,
        choices=[("", _("Initial and annual")), *KINDS],
        error_messages=UNKNOWN_CHOICE,
    )
    year = forms.IntegerField(
        label=_("Year"),
        required=False,
        min_value=2008,
        max_value=2200,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), YEAR_OUT_OF_RANGE),
        help_text=_("The calendar year in which the report fell due."),
    )
    state_of_play = forms.ChoiceField(
        label=_("State of play"),
        required=False,
        choices=[("", _("All")), *StateOfPlay.choices],
        error_messages=UNKNOWN_CHOICE,
    )

    def __init__(self, *args: Any, history: History, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.history = history

    def clean_state(self) -> frozenset[int] | None:
        """The ids of the states meant, None for all. An unknown name suggests the nearest ones."""
        text = str(self.cleaned_data["state"]).strip()
        if not text:
            return None
        names = self.history.names
        codes = {state.iso3: state.pk for state in self.history.states}
        found = codes.get(text.upper()) or names.find(text)
        matches = frozenset({found}) if found else names.containing(text)
        if not matches:
            nearest = ", ".join(names.suggestions(text))
            raise forms.ValidationError(
                _("No state is called “%(name)s”. Did you mean: %(nearest)s?")
                if nearest
                else _("No state is called “%(name)s”."),
                params={"name": text, "nearest": nearest},
            )
        return matches

    def apply(self, deadlines: Iterable[AnyOwed]) -> tuple[AnyOwed, ...]:
        """The deadlines that pass. The form must be valid."""
        wanted = self.cleaned_data
        return tuple(
            deadline
            for deadline in deadlines
            if (wanted["state"] is None or deadline.standing.state.id in wanted["state"])
            and wanted["region"] in {"", deadline.standing.state.ccm_region}
            and wanted["kind"] in {"", deadline.kind}
            and wanted["year"] in {None, deadline.due_on.year}
            and wanted["state_of_play"] in {"", deadline.state_of_play}
        )
