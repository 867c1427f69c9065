"""Transparency reports in the data entry: the list, the page of one, and the queue to be read."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ccm_portal.as_of import today
from reports import publishing, recording
from reports.documents import attach_to_report, refusals_to_link
from reports.models import DeclaredQuantity, FormEntry, KnownMissing, TransparencyReport
from reports.publishing import Switched
from states.admin.names import OfState, StateFilter
from states.admin.publication import PublicationFilter, PublishableAdmin
from states.admin.record import RecordForm
from states.files.forms import DocumentUploadsField
from states.models import Document
from states.publishing import Record

from . import receiving, shown
from .reading import ReadingFilter
from .rows import (
    DeclaredQuantityInline,
    FormEntryInline,
    KnownMissingInline,
    missing_sheets,
)
from .spreadsheets import Spreadsheets

NOT_OF_THE_RECEIPT = {"uploads", "documents"}


class ReportForm(RecordForm):
    """The page of one report, to which files can be added."""

    uploads = DocumentUploadsField(
        required=False,
        label=gettext_lazy("add files"),
        help_text=gettext_lazy("PDF, DOCX, ODT or XLSX; drop them here, several at once."),
    )


@admin.register(TransparencyReport)
class TransparencyReportAdmin(OfState, Spreadsheets, PublishableAdmin):
    kind = "reports"
    form = ReportForm
    change_list_template = "admin/reports/transparencyreport/change_list.html"
    list_display = ("state_named", "named", "received", "read_through", "certainty", "publication")
    list_filter = (ReadingFilter, PublicationFilter, "kind", "certainty", "year", StateFilter)
    list_select_related = ("state",)
    date_hierarchy = "received_not_after"
    search_fields = ("note", "receipt_place", "documents__title", "documents__code")
    autocomplete_fields = ("receipt_source", "documents")
    readonly_fields = ("state_named", "state_of_play", "completeness", "files")
    actions: tuple[str, ...] = ("publish_selected", "withdraw_selected", "mark_read_through")
    inlines = (FormEntryInline, DeclaredQuantityInline, KnownMissingInline)
    fieldsets = (
        (None, {"fields": ("state_of_play", "completeness", "publication", "files")}),
        (
            gettext_lazy("Receipt"),
            {
                "fields": (
                    ("kind", "year"),
                    ("received_not_before", "received_not_after", "read_through_on"),
                    ("receipt_basis", "certainty"),
                    ("receipt_source", "receipt_place"),
                )
            },
        ),
        (
            gettext_lazy("Documents, period, note"),
            {"fields": ("documents", ("period_from", "period_to"), "note")},
        ),
    )

    # The list

    @admin.display(description=gettext_lazy("report"), ordering="kind")
    def named(self, report: TransparencyReport) -> str:
        return str(report)

    @admin.display(description=gettext_lazy("received"), ordering="received_not_after")
    def received(self, report: TransparencyReport) -> str:
        return shown.received(report)

    @admin.display(description=gettext_lazy("read through"), ordering="read_through_on")
    def read_through(self, report: TransparencyReport) -> str:
        return shown.reading(report)

    # The page

    @admin.display(description=gettext_lazy("state of play"))
    def state_of_play(self, report: TransparencyReport) -> str:
        return shown.state_of_play(report, on=today()) if report.pk else ""

    @admin.display(description=gettext_lazy("completeness"))
    def completeness(self, report: TransparencyReport) -> str:
        return shown.completeness(report) if report.pk else ""

    @admin.display(description=gettext_lazy("files"))
    def files(self, report: TransparencyReport) -> str:
        return shown.files(report) if report.pk else ""

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if getattr(request, "is_old_version", False) or not self.has_change_permission(
            request, obj
        ):
            return fieldsets
        (heading, first), *others = fieldsets
        return [(heading, first | {"fields": (*first["fields"], "uploads")}), *others]

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, FormEntryInline):
            kwargs["initial"] = missing_sheets(obj)
        return kwargs

    def histories(self, record: Any) -> list[QuerySet[Any]]:
        rows = (FormEntry, DeclaredQuantity, KnownMissing)
        return [
            record.history.all(),
            *(model.history.filter(report_id=record.pk) for model in rows),
        ]

    # Saving

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if set(form.changed_data) - NOT_OF_THE_RECEIPT:
            request.notices = recording.correct(  # type: ignore[attr-defined]
                report=obj, today=today(), by=_user(request)
            )

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Sequence[Any], change: bool
    ) -> None:
        refused = refusals_to_link(
            report=form.instance,
            documents=form.cleaned_data.get("documents", form.instance.documents.all()),
            by=_user(request),
        )
        if refused:
            raise ValidationError(refused)
        uploads = form.cleaned_data.get("uploads")
        if uploads:
            name = self.state_named(form.instance)
            added = attach_to_report(
                report=form.instance, name=name, files=uploads, by=_user(request)
            )
            chosen = [document.pk for document in form.cleaned_data["documents"]]
            form.cleaned_data["documents"] = Document.objects.filter(pk__in=[*chosen, added.pk])
        super().save_related(request, form, formsets, change)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        response: HttpResponse = super().response_change(request, obj)
        for sentence in getattr(request, "notices", ()):
            self.message_user(request, sentence, messages.WARNING)
        self._tell(request, getattr(request, "switched", None))
        return response

    # Publication

    def publish(self, request: HttpRequest, record: Any) -> None:
        request.switched = publishing.publish(  # type: ignore[attr-defined]
            reports=[record], by=request.user
        )

    def withdraw(self, request: HttpRequest, record: Any) -> None:
        request.switched = publishing.withdraw(  # type: ignore[attr-defined]
            reports=[record], by=request.user
        )

    @admin.action(
        description=gettext_lazy("Publish selected %(verbose_name_plural)s"),
        permissions=["publish"],
    )
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._switch_all(request, queryset, publishing.publish, _published)

    @admin.action(
        description=gettext_lazy("Take selected %(verbose_name_plural)s back to draft"),
        permissions=["publish"],
    )
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._switch_all(request, queryset, publishing.withdraw, _withdrawn)

    def _switch_all(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        write: Callable[..., Switched],
        sentence: Callable[[int], str],
    ) -> None:
        outcome: list[Switched] = []

        def switch(*, records: Iterable[Any], by: Any) -> list[Record]:
            outcome.append(write(reports=records, by=by))
            return list(outcome[0].reports)

        self.switch(request, queryset, switch, sentence)
        self._tell(request, outcome[0] if outcome else None)

    def _tell(self, request: HttpRequest, switched: Switched | None) -> None:
        """Say what became of the documents."""
        if switched is None:
            return
        for document in switched.documents:
            self.message_user(
                request,
                (
                    _("“%(document)s” is public now, with its files.")
                    if document.is_public
                    else _("“%(document)s” is no longer public.")
                )
                % {"document": document},
            )
        for document in switched.kept:
            self.message_user(
                request,
                (
                    _("“%(document)s” stays public: ask somebody who may change that.")
                    if document.is_public
                    else _("“%(document)s” stays non-public: ask somebody who may make it public.")
                )
                % {"document": document},
                messages.WARNING,
            )

    # Reading

    @admin.action(
        description=gettext_lazy("Mark selected reports as read through today"),
        permissions=["change"],
    )
    def mark_read_through(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        chosen = list(queryset)
        if not all(self.has_change_permission(request, report) for report in chosen):
            self.message_user(
                request,
                _("Nothing was changed: some are published, ask an editor to mark those."),
                messages.ERROR,
            )
            return
        try:
            changed = recording.mark_read_through(
                reports=chosen, on=today(), today=today(), by=_user(request)
            )
        except ValidationError as refusal:
            for sentence in (_("Nothing was changed."), *refusal.messages):
                self.message_user(request, sentence, messages.ERROR)
        else:
            self.message_user(request, _read(len(changed)), messages.SUCCESS)

    # Receiving

    def get_urls(self) -> list[URLPattern]:
        record = path(
            "record/",
            self.admin_site.admin_view(self.record_view),
            name="reports_transparencyreport_record",
        )
        return [record, *super().get_urls()]

    def record_view(self, request: HttpRequest) -> HttpResponse:
        """“Record a received report”, from the list of what is owed."""
        return receiving.page(request, self)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """There is one way in: the page that knows what is owed."""
        return HttpResponseRedirect(reverse("admin:reports_transparencyreport_record"))


def _user(request: HttpRequest) -> Any:
    """Who is signed in, as the admin has made sure that somebody is."""
    return request.user


def _published(count: int) -> str:
    return ngettext(
        "%(count)s report was published.", "%(count)s reports were published.", count
    ) % {"count": count}


def _withdrawn(count: int) -> str:
    return ngettext(
        "%(count)s report was taken back to draft.",
        "%(count)s reports were taken back to draft.",
        count,
    ) % {"count": count}


def _read(count: int) -> str:
    return ngettext(
        "%(count)s report was marked as read through.",
        "%(count)s reports were marked as read through.",
        count,
    ) % {"count": count}
