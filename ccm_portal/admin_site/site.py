"""The portal's brand on Django's admin, and lists to choose from that say what is meant."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .headings import under_headings


class LabelledAutocomplete(AutocompleteJsonView):
    """Suggestions in the words of the model's admin: its `autocomplete_label(record)`, if any."""

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, Any]:
        result: dict[str, Any] = super().serialize_result(obj, to_field_name)
        label = getattr(self.model_admin, "autocomplete_label", None)
        return result if label is None else result | {"text": label(obj)}


class SecretariatSite(admin.AdminSite):
    """The admin of the Convention's secretariat."""

    site_title = _("CCM secretariat")
    site_header = _("Convention on Cluster Munitions — secretariat")
    index_title = _("Data entry")
    not_offered = ("account", "mfa")
    """Apps whose own pages of the admin are left out: addresses and secrets of sign-in."""

    def register(
        self,
        model_or_iterable: Any,
        admin_class: Any = None,
        **options: Any,
    ) -> None:
        one = isinstance(model_or_iterable, ModelBase)
        models: Iterable[type[Model]] = [model_or_iterable] if one else model_or_iterable
        offered = [model for model in models if model._meta.app_label not in self.not_offered]
        super().register(offered, admin_class, **options)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The apps and what of them somebody may see; parts of them under headings of their own."""
        apps: list[Any] = super().get_app_list(request, app_label)
        return apps if app_label else under_headings(apps, self._registry)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the sign-in, and from there to where somebody wanted to go."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        wanted = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index")
        return HttpResponseRedirect(reverse("account_login", query={REDIRECT_FIELD_NAME: wanted}))

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return LabelledAutocomplete.as_view(admin_site=self)(request)  # type: ignore[return-value]
