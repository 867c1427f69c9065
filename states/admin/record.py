"""What every kind of record has in the data entry: its history, typed dates, and refusals that
lose nothing of what was typed.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import QuerySet
from django.forms.models import _get_foreign_key
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from ccm_portal.admin_site.history import HistoryAdmin

from . import editing
from .dates import DATE_FIELDS
from .names import LabelledChoices


class RecordForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form that shows why what was typed could not be saved."""

    refusals: ClassVar[Sequence[str]] = ()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for sentence in self.refusals:
            self.add_error(None, sentence)
        return cleaned


class RecordAdmin(LabelledChoices, HistoryAdmin):
    """Data entry for one kind of record.

    A rule that refuses a write (`ValidationError`), wherever it stands, rolls the whole write back
    and shows its sentences on the form, which keeps what was typed.
    """

    form = RecordForm
    formfield_overrides = DATE_FIELDS | {models.URLField: {"assume_scheme": "https"}}
    object_history_list_template = "admin/states/history_list.html"
    list_per_page = 100
    carried_over: Sequence[str] = ()
    """Fields that “Save and add another” keeps for the next record."""

    # One page, several people

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
    ) -> type[RecordForm]:
        form: type[RecordForm] = super().get_form(request, obj, change=change, **kwargs)
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
            context["subtitle"] = self.autocomplete_label(obj)
            context["stamp"] = editing.stamp(self.histories(obj))
        page: HttpResponse = super().render_change_form(
            request, context, add=add, change=change, form_url=form_url, obj=obj
        )
        return page

    def autocomplete_label(self, record: Any) -> str:
        """How the record is called among others."""
        return str(record)

    # Saving

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        # A page saved for the sake of its rows alone must leave no trace in the record's history.
        if form.has_changed() or not change:
            super().save_model(request, obj, form, change)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        response: HttpResponse = super().response_add(request, obj, post_url_continue)
        kept = {
            name: value
            for name in self.carried_over
            if (value := getattr(obj, obj._meta.get_field(name).attname))
        }
        if "_addanother" in request.POST and kept and "Location" in response:
            separator = "&" if "?" in response["Location"] else "?"
            response["Location"] += separator + urlencode(kept)
        return response

    # History

    def history_view_title(self, request: HttpRequest, obj: Any) -> str:
        return _("History: %(record)s") % {"record": self.autocomplete_label(obj)}

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def history_form_view(
        self,
        request: HttpRequest,
        object_id: str,
        version_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """An old version, to read. Bringing one back would pass by every rule of entry."""
        if request.method != "GET":
            raise PermissionDenied(
                _("An old version cannot be brought back: enter in the record what should stand.")
            )
        if not self.has_view_history_or_change_history_permission(request):
            raise PermissionDenied
        if not (version_id.isascii() and version_id.isdecimal() and len(version_id) < 19):
            raise Http404
        try:
            self.opts.pk.to_python(object_id)
        except ValidationError:
            raise Http404 from None
        request.is_old_version = True  # type: ignore[attr-defined]
        page: HttpResponse = super().history_form_view(
            request, object_id, version_id, extra_context
        )
        return page

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Sequence[str]:
        if getattr(request, "is_old_version", False):
            return flatten_fieldsets(self.get_fieldsets(request, obj))
        readonly: Sequence[str] = super().get_readonly_fields(request, obj)
        return readonly


def has_permission(request: HttpRequest, action: str, model: type[models.Model]) -> bool:
    """Whether the user may view, add, change, delete or publish records of a kind."""
    options = model._meta
    return request.user.has_perm(f"{options.app_label}.{action}_{options.model_name}")


class RecordInline(LabelledChoices, admin.TabularInline):  # type: ignore[type-arg]
    """Rows of another kind of record on a record's page."""

    formfield_overrides = DATE_FIELDS | {
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 1, "cols": 20})}
    }
    extra = 0
    show_change_link = True
