"""Pages of records that several people may open at once: whoever saves second is told so.

A rule that refuses a write (`ValidationError`), wherever it stands, rolls the whole write back and
shows its sentences on the form, which keeps what was typed.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.forms.models import _get_foreign_key
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from . import editing
from .history import HistoryAdmin


class GuardedForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form that shows why what was typed could not be saved."""

    refusals: ClassVar[Sequence[str]] = ()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for sentence in self.refusals:
            self.add_error(None, sentence)
        return cleaned


class GuardedAdmin(HistoryAdmin):
    """The page of one record. Its form is a `GuardedForm`, and its template the guarded one."""

    def histories(self, record: Any) -> list[QuerySet[Any]]:
        """The histories of all that the record's page shows."""
        return [record.history.all()]

    def lock(self, record: Any) -> None:
        """Let nobody else write to the record, nor to its rows on the page, until the transaction
        ends: such a row may have a page of its own, or come in a file.

        Others may add what only refers to the record; they would otherwise wait in a circle.
        """
        type(record)._default_manager.select_for_update(no_key=True).get(pk=record.pk)
        for inline in self.inlines:
            key = _get_foreign_key(self.model, inline.model, fk_name=inline.fk_name)
            rows = inline.model._default_manager.select_for_update(no_key=True, of=("self",))
            list(rows.filter(**{key.name: record}).order_by("pk").values_list("pk"))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method == "POST":
            try:
                with transaction.atomic():
                    self._refuse_if_changed_meanwhile(request, object_id)
                    return self._changeform_page(request, object_id, form_url, extra_context)
            except ValidationError as refusal:
                request.refusals = refusal.messages  # type: ignore[attr-defined]
            except IntegrityError:
                request.refusals = [  # type: ignore[attr-defined]
                    _(
                        "Somebody else recorded the same at this moment, so nothing was saved: "
                        "look at the list, then change their entry or yours."
                    )
                ]
        return self._changeform_page(request, object_id, form_url, extra_context)

    def _changeform_page(self, *args: Any) -> HttpResponse:
        page: HttpResponse = super().changeform_view(*args)
        return page

    def _refuse_if_changed_meanwhile(self, request: HttpRequest, object_id: str | None) -> None:
        record = self.get_object(request, unquote(object_id)) if object_id else None
        if record is not None:
            self.lock(record)
            sentences = self.refusals_to_change(request, self.get_object(request, str(record.pk)))
            if sentences:
                raise ValidationError(sentences)

    def refusals_to_change(self, request: HttpRequest, record: Any) -> list[str]:
        """Why a record, as it is now, cannot be changed by the page that was sent; [] if it can."""
        changes = editing.changes_since(request.POST.get(editing.FIELD, ""), self.histories(record))
        return editing.explained(changes) if changes else []

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[GuardedForm]:
        form: type[GuardedForm] = super().get_form(request, obj, change=change, **kwargs)
        form.refusals = getattr(request, "refusals", ())
        return form

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if obj is not None:
            context["stamp"] = editing.stamp(self.histories(obj))
        page: HttpResponse = super().render_change_form(
            request, context, add=add, change=change, form_url=form_url, obj=obj
        )
        return page
