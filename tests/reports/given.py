"""Reports, files and people for the tests of recording, importing and publishing."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from reports.exchange import RESOURCES
from reports.models import TransparencyReport
from reports.recording import Receiving, Recording, record
from states.exchange import Account, import_file
from states.files.inspection import Inspected, inspect
from states.models import Document, State
from tests.files import good

TODAY = date(2026, 1, 1)


def report(of: State, kind: str = "initial", received: str = "", **values: Any) -> Any:
    """A recorded report, received on a day, between two days ("2011-01-01/2011-01-31") or not yet.

    `published` makes it a published one.
    """
    first, _, last = received.partition("/")
    published = values.pop("published", False)
    return TransparencyReport.objects.create(
        state=of,
        kind=kind,
        received_not_before=date.fromisoformat(first) if first else None,
        received_not_after=date.fromisoformat(last or first) if first else None,
        published_at=timezone.now() if published else None,
        **values,
    )


def recorded(of: State, on: str, *, by: Any, kind: str = "initial", **values: Any) -> Recording:
    """Record that a report was received on a day, or between two."""
    first, _, last = on.partition("/")
    receiving = {
        name: values.pop(name)
        for name in ("certainty", "basis", "source", "place")
        if name in values
    }
    return record(
        state=of,
        kind=kind,
        year=values.pop("year", None),
        received=Receiving(
            date.fromisoformat(first), date.fromisoformat(last or first), **receiving
        ),
        today=values.pop("today", TODAY),
        by=by,
        **values,
    )


def upload(name: str = "report.pdf", text: str = "report") -> SimpleUploadedFile:
    """A PDF as a browser sends it."""
    return SimpleUploadedFile(name, good.pdf(text), "application/pdf")


def file(name: str = "report.pdf", text: str = "report") -> Inspected:
    """A PDF that was found acceptable."""
    return inspect(upload(name, text))


def document(of: TransparencyReport, *, public: bool = False, **values: Any) -> Document:
    """A document of a report."""
    values = {"code": f"doc-{of.pk}", "title": "The report", "kind": Document.Kind.REPORT} | values
    made = Document.objects.create(is_public=public, **values)
    of.documents.add(made)
    return made


def bring(kind: str, data: bytes, **options: Any) -> Account:
    """Import a file of reports."""
    return import_file(kind=kind, data=data, filename="file.csv", resources=RESOURCES, **options)
