"""Runs of the jobs for letters, alarms, and the mail that became files."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.letters.models import Alarm, JobRun, Letter
from reports.letters.sending import mail_files
from reports.letters.sending.runs import health
from states.admin.record import has_permission

from .letters.heading import LETTERS


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What the portal itself writes down: nobody adds, changes or deletes it."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(JobRun)
class JobRunAdmin(ReadOnlyAdmin):
    index_heading = LETTERS
    change_list_template = "admin/reports/jobrun/change_list.html"
    list_display = ("job", "started_at", "ended_at", "succeeded", "summary")
    list_filter = ("job", "succeeded")
    date_hierarchy = "started_at"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The list, below what each job's latest success was and whether one is missing."""
        extra = {"jobs": health(now=timezone.now()), **(extra_context or {})}
        response: HttpResponse = super().changelist_view(request, extra)
        return response

    def get_urls(self) -> list[URLPattern]:
        pages: list[tuple[str, Callable[..., HttpResponse], str]] = [
            ("mail/", self.mail_page, "reports_mail"),
            ("mail/<str:name>/", self.message_page, "reports_mail_message"),
            ("mail/<str:name>/<int:number>/", self.attachment, "reports_mail_attachment"),
        ]
        own = [
            path(route, self.admin_site.admin_view(view), name=name) for route, view, name in pages
        ]
        return [*own, *super().get_urls()]

    def mail_page(self, request: HttpRequest) -> HttpResponse:
        """The mail that became files, where no mail server is named."""
        context = self._context(request, _("Mail in files"))
        context["messages_kept"] = mail_files.latest()
        return TemplateResponse(request, "admin/reports/mail/list.html", context)

    def message_page(self, request: HttpRequest, name: str) -> HttpResponse:
        """One message: its head, its text, and its files."""
        message = self._message(request, name)
        context = self._context(request, message.subject or name)
        context["message"] = message
        return TemplateResponse(request, "admin/reports/mail/message.html", context)

    def attachment(self, request: HttpRequest, name: str, number: int) -> HttpResponse:
        """One file of a message, to be saved."""
        files = self._message(request, name).files
        if number >= len(files):
            raise Http404
        response = HttpResponse(files[number].content, content_type="application/octet-stream")
        response.headers["Content-Disposition"] = mail_files.disposition(files[number].name)
        return response

    def _message(self, request: HttpRequest, name: str) -> mail_files.Message:
        self._context(request, "")
        message = mail_files.read(name)
        if message is None:
            raise Http404
        return message

    def _context(self, request: HttpRequest, title: str) -> dict[str, Any]:
        if not has_permission(request, "view", Letter):
            raise PermissionDenied
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts}


@admin.register(Alarm)
class AlarmAdmin(ReadOnlyAdmin):
    index_heading = LETTERS
    list_display = ("subject", "raised_at", "mailed_at")
    date_hierarchy = "raised_at"
    search_fields = ("subject", "text")
    fields = ("subject", "text", "raised_at", "mailed_at")
