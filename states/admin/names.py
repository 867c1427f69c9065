"""States by the names that people know: in lists, in choices and in searches."""

import functools
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ccm_portal.as_of import today
from states.models import StateName
from states.names import FALLBACK_LANGUAGE, NameBook, fold


def with_state_name(queryset: QuerySet[Any], state: str) -> QuerySet[Any]:
    """Each row with `state_name`, its state's short name of today; `state` leads to the state's id.

    Empty (None) where no name is published.
    """
    names = StateName.objects.published().on(today())
    short = names.filter(
        state=OuterRef(state), kind=StateName.Kind.SHORT, language=FALLBACK_LANGUAGE
    )
    named: QuerySet[Any] = queryset.annotate(
        state_name=Subquery(short.order_by("pk").values("name")[:1])
    )
    return named


class OfState:
    """For the admin of records that speak of a state: shows and searches it by its names."""

    state_path = "state"
    """Leads from a record to its state."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        queryset: QuerySet[Any] = super().get_queryset(request)  # type: ignore[misc]
        return with_state_name(queryset, self.state_path)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """What Django's search finds, and the records of every state that the term may mean."""
        found, may_have_duplicates = super().get_search_results(  # type: ignore[misc]
            request, queryset, search_term
        )
        if search_term.strip():
            found = queryset.filter(
                Q(pk__in=found.order_by().values("pk")) | states_meant(search_term, self.state_path)
            )
        return found, may_have_duplicates

    @admin.display(description=_("state"), ordering="state_name")
    def state_named(self, record: Any) -> str:
        return getattr(record, "state_name", None) or str(record.state)

    def autocomplete_label(self, record: Any) -> str:
        """How the record is called among others."""
        return f"{self.state_named(record)}: {record}"


def states_meant(text: str, state_path: str) -> Q:
    """The records whose state has a name or spelling with this text in it, or this ISO code."""
    code = text.strip()
    return (
        Q(**{f"{state_path}__in": NameBook.load().containing(text)})
        | Q(**{_lookup(state_path, "iso3__iexact"): code})
        | Q(**{_lookup(state_path, "iso2__iexact"): code})
    )


def _lookup(state_path: str, field: str) -> str:
    return field if state_path == "pk" else f"{state_path}__{field}"


class StateFilter(admin.SimpleListFilter):
    """The states of which there are records, by name."""

    title = _("state")
    parameter_name = "state"

    def __init__(
        self,
        request: HttpRequest,
        params: dict[str, list[str]],
        model: type[models.Model],
        model_admin: Any,
    ) -> None:
        self.state_path: str = model_admin.state_path
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        rows = model_admin.get_queryset(request).order_by()
        named = rows.values_list(self.state_path, "state_name").distinct()
        return sorted(
            ((str(state_id), name or str(state_id)) for state_id, name in named),
            key=lambda choice: fold(choice[1]),
        )

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value() or ""
        return queryset.filter(**{self.state_path: value}) if value.isdecimal() else queryset


class LabelledChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice among records in the words of their admin."""

    def __init__(self, *args: Any, label_of: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_of = label_of

    def label_from_instance(self, obj: models.Model) -> str:
        return str(self.label_of(obj))


class LabelledChoices:
    """For an admin or an inline: fields that choose a record say what is chosen, as it is known."""

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:  # type: ignore[type-arg]
        related: Any = self.admin_site._registry.get(db_field.remote_field.model)  # type: ignore[attr-defined]
        label_of = getattr(related, "autocomplete_label", None)
        if label_of is not None:
            kwargs.setdefault("queryset", related.get_queryset(request))
            kwargs["form_class"] = functools.partial(LabelledChoiceField, label_of=label_of)
        field: forms.ModelChoiceField | None = super().formfield_for_foreignkey(  # type: ignore[misc, type-arg]
            db_field, request, **kwargs
        )
        return field

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """Beside a choice stands only the way to add what is missing: it has a page of its own."""
        field: forms.Field | None = super().formfield_for_dbfield(  # type: ignore[misc]
            db_field, request, **kwargs
        )
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = False
            field.widget.can_delete_related = False
            field.widget.can_view_related = False
        return field
