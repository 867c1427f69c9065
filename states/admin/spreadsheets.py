"""Import and export in the data entry: the resources of `states.exchange`, with a preview."""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm

from states.exchange import EXPORT_FORMATS, IMPORT_FORMATS, RESOURCES
from states.exchange.reading import Unreadable

from .record import has_permission

# The library marks differences with coloured elements; the colours belong into the style sheet.
_COLOURED = re.compile(r'<(ins|del) style="[^"]*">')


class Spreadsheets(ImportExportMixin):  # type: ignore[misc]
    """Mixed into an admin: import and export of its records; `kind` names the resource."""

    kind: str
    import_formats = IMPORT_FORMATS
    export_formats = EXPORT_FORMATS
    export_form_class = ExportForm

    def get_resource_classes(self, request: HttpRequest) -> list[type[Any]]:
        return [RESOURCES[self.kind]]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return all(has_permission(request, action, self.model) for action in ("add", "change"))

    def has_export_permission(self, request: HttpRequest) -> bool:
        return has_permission(request, "view", self.model)

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The upload and its preview."""
        response: HttpResponse = super().import_action(request, **kwargs)
        result = getattr(response, "context_data", {}).get("result")
        for row in result.rows if result else ():
            # The library has escaped what the file says.
            row.diff = [SafeString(_COLOURED.sub(r"<\1>", cell)) for cell in row.diff or ()]
        return response

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The confirmed import."""
        try:
            response: HttpResponse = super().process_import(request, **kwargs)
        except FileNotFoundError:
            messages.error(
                request,
                _("This file was imported already or is no longer there: upload it again."),
            )
            return self._back_to_import()
        return response

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        if result.has_errors() or result.has_validation_errors():
            messages.error(
                request,
                _(
                    "Nothing was imported: records changed since the preview, and the file no "
                    "longer fits them. Upload it again to see why."
                ),
            )
            return self._back_to_import()
        response: HttpResponse = super().process_result(result, request)
        return response

    def add_data_read_fail_error_to_form(self, form: Any, e: Exception) -> None:
        if isinstance(e, Unreadable):
            form.add_error("import_file", str(e))
        else:
            form.add_error(
                "import_file",
                _("This file cannot be read: save it as CSV (UTF-8) or as an Excel workbook."),
            )

    def _back_to_import(self) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:{}_{}_import".format(*self.get_model_info())))
