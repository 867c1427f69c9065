"""Which states, and in what order: the one form behind the list page, its CSV and the API."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .models import Region, UNRegionalGroup
from .names import fold
from .register import Event, Register, Standing, Status


@dataclass(frozen=True)
class StatusChoice:
    """A way of standing towards the Convention that a reader can ask for."""

    value: str
    label: str | Promise
    holds: Callable[[Standing], bool]


STATUS_CHOICES: dict[str, StatusChoice] = {
    choice.value: choice
    for choice in (
        StatusChoice(
            "party", _("States Parties"), lambda standing: standing.status is Status.PARTY
        ),
        StatusChoice("in_force", _("States Parties, in force"), lambda standing: standing.is_bound),
        StatusChoice(
            "awaiting_entry_into_force",
            _("States Parties, not yet in force"),
            lambda standing: standing.status is Status.PARTY and not standing.is_bound,
        ),
        StatusChoice(
            "signatory", _("Signatories"), lambda standing: standing.status is Status.SIGNATORY
        ),
        StatusChoice(
            "not_party",
            _("States not party"),
            lambda standing: standing.status is Status.NOT_PARTY,
        ),
        StatusChoice(
            "withdrawn", _("States that withdrew"), lambda standing: standing.is_withdrawn
        ),
    )
}

_STATUS_ORDER = {Status.PARTY: 0, Status.SIGNATORY: 1, Status.NOT_PARTY: 2}

# Each returns the value to sort by, or None for a state that has none: those stand last.
_SORT_VALUES: dict[str, Callable[[Standing], Any]] = {
    "name": lambda standing: standing.state.sort_key,
    "status": lambda standing: _STATUS_ORDER[standing.status],
    "signed": lambda standing: _day(standing.signature),
    "deposited": lambda standing: _day(standing.deposited),
    "in_force": lambda standing: standing.entry_into_force,
}
SORT_KEYS: tuple[str, ...] = tuple(_SORT_VALUES)
DEFAULT_SORT = "name"


def _day(event: Event | None) -> date | None:
    return event.on if event is not None else None


class RegisterFilter(forms.Form):
    """Picks states from a `Register` and puts them in order.

    Every field may be left out. A wrong value gives the form an error, one sentence a field;
    `apply` then leaves that field aside, so that a page can show something beside the sentence.
    """

    q = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=100,
        error_messages={"max_length": _("A name may have 100 characters at most.")},
    )
    status = forms.CharField(label=_("Status"), required=False)
    region = forms.CharField(label=_("Region"), required=False)
    un_group = forms.CharField(label=_("UN regional group"), required=False)
    sort = forms.CharField(label=_("Order"), required=False)

    def clean_status(self) -> str:
        return self._known("status", STATUS_CHOICES)

    def clean_region(self) -> str:
        return self._known("region", Region.values)

    def clean_un_group(self) -> str:
        return self._known("un_group", UNRegionalGroup.values)

    def clean_sort(self) -> str:
        wanted = str(self.cleaned_data["sort"])
        if wanted.removeprefix("-") not in ("", *SORT_KEYS) or wanted == "-":
            raise forms.ValidationError(
                gettext(
                    "“%(value)s” is not an order: use %(known)s, with a minus sign in front for "
                    "the last first."
                )
                % {"value": wanted[:40], "known": ", ".join(SORT_KEYS)}
            )
        return wanted

    def apply(self, register: Register) -> tuple[Standing, ...]:
        """The standings that match, in the order asked for; wrong fields are left aside."""
        status = self.value("status")
        found = self.matching_all_but_status(register)
        if status:
            holds = STATUS_CHOICES[status].holds
            found = tuple(standing for standing in found if holds(standing))
        return self._in_order(found)

    def _in_order(self, standings: Iterable[Standing]) -> tuple[Standing, ...]:
        """Standings in the order asked for; those without the value that decides come last."""
        sort = self.value("sort") or DEFAULT_SORT
        value = _SORT_VALUES[sort.removeprefix("-")]
        by_name = sorted(standings, key=lambda standing: standing.state.sort_key)
        having = [standing for standing in by_name if value(standing) is not None]
        lacking = [standing for standing in by_name if value(standing) is None]
        having.sort(key=value, reverse=sort.startswith("-"))
        return (*having, *lacking)

    def value(self, field: str) -> str:
        """What was validly asked for in a field, or ""."""
        self.is_valid()
        return str(self.cleaned_data.get(field) or "")

    def matching_all_but_status(self, register: Register) -> tuple[Standing, ...]:
        """The standings that match name, region and UN group, in order of name."""
        region, un_group = self.value("region"), self.value("un_group")
        return tuple(
            standing
            for standing in self._matching_name(register)
            if region in ("", standing.state.ccm_region)
            and un_group in ("", standing.state.un_region)
        )

    def _matching_name(self, register: Register) -> tuple[Standing, ...]:
        """The standings of states with a name of any time, or an ISO code, like the text."""
        text = self.value("q")
        if not fold(text):
            return register.standings
        wanted = register.history.names.containing(text)
        code = text.strip().upper()
        return tuple(
            standing
            for standing in register
            if standing.state.id in wanted or code in {standing.state.iso3, standing.state.iso2}
        )

    def _known(self, field: str, known: Iterable[str]) -> str:
        wanted = str(self.cleaned_data[field])
        if wanted and wanted not in known:
            raise forms.ValidationError(
                gettext("“%(value)s” is not known here: use %(known)s.")
                % {"value": wanted[:40], "known": ", ".join(known)}
            )
        return wanted
