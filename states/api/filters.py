"""Which of the recorded rows an address asks for.

Several values of one parameter widen the answer, several parameters narrow it.
"""

from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters

from states.models import Certainty, Document, Meeting, State, StateName, TreatyAction


class StatesFilter(filters.ModelMultipleChoiceFilter):  # type: ignore[misc]
    """Rows of states that are asked for by their ISO codes."""

    def get_filter_predicate(self, v: State) -> dict[str, State]:
        return {self.field_name: v}


def _states() -> StatesFilter:
    unknown = _("“%(value)s” is not the code of a state: use ISO codes of three capital letters.")
    return StatesFilter(
        field_name="state",
        queryset=State.objects.all(),
        to_field_name="iso3",
        distinct=False,
        label=_("ISO code of a state, three capital letters; may be repeated."),
        error_messages={"invalid_choice": unknown},
    )


def _any_of(field: str, choices: type[models.TextChoices]) -> filters.MultipleChoiceFilter:
    unknown = _("“%(value)s” is not known here: use {known}.")
    return filters.MultipleChoiceFilter(
        field_name=field,
        choices=choices.choices,
        distinct=False,
        label=_("One of the values; may be repeated."),
        error_messages={"invalid_choice": format_lazy(unknown, known=", ".join(choices.values))},
    )


def _from(field: str) -> filters.DateFilter:
    return _day(field, "gte", _("This day or later."))


def _to(field: str) -> filters.DateFilter:
    return _day(field, "lte", _("This day or earlier."))


def _day(field: str, lookup: str, label: Any) -> filters.DateFilter:
    wrong = _("This is not a date: write it as year-month-day, such as 2011-08-20.")
    return filters.DateFilter(
        field_name=field,
        lookup_expr=lookup,
        label=label,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": wrong},
    )


class TreatyActionFilter(filters.FilterSet):  # type: ignore[misc]
    """Treaty actions by state, kind, certainty and day."""

    state = _states()
    kind = _any_of("kind", TreatyAction.Kind)
    certainty = _any_of("certainty", Certainty)
    date_from = _from("date")
    date_to = _to("date")


class MeetingFilter(filters.FilterSet):  # type: ignore[misc]
    """Meetings by kind and by the days on which they were held."""

    kind = _any_of("kind", Meeting.Kind)
    date_from = _from("ends_on")
    date_to = _to("starts_on")


class DocumentFilter(filters.FilterSet):  # type: ignore[misc]
    """Documents by kind, language and day of publication."""

    kind = _any_of("kind", Document.Kind)
    language = filters.CharFilter(field_name="language", label=_("Code of a language, such as en."))
    date_from = _from("published_on")
    date_to = _to("published_on")


class StateNameFilter(filters.FilterSet):  # type: ignore[misc]
    """Names by state, language and kind, and by whether they were in use on the date."""

    state = _states()
    language = filters.CharFilter(field_name="language", label=_("Code of a language, such as en."))
    kind = _any_of("kind", StateName.Kind)
    in_use = filters.ChoiceFilter(
        choices=[("true", "true"), ("false", "false")],
        method="filter_in_use",
        label=_("Whether the name was in use on the date of the answer."),
        error_messages={"invalid_choice": _("“%(value)s” is not known here: use true or false.")},
    )

    def filter_in_use(
        self, names: QuerySet[StateName], field: str, value: str
    ) -> QuerySet[StateName]:
        on = self.request.as_of.day
        in_use = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
        in_use &= Q(valid_until__isnull=True) | Q(valid_until__gt=on)
        return names.filter(in_use if value == "true" else ~in_use)
