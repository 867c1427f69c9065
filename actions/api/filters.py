"""Which actions, indicators and findings an address asks for.

Several values of one parameter widen the answer, several parameters narrow it.
"""

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters

from actions.models import ActionPlan, Answer, Checked, Indicator
from states.api.filters import StatesFilter
from states.models import Document, Organization, State


class CodesFilter(filters.ModelMultipleChoiceFilter):  # type: ignore[misc]
    """Rows of what is asked for by its code."""

    def get_filter_predicate(self, v: models.Model) -> dict[str, Any]:
        return {self.field_name: v}


def _coded(field: str, queryset: QuerySet[Any], label: Any) -> CodesFilter:
    return CodesFilter(
        field_name=field,
        queryset=queryset,
        to_field_name="code",
        distinct=False,
        label=label,
        error_messages={"invalid_choice": _("“%(value)s” is not a code that is known here.")},
    )


def _published_plans(_request: Any) -> QuerySet[ActionPlan]:
    return ActionPlan.objects.published()


def _plans(field: str) -> CodesFilter:
    return _coded(field, _published_plans, _("Code of an action plan; may be repeated."))  # type: ignore[arg-type]


def _any_of(field: str, choices: type[models.TextChoices]) -> filters.MultipleChoiceFilter:
    unknown = _("“%(value)s” is not known here: use {known}.")
    return filters.MultipleChoiceFilter(
        field_name=field,
        choices=choices.choices,
        distinct=False,
        label=_("One of the values; may be repeated."),
        error_messages={"invalid_choice": format_lazy(unknown, known=", ".join(choices.values))},
    )


def _theme(field: str) -> filters.CharFilter:
    return filters.CharFilter(field_name=field, label=_("Code of a theme within its plan."))


def _day(field: str, lookup: str, label: Any) -> filters.DateFilter:
    wrong = _("This is not a date: write it as year-month-day, such as 2011-08-20.")
    return filters.DateFilter(
        field_name=field,
        lookup_expr=lookup,
        label=label,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": wrong},
    )


class ActionFilter(filters.FilterSet):  # type: ignore[misc]
    """Actions by plan, theme, and whether their summary was checked."""

    plan = _plans("plan")
    theme = _theme("theme__code")
    checked = _any_of("checked", Checked)


class IndicatorFilter(filters.FilterSet):  # type: ignore[misc]
    """Indicators by plan, theme, kind and article."""

    plan = _plans("theme__plan")
    theme = _theme("theme__code")
    kind = _any_of("kind", Indicator.Kind)
    article = filters.CharFilter(field_name="article", label=_("As recorded, such as 3 or 3;6."))


def _published_indicators(_request: Any) -> QuerySet[Indicator]:
    return Indicator.objects.published()


def _public_documents(_request: Any) -> QuerySet[Document]:
    return Document.objects.public()


class FindingFilter(filters.FilterSet):  # type: ignore[misc]
    """Findings by actor, indicator, answer, document and the day on which they were reported."""

    state = StatesFilter(
        field_name="state",
        queryset=State.objects.all(),
        to_field_name="iso3",
        distinct=False,
        label=_("ISO code of a state, three capital letters; may be repeated."),
        error_messages={
            "invalid_choice": _(
                "“%(value)s” is not the code of a state: use ISO codes of three capital letters."
            )
        },
    )
    organisation = _coded(
        "organization",
        Organization.objects.all(),
        _("Code of an organisation; may be repeated."),
    )
    indicator = _coded(
        "indicator",
        _published_indicators,  # type: ignore[arg-type]
        _("Code of an indicator; may be repeated."),
    )
    answer = _any_of("answer", Answer)
    document = _coded(
        "document",
        _public_documents,  # type: ignore[arg-type]
        _("Code of a document; may be repeated."),
    )
    reported_from = _day("reported_on", "gte", _("Reported on this day or later."))
    reported_to = _day("reported_on", "lte", _("Reported on this day or earlier."))
