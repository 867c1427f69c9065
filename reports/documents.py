"""The documents and files of a report: where they are kept, and whether they may be shown."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from states.files.attaching import attach
from states.files.inspection import Inspected
from states.files.refusal import Refused
from states.models import Document, DocumentFile
from states.publishing import may_publish

from .models import TransparencyReport

Kind = TransparencyReport.Kind

TITLES = {
    Kind.INITIAL: "Initial transparency report of {name}",
    Kind.ANNUAL: "Annual transparency report of {name} for {year}",
    Kind.VOLUNTARY: "Voluntary transparency report of {name}",
}
"""Of a document as it is stored: in English, like every title that the portal gives."""


@transaction.atomic
def attach_to_report(
    *, report: TransparencyReport, name: str, files: Sequence[Inspected], by: AbstractBaseUser
) -> Document:
    """Keep files as a document of a report: the one that it has, or else a new, non-public one.

    `name` is the state's. Raises `ValidationError` with a sentence for each file that is refused;
    then none is kept.
    """
    document = _open_document(report, by) or _new_document(report, name, by)
    refused = []
    for file in files:
        try:
            attach(document=document, upload=file, by=by)
        except Refused as refusal:
            refused.append(f"{file.original_name}: {refusal}")
    if refused:
        raise ValidationError(refused)
    return document


@transaction.atomic
def own_document(*, report: TransparencyReport, name: str, by: AbstractBaseUser | None) -> Document:
    """The document that is the report itself, to be cited: the one it has, or a new one.

    `name` is the state's. A new one is not public; its files can be added later.
    """
    found = of_kind_report([report]).order_by("-is_public", "pk").first()
    return found or _new_document(report, name, by)


def of_kind_report(reports: Iterable[TransparencyReport]) -> QuerySet[Document]:
    """The documents of reports that are the reports themselves, not what came with them."""
    return Document.objects.filter(
        reports__in=[report.pk for report in reports], kind=Document.Kind.REPORT
    ).distinct()


def may_be_shown(document: Document) -> bool:
    """Whether a document's files may be shown outside the admin, as far as reports decide it.

    Those of a report itself may once the report is published; any other document, also one that
    came with a report, is for `is_public` alone to decide.
    """
    return Document.objects.filter(_may_be_shown(), pk=document.pk).exists()


def shown(files: QuerySet[DocumentFile]) -> QuerySet[DocumentFile]:
    """Of many files, those that no unpublished report holds back."""
    return files.filter(_may_be_shown("document__"))


def refusals_to_link(
    *, report: TransparencyReport, documents: Iterable[Document], by: AbstractBaseUser
) -> list[str]:
    """Why somebody may not give a report these documents: what the public sees must not change.

    A public document is added to a report, or taken from it, by those who may publish documents.
    """
    before = set(report.documents.all()) if report.pk else set()
    touched = sorted(before ^ set(documents), key=str)
    if may_publish(by, Document):
        return []
    return [
        _(
            "“%(document)s” is public, so that only somebody who may publish documents adds it to "
            "a report or takes it away: ask an editor."
        )
        % {"document": document}
        for document in touched
        if document.is_public
    ]


def waiting_to_be_read() -> QuerySet[TransparencyReport]:
    """The queue: reports that came and that nobody has read through.

    One that was published without a file, as the bundled dataset's are, holds nothing to read.
    """
    files = DocumentFile.objects.current().filter(document__reports=OuterRef("pk"))
    return TransparencyReport.objects.to_read().filter(Q(published_at__isnull=True) | Exists(files))


def _may_be_shown(path: str = "") -> Q:
    """The rule of `may_be_shown`, for a query that reaches documents by a path."""
    reports = TransparencyReport.objects.filter(documents=OuterRef(f"{path}pk"))
    is_of_other_kind = ~Q(**{f"{path}kind": Document.Kind.REPORT})
    return is_of_other_kind | ~Exists(reports) | Exists(reports.published())


def _open_document(report: TransparencyReport, by: AbstractBaseUser) -> Document | None:
    """The report's own document to which somebody may add files."""
    documents = report.documents.filter(kind=Document.Kind.REPORT).order_by("is_public", "pk")
    return next(
        (item for item in documents if not item.is_public or may_publish(by, Document)), None
    )


def _new_document(report: TransparencyReport, name: str, by: AbstractBaseUser | None) -> Document:
    document = Document(
        code=_free_code(report),
        title=TITLES[Kind(report.kind)].format(name=name, year=report.year),
        kind=Document.Kind.REPORT,
        author=name,
        language="",
    )
    document._history_user = by  # type: ignore[attr-defined]
    document.save()
    report._history_user = by  # type: ignore[attr-defined]
    report.documents.add(document)
    return document


def _free_code(report: TransparencyReport) -> str:
    day: date | None = report.received_not_after
    which = report.year or (day if report.kind == Kind.VOLUNTARY else None)
    parts = ("article7", report.state.iso3.lower(), report.kind, which)
    base = "-".join(str(part) for part in parts if part)
    taken = set(Document.objects.filter(code__startswith=base).values_list("code", flat=True))
    number = 1
    code = base
    while code in taken:
        number += 1
        code = f"{base}-{number}"
    return code
