"""The history of a record in the admin, also where an address names none."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from simple_history.admin import SimpleHistoryAdmin


class HistoryAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    """Keeps histories like django-simple-history's own admin, and answers strange addresses."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self._may_name(object_id):
            return self._nowhere(request, object_id)
        shown: HttpResponse = super().history_view(request, object_id, extra_context)
        return shown

    def history_form_view(
        self,
        request: HttpRequest,
        object_id: str,
        version_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if not (self._may_name(object_id) and version_id.isdecimal() and len(version_id) < 16):
            return self._nowhere(request, object_id)
        shown: HttpResponse = super().history_form_view(
            request, object_id, version_id, extra_context
        )
        return shown

    def _may_name(self, object_id: str) -> bool:
        """Whether a part of an address can be the key of a record at all."""
        try:
            self.model._meta.pk.clean(unquote(object_id), None)
        except ValidationError:
            return False
        return True

    def _nowhere(self, request: HttpRequest, object_id: str) -> HttpResponse:
        answer: HttpResponse = self._get_obj_does_not_exist_redirect(
            request, self.model._meta, object_id
        )
        return answer
