"""Long work in the admin: how far it is, what came of it, and the file that it made."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from ccm_portal import jobs
from ccm_portal.file_store import FileLost, opened
from ccm_portal.models import Job
from ccm_portal.models.job import work_storage


def page_of(job: Job) -> str:
    """The address of a job's page."""
    return reverse("admin:ccm_portal_job_change", args=[job.pk])


def ask_and_show(request: HttpRequest, **asked: Any) -> HttpResponse:
    """Ask for long work and lead to its page."""
    if isinstance(request.user, AnonymousUser):
        raise PermissionDenied
    job = jobs.ask(by=request.user, **asked)
    return HttpResponseRedirect(page_of(job))


class JobAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """One's own long work; of others' only for who may view all of it."""

    list_display = ("title", "state", "asked_by", "asked_at", "finished_at")
    list_filter = ("state",)
    list_select_related = ("asked_by",)
    change_form_template = "admin/ccm_portal/job.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<uuid:pk>/file/", view(self.file_view), name="ccm_portal_job_file"),
            path("<uuid:pk>/confirm/", view(self.confirm_view), name="ccm_portal_job_confirm"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Job]:
        every = super().get_queryset(request)
        if _staff(request).has_perm("ccm_portal.view_job"):
            return every
        return every.filter(asked_by=_staff(request))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        job = self.get_object(request, object_id)
        if job is None:
            raise Http404
        context = {
            "job": job,
            "step": jobs.progress_of(job.pk),
            "may_confirm": _awaits_confirmation(job) and job.asked_by == request.user,
        }
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def file_view(self, request: HttpRequest, pk: UUID) -> HttpResponseBase:
        """The file that a job made."""
        job = self.get_queryset(request).filter(pk=pk).first()
        if job is None or not job.result:
            raise Http404
        try:
            file = opened(work_storage(), job.result)
        except FileLost:
            # No backup has these files.
            messages.error(
                request,
                _("The file store does not have this file any more: ask for the work again."),
            )
            return HttpResponseRedirect(page_of(job))
        return FileResponse(file, as_attachment=True, filename=job.result_name)

    def confirm_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Ask for the import whose preview a job has made."""
        job = Job.objects.filter(pk=pk, asked_by=_staff(request)).first()
        if job is None or request.method != "POST":
            raise Http404
        if not _awaits_confirmation(job):
            messages.error(request, _("This file was imported already: upload it again."))
            return HttpResponseRedirect(page_of(job))
        Job.objects.filter(pk=pk).update(parameters=job.parameters | {"is_confirmed": True})
        return ask_and_show(
            request,
            kind=job.kind,
            title=_("Import of %(file)s") % {"file": job.parameters["filename"]},
            parameters=job.parameters | {"dry_run": False},
        )

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(_staff(request).is_staff)

    def has_view_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return bool(_staff(request).is_staff)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False


def _staff(request: HttpRequest) -> User:
    user: Any = request.user
    return user  # type: ignore[no-any-return]


def _awaits_confirmation(job: Job) -> bool:
    said = job.parameters
    return bool(
        job.state == Job.State.DONE and said.get("dry_run") and not said.get("is_confirmed")
    )
