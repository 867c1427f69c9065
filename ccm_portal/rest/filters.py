"""Filters over rows that are derived rather than stored: a form that the pages use as well."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from rest_framework.exceptions import ValidationError
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request


class FormFilter(BaseFilterBackend):
    """Puts the query into the view's `filter_form` and lets the form pick the rows.

    The form has `apply(rows)`. A view's `filter_values` gives the values that a field takes,
    `filter_words` what is to be said of a field, both by the field's name, for the schema.
    """

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        """The rows that match. Raises `ValidationError` (400) with the form's sentences."""
        form = view.filter_form(request.query_params)
        if not form.is_valid():
            raise ValidationError(form.errors)
        return form.apply(queryset)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """The form's fields as parameters of the schema."""
        values: Mapping[str, Sequence[str]] = getattr(view, "filter_values", {})
        words: Mapping[str, str | Promise] = getattr(view, "filter_words", {})
        return [
            _parameter(name, field, values.get(name), words.get(name))
            for name, field in view.filter_form.base_fields.items()
        ]


def _parameter(
    name: str, field: forms.Field, values: Sequence[str] | None, words: str | Promise | None
) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if values is not None:
        schema["enum"] = list(values)
    if isinstance(field, forms.CharField) and field.max_length is not None:
        schema["maxLength"] = field.max_length
    return {
        "name": name,
        "required": field.required,
        "in": "query",
        "description": str(words or field.label or ""),
        "schema": schema,
    }
