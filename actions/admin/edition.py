"""Editions of the progress report in the data entry: list, page, and the look before publishing."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actions.editions import canonical, checks, comparison, publication
from actions.editions.publication import Versions
from actions.editions.setting import FILES
from actions.editions.source import Source
from actions.models import FrozenEdition, ProgressReport, ProgressSection
from states.admin.publication import PublicationFilter, PublishableAdmin
from states.admin.record import RecordInline, has_permission

from .base import Spreadsheets


class ChapterInline(RecordInline):
    """The chapters of an edition, on its page; their prose is typed on pages of their own."""

    model = ProgressSection
    fields = ("position", "numeral", "theme", "heading", "prose_link")
    readonly_fields = ("prose_link",)
    autocomplete_fields = ("theme",)
    ordering = ("position",)
    show_change_link = False

    @admin.display(description=gettext_lazy("prose"))
    def prose_link(self, section: ProgressSection) -> str:
        if section.pk is None:
            return ""
        url = reverse("admin:actions_progresssection_change", args=(section.pk,))
        words = _("Write") if not section.prose else _("Write on")
        return format_html('<a href="{}">{}</a>', url, words)


@admin.register(ProgressReport)
class ProgressReportAdmin(Spreadsheets, PublishableAdmin):
    kind = "progress-reports"
    change_form_template = "admin/actions/progressreport/change_form.html"
    publish_label = gettext_lazy("Save and show as a working edition")
    withdraw_label = gettext_lazy("Save and hide the working edition")
    list_display = ("title", "code", "cut_off_on", "language", "publication", "published_editions")
    list_filter = (PublicationFilter, "language")
    list_select_related = ("from_meeting", "until_meeting")
    search_fields = ("title", "code", "subtitle", "note")
    autocomplete_fields = ("plan", "from_meeting", "until_meeting")
    readonly_fields = ("published_editions",)
    inlines = (ChapterInline,)
    fields = (
        ("title", "code"),
        "subtitle",
        "author",
        "plan",
        ("from_meeting", "until_meeting"),
        ("cut_off_on", "language"),
        "names",
        "note",
        "published_editions",
    )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        name = "actions_progressreport"
        own = [
            path("<int:pk>/look/", view(self.look), name=f"{name}_look"),
            path("<int:pk>/freeze/", view(self.freeze), name=f"{name}_freeze"),
            path("<int:pk>/look/<slug:form>/", view(self.file), name=f"{name}_file"),
            path("frozen/<int:pk>/withdraw/", view(self.withdraw_edition), name=f"{name}_withdraw"),
        ]
        return [*own, *super().get_urls()]

    def histories(self, record: Any) -> list[QuerySet[Any]]:
        return [record.history.all(), ProgressSection.history.filter(report_id=record.pk)]

    @admin.display(description=gettext_lazy("published editions"))
    def published_editions(self, report: ProgressReport) -> str:
        editions = FrozenEdition.objects.without_files().filter(report=report)
        numbers = [str(item.number) for item in editions.order_by("number")] if report.pk else []
        return ", ".join(numbers) or _("none")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Sequence[str]:
        # What was published for good stands under this address.
        is_fixed = obj is not None and obj.frozen.exists()
        return [*super().get_readonly_fields(request, obj), *(("code",) if is_fixed else ())]

    # Looking, publishing, withdrawing

    def look(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The whole edition as it reads, the checks, and what would change."""
        if not has_permission(request, "view", ProgressReport):
            raise PermissionDenied
        report = get_object_or_404(ProgressReport, pk=pk)
        return self._look(request, report)

    def _look(
        self, request: HttpRequest, report: ProgressReport, refusals: Sequence[str] = ()
    ) -> HttpResponse:
        versions = Versions.load(report.code)
        working = publication.working(Source.of(report), at=timezone.now())
        changes: tuple[comparison.Difference, ...] = ()
        if versions.standing is not None:
            full = FrozenEdition.objects.get(pk=versions.standing.pk)
            found = comparison.compare(publication.content_of(full), working.data)
            changes = comparison.changed(found)
        context = self.admin_site.each_context(request) | {
            "title": _("How it reads: %(title)s") % {"title": report.title},
            "opts": self.opts,
            "report": report,
            "versions": versions,
            "editions": [(item, publication.withdrawal_of(item)) for item in versions.frozen],
            "fragments": [item.html for item in working.fragments],
            "mistakes": working.edition.mistakes,
            "objections": checks.objections(working.edition),
            "figures": len(working.edition.figures),
            "changes": changes,
            "standing": versions.standing,
            "sha256": canonical.sha256(working.content),
            "may_freeze": publication.may_freeze(request.user),
            "forms": FILES,
            "refusals": refusals,
        }
        template = "admin/actions/progressreport/look.html"
        return render(request, template, context, status=400 if refusals else 200)

    def freeze(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Publish for good what was looked at."""
        report = get_object_or_404(ProgressReport, pk=pk)
        if request.method != "POST":
            return HttpResponseRedirect(self._look_url(report))
        try:
            frozen = publication.freeze(
                report=report, by=request.user, seen=request.POST.get("seen", "")
            )
        except ValidationError as refusal:
            return self._look(request, report, refusal.messages)
        self.log_change(request, report, _("Published for good: %(edition)s") % {"edition": frozen})
        sentence = _("%(edition)s stands now, and will not change.") % {"edition": frozen}
        self.message_user(request, sentence, messages.SUCCESS)
        return HttpResponseRedirect(self._look_url(report))

    def withdraw_edition(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Withdraw a published edition, with the reason that everybody will read."""
        editions = FrozenEdition.objects.without_files().select_related("report")
        edition = get_object_or_404(editions, pk=pk)
        report = edition.report
        if request.method != "POST":
            return HttpResponseRedirect(self._look_url(report))
        try:
            publication.withdraw(
                edition=edition, reason=request.POST.get("reason", ""), by=request.user
            )
        except ValidationError as refusal:
            return self._look(request, report, refusal.messages)
        self.log_change(request, report, _("Withdrawn: %(edition)s") % {"edition": edition})
        sentence = _("%(edition)s is withdrawn.") % {"edition": edition}
        self.message_user(request, sentence, messages.SUCCESS)
        return HttpResponseRedirect(self._look_url(report))

    def file(self, request: HttpRequest, pk: int, form: str) -> HttpResponse:
        """The edition as it stands, as a file: a draft can be read on paper too."""
        if not has_permission(request, "view", ProgressReport):
            raise PermissionDenied
        if form not in FILES:
            raise Http404
        report = get_object_or_404(ProgressReport, pk=pk)
        kind, make = FILES[form]
        working = publication.working(Source.of(report), at=timezone.now())
        disposition = f'attachment; filename="{report.code}-draft.{form}"'
        return HttpResponse(
            make(working), content_type=kind, headers={"Content-Disposition": disposition}
        )

    def _look_url(self, report: ProgressReport) -> str:
        return reverse("admin:actions_progressreport_look", args=(report.pk,))
