"""What stands beside a report in the data entry, in words: derived, never typed."""

from datetime import date

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ccm_portal.dates import date_format
from reports.completeness import completeness as measure
from reports.completeness import sentence
from reports.deadlines import ReportDeadline, Reporting
from reports.explanations import explain, receipt_words
from reports.models import TransparencyReport
from reports.state_of_play import Receipt
from states.files import serving
from states.models import DocumentFile

Kind = TransparencyReport.Kind


def received(report: TransparencyReport) -> str:
    """When a report was received, as exactly as it is known."""
    if report.received_not_before is None or report.received_not_after is None:
        return _("looked for")
    return receipt_words(Receipt(report.received_not_before, report.received_not_after))


def reading(report: TransparencyReport) -> str:
    """When it was read through, or that it waits."""
    if report.read_through_on is not None:
        return report.read_through_on.strftime("%Y-%m-%d")
    if report.received_not_after is None or report.is_published:
        return ""
    return format_html('<span class="draft">{}</span>', _("waits to be read"))


def state_of_play(report: TransparencyReport, *, on: date) -> str:
    """The duty that a report answers and how that stands on a day, in sentences."""
    deadline = _deadline(report, on)
    if deadline is not None:
        return explain(deadline)
    if report.kind == Kind.VOLUNTARY:
        return _("A voluntary report: nobody owed it, and it discharges no duty.")
    return _("It answers no duty that is known of on %(day)s.") % {"day": date_format(on, "j F Y")}


def completeness(report: TransparencyReport) -> str:
    """Which forms are answered, in a sentence."""
    return sentence(measure(kind=report.kind, entries=report.form_entries.all()))


def files(report: TransparencyReport) -> str:
    """The documents of a report, each with its current files; a file is replaced on its page."""
    documents = report.documents.prefetch_related("files").order_by("kind", "title")
    if not documents:
        return _("None yet.")
    return format_html(
        '<ul class="report-files">{}</ul>',
        format_html_join(
            "",
            '<li><a href="{}">{}</a> ({}){}</li>',
            (
                (
                    reverse("admin:states_document_change", args=[document.pk]),
                    document,
                    _("public") if document.is_public else _("not public"),
                    _files_of([file for file in document.files.all() if file.is_current]),
                )
                for document in documents
            ),
        ),
    )


def _files_of(current: list[DocumentFile]) -> SafeString:
    return format_html_join(
        "",
        ' <a href="{}">{}</a>',
        ((serving.admin_address(file), file.original_name) for file in current),
    )


def _deadline(report: TransparencyReport, on: date) -> ReportDeadline | None:
    return next(
        (
            deadline
            for deadline in Reporting.load().on(on)
            if deadline.receipt is not None and deadline.receipt.report_id == report.pk
        ),
        None,
    )
