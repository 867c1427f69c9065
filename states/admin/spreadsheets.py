"""Import and export in the data entry: the resources of `states.exchange`, with a preview."""

import re
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm

from ccm_portal.admin_site.job import ask_and_show
from ccm_portal.file_store import FileStoreAway, stored
from ccm_portal.models.job import work_storage
from states.exchange import EXPORT_FORMATS, IMPORT_FORMATS, RESOURCES
from states.exchange.reading import Unreadable, read_sheet
from states.files.refusal import Code, Refused

from . import import_storage
from .record import has_permission

# The library marks differences with coloured elements; the colours belong into the style sheet.
_COLOURED = re.compile(r'<(ins|del) style="[^"]*">')


LONG_ROWS = 1000
"""A spreadsheet with more rows is read or written by a worker, while staff go on."""


class Spreadsheets(ImportExportMixin):  # type: ignore[misc]
    """Mixed into an admin: import and export of its records; `kind` names the resource."""

    kind: str
    import_formats = IMPORT_FORMATS
    export_formats = EXPORT_FORMATS
    export_form_class = ExportForm
    tmp_storage_class = import_storage.ImportStorage

    def get_resource_classes(self, request: HttpRequest) -> list[type[Any]]:
        return [RESOURCES[self.kind]]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return all(has_permission(request, action, self.model) for action in ("add", "change"))

    def has_export_permission(self, request: HttpRequest) -> bool:
        return has_permission(request, "view", self.model)

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The upload and its preview. Only a file without faults waits for its confirmation.

        A long file is previewed by a worker; its page offers the confirmation.
        """
        try:
            if self.has_import_permission(request) and _rows_of_upload(request) > LONG_ROWS:
                return self._preview_long(request)
            return self._preview(request, **kwargs)
        except FileStoreAway:
            messages.error(request, str(Refused(Code.NOT_STORED)))
            return self._back_to_import()

    def _preview(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        context: dict[str, Any] = {}
        try:
            response: HttpResponse = super().import_action(request, **kwargs)
            context = getattr(response, "context_data", None) or {}
        finally:
            name = getattr(request.FILES.get("import_file"), "tmp_storage_name", "")
            if name and "confirm_form" in context:
                import_storage.remember(request=request, name=name, kind=self.kind)
            elif name:
                import_storage.forget(request=request, name=name)
        result = context.get("result")
        for row in result.rows if result else ():
            # The library has escaped what the file says.
            row.diff = [SafeString(_COLOURED.sub(r"<\1>", cell)) for cell in row.diff or ()]
        return response

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The confirmed import, of a file that the same session uploaded."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        form = self.create_confirm_form(request)
        name = form.cleaned_data["import_file_name"] if form.is_valid() else ""
        if not import_storage.is_remembered(request, name=name, kind=self.kind):
            return self._refuse_file(request)
        try:
            if not self._is_offered(request, form.cleaned_data):
                return self._refuse_file(request)
            response: HttpResponse = super().process_import(request, **kwargs)
        except (OSError, Unreadable):
            return self._refuse_file(request)
        finally:
            import_storage.forget(request=request, name=name)
        return response

    def _preview_long(self, request: HttpRequest) -> HttpResponse:
        upload: Any = request.FILES["import_file"]
        kept = stored(work_storage(), uuid4().hex, ContentFile(upload.read()))
        return ask_and_show(
            request,
            kind="import",
            title=_("Preview of %(file)s") % {"file": upload.name},
            parameters={
                "kind": self.kind,
                "file": kept,
                "filename": upload.name,
                "dry_run": True,
            },
        )

    def _do_file_export(
        self,
        file_format: Any,
        request: HttpRequest,
        queryset: QuerySet[Any],
        export_form: Any = None,
    ) -> HttpResponse:
        ids = list(queryset.values_list("pk", flat=True))
        if len(ids) <= LONG_ROWS:
            response: HttpResponse = super()._do_file_export(
                file_format, request, queryset, export_form=export_form
            )
            return response
        return ask_and_show(
            request,
            kind="export",
            title=_("Export: %(records)s") % {"records": self.opts.verbose_name_plural},
            parameters={
                "kind": self.kind,
                "format": EXPORT_FORMATS.index(type(file_format)),
                "ids": ids,
            },
        )

    def _is_offered(self, request: HttpRequest, confirmed: dict[str, Any]) -> bool:
        """Whether the format and the resource are among those of the upload page."""
        formats, resources = self.get_import_formats(), self.get_import_resource_classes(request)
        return all(
            value in {str(position) for position in range(len(offered))}
            for value, offered in (
                (confirmed["format"], formats),
                (confirmed["resource"] or "0", resources),
            )
        )

    def _refuse_file(self, request: HttpRequest) -> HttpResponse:
        messages.error(
            request, _("This file was imported already or is no longer there: upload it again.")
        )
        return self._back_to_import()

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


def _rows_of_upload(request: HttpRequest) -> int:
    """How many rows an uploaded spreadsheet has; 0 where there is none that can be read."""
    upload: Any = request.FILES.get("import_file")
    if upload is None:
        return 0
    try:
        return len(read_sheet(upload.read()))
    except Unreadable:
        return 0
    finally:
        upload.seek(0)
