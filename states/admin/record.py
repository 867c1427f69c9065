"""What every kind of record has in the data entry: its history, typed dates, and refusals that
lose nothing of what was typed.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from ccm_portal.admin_site.guarded import GuardedAdmin, GuardedForm

from .dates import DATE_FIELDS
from .names import LabelledChoices


class RecordForm(GuardedForm):
    """A form of the data entry."""


class RecordAdmin(LabelledChoices, GuardedAdmin):
    """Data entry for one kind of record."""

    form = RecordForm
    formfield_overrides = DATE_FIELDS | {models.URLField: {"assume_scheme": "https"}}
    object_history_list_template = "admin/states/history_list.html"
    list_per_page = 100
    carried_over: Sequence[str] = ()
    """Fields that “Save and add another” keeps for the next record."""

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
        return super().render_change_form(
            request, context, add=add, change=change, form_url=form_url, obj=obj
        )

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
