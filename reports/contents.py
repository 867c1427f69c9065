"""What one published report contains: its files, its forms, what it declares, what changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from states.files.serving import public_address
from states.models import DocumentFile

from . import completeness
from .completeness import Completeness
from .deadlines import Kind
from .forms import FORMS, Form
from .models import DeclaredQuantity, FormEntry, TransparencyReport


@dataclass(frozen=True)
class File:
    """A file to download."""

    name: str
    url: str
    type: str
    size: int


@dataclass(frozen=True)
class PublishedDocument:
    """A public document of the report with its current files."""

    title: str
    language: str
    url: str
    files: tuple[File, ...]


@dataclass(frozen=True)
class Declared:
    """What one form declares, in the order of the report's lines."""

    form: Form
    lines: tuple[DeclaredQuantity, ...]


@dataclass(frozen=True)
class Change:
    """Something that a report says otherwise than the one before it. "" stands for nothing."""

    what: str
    before: str
    now: str


@dataclass(frozen=True)
class Comparison:
    """What changed since the report before; `previous_key` leads to that report's page."""

    previous: TransparencyReport
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Contents:
    """A published report's contents."""

    documents: tuple[PublishedDocument, ...]
    completeness: Completeness
    measure: str
    declared: tuple[Declared, ...]
    comparison: Comparison | None


def load(report: TransparencyReport) -> Contents:
    """The contents of a published report. Costs at most nine queries."""
    entries = list(report.form_entries.order_by("form"))
    lines = _lines(report)
    measure = completeness.completeness(kind=report.kind, entries=entries)
    previous = _previous(report)
    return Contents(
        documents=_documents(report),
        completeness=measure,
        measure=completeness.sentence(measure),
        declared=tuple(
            Declared(FORMS[form], tuple(group))
            for form, group in groupby(lines, key=lambda line: line.form)
        ),
        comparison=_comparison(previous, entries, lines) if previous else None,
    )


def amount(line: DeclaredQuantity) -> str:
    """A quantity with its unit; “not given” where the report gives none."""
    if line.quantity is None:
        return _("not given")
    places = 0 if line.quantity == line.quantity.to_integral_value() else 2
    number = number_format(line.quantity, decimal_pos=places, force_grouping=True)
    return f"{number} {line.get_unit_display()}"


def _lines(report: TransparencyReport) -> list[DeclaredQuantity]:
    return list(report.quantities.order_by("form", "subject", "type", "pk"))


def _documents(report: TransparencyReport) -> tuple[PublishedDocument, ...]:
    documents = list(report.documents.public().order_by("title", "pk"))
    files = DocumentFile.objects.public().filter(document__in=documents)
    by_document: dict[int, list[File]] = {}
    for file in files.order_by("pk"):
        by_document.setdefault(file.document_id, []).append(
            File(
                name=file.original_name,
                url=public_address(file),
                type=DocumentFile.ContentType(file.content_type).name,
                size=file.size,
            )
        )
    return tuple(
        PublishedDocument(
            title=document.title,
            language=document.language,
            url=document.url,
            files=tuple(by_document.get(document.pk, ())),
        )
        for document in documents
    )


def _previous(report: TransparencyReport) -> TransparencyReport | None:
    """The report of the year before, else the initial report; published ones alone."""
    if report.kind != Kind.ANNUAL or report.year is None:
        return None
    published = TransparencyReport.objects.published().filter(state_id=report.state_id)
    year_before = published.filter(kind=Kind.ANNUAL, year=report.year - 1).first()
    return year_before or (
        published.filter(kind=Kind.INITIAL).order_by("-received_not_after", "-pk").first()
        if not published.filter(kind=Kind.ANNUAL, year__lt=report.year).exists()
        else None
    )


def _comparison(
    previous: TransparencyReport, entries: Iterable[FormEntry], lines: list[DeclaredQuantity]
) -> Comparison:
    before = {entry.form: _answer(entry) for entry in previous.form_entries.all()}
    now = {entry.form: _answer(entry) for entry in entries}
    forms = _changes(
        {str(FORMS[form].letter.label): text for form, text in before.items()},
        {str(FORMS[form].letter.label): text for form, text in now.items()},
    )
    declared = _changes(_amounts(_lines(previous)), _amounts(lines))
    return Comparison(previous=previous, changes=(*forms, *declared))


def _answer(entry: FormEntry) -> str:
    return str(entry.get_answer_display())


def _amounts(lines: Iterable[DeclaredQuantity]) -> dict[str, str]:
    """What is declared, and how much; lines of the same kind and type one after the other."""
    found: dict[str, list[str]] = {}
    for line in lines:
        found.setdefault(str(line), []).append(amount(line))
    return {what: "; ".join(amounts) for what, amounts in found.items()}


def _changes(before: Mapping[str, str], now: Mapping[str, str]) -> list[Change]:
    return [
        Change(what=what, before=before.get(what, ""), now=now.get(what, ""))
        for what in dict.fromkeys([*before, *now])
        if before.get(what) != now.get(what)
    ]
