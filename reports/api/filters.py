"""Which owed and which recorded reports an address asks for."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from ccm_portal.rest.filters import FormFilter
from reports.models import KnownMissing, TransparencyReport
from states.api.filters import StatesFilter
from states.models import Region, State


class DeadlineFormFilter(FormFilter):
    """Puts the query into the form of the pages, which needs the history to know a state's names.

    The view has `reporting`, what it answers from.
    """

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        """The owed reports that match. Raises `ValidationError` (400) with the form's sentences."""
        form = view.filter_form(request.query_params, history=view.reporting.history)
        if not form.is_valid():
            raise ValidationError(form.errors)
        return form.apply(queryset)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """The form's fields as parameters of the schema, numbers with their limits."""
        parameters = super().get_schema_operation_parameters(view)
        for parameter in parameters:
            field = view.filter_form.base_fields[parameter["name"]]
            if isinstance(field, forms.IntegerField):
                parameter["schema"] = {
                    "type": "integer",
                    "minimum": field.min_value,
                    "maximum": field.max_value,
                }
        return parameters


def may_have_come_by(day: date) -> Q:
    """Reports whose first possible day of receipt is a day or an earlier one.

    A report that was still missing on a later day came after it: `Receipt.earliest` says the same
    of one report.
    """
    missing_since = KnownMissing.objects.filter(
        report=OuterRef("pk"), on__gte=day, on__lt=OuterRef("received_not_after")
    )
    return Q(~Exists(missing_since), received_not_before__lte=day)


class YearFilter(filters.NumberFilter):  # type: ignore[misc]
    """Rows of a calendar year."""

    field_class = forms.IntegerField


class ReportFilter(filters.FilterSet):  # type: ignore[misc]
    """Recorded reports by state, kind, the year they cover, and when they may have come."""

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
    region = filters.MultipleChoiceFilter(
        field_name="state__ccm_region",
        choices=Region.choices,
        distinct=False,
        label=_("One of the values; may be repeated."),
        error_messages={
            "invalid_choice": format_lazy(
                _("“%(value)s” is not known here: use {known}."), known=", ".join(Region.values)
            )
        },
    )
    kind = filters.MultipleChoiceFilter(
        choices=TransparencyReport.Kind.choices,
        distinct=False,
        label=_("One of the values; may be repeated."),
        error_messages={
            "invalid_choice": format_lazy(
                _("“%(value)s” is not known here: use {known}."),
                known=", ".join(TransparencyReport.Kind.values),
            )
        },
    )
    year = YearFilter(
        min_value=2008,
        max_value=2200,
        label=_("The calendar year that the report covers."),
        error_messages={
            "invalid": _("This is not a year: write it in digits, such as 2011."),
            "min_value": _("Use a year from 2008 to 2200."),
            "max_value": _("Use a year from 2008 to 2200."),
        },
    )
    received_from = filters.DateFilter(
        field_name="received_not_after",
        lookup_expr="gte",
        label=_("It may have come on this day or later."),
        input_formats=["%Y-%m-%d"],
        error_messages={
            "invalid": _("This is not a date: write it as year-month-day, such as 2011-08-20.")
        },
    )
    received_to = filters.DateFilter(
        method="filter_received_to",
        label=_("It may have come on this day or earlier."),
        input_formats=["%Y-%m-%d"],
        error_messages={
            "invalid": _("This is not a date: write it as year-month-day, such as 2011-08-20.")
        },
    )

    def filter_received_to(
        self, reports: QuerySet[TransparencyReport], field: str, value: date
    ) -> QuerySet[TransparencyReport]:
        return reports.filter(may_have_come_by(value))
