"""Which files of documents the API may name: those that the public pages serve."""

from django.db.models import Exists, OuterRef, QuerySet

from reports.models import TransparencyReport
from states.models import DocumentFile


def may_be_named(files: QuerySet[DocumentFile]) -> QuerySet[DocumentFile]:
    """Of many files, those whose documents `reports.documents.may_be_shown` lets show."""
    reports = TransparencyReport.objects.filter(documents=OuterRef("document"))
    return files.filter(~Exists(reports) | Exists(reports.published()))
