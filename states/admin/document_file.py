"""The files of a document in the data entry."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from states.files.forms import DocumentFileForm, DocumentFileFormSet
from states.files.serving import admin_address
from states.models import Document, DocumentFile

from .record import RecordInline


class DocumentFileInline(RecordInline):
    """The current files of a document; a new one replaces the old one, which is kept."""

    model = DocumentFile
    form = DocumentFileForm
    formset = DocumentFileFormSet
    fields = ("stored", "size_in_words", "upload")
    readonly_fields = ("stored", "size_in_words")
    can_delete = False
    show_change_link = False
    verbose_name_plural = _("files: PDF, DOCX, ODT or XLSX")

    def get_queryset(self, request: HttpRequest) -> QuerySet[DocumentFile]:
        files: QuerySet[DocumentFile] = super().get_queryset(request)
        return files.filter(replaced_at__isnull=True)

    @admin.display(description=_("file"))
    def stored(self, file: DocumentFile) -> str:
        return file_link(file) if file.pk else ""

    @admin.display(description=_("size"))
    def size_in_words(self, file: DocumentFile) -> str:
        return filesizeformat(file.size) if file.pk else ""


def replaced_files(document: Document) -> str:
    """Links to the files that were replaced by others, newest first."""
    files = document.files.filter(replaced_at__isnull=False).order_by("-replaced_at")
    return format_html_join("", "<div>{}</div>", ((file_link(file),) for file in files))


def file_link(file: Any) -> SafeString:
    """A file's name as a link that staff can follow."""
    return format_html('<a href="{}">{}</a>', admin_address(file), file.original_name)
