"""Forms say at the field why a file is refused, and store what they take."""

from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.models import inlineformset_factory
from django.utils.datastructures import MultiValueDict

from states.files.attaching import attach, replace
from states.files.forms import (
    DocumentFileForm,
    DocumentFileFormSet,
    DocumentUploadField,
    DocumentUploadsField,
)
from states.files.inspection import Inspected
from states.models import Document, DocumentFile

from . import good, hostile_office, requests
from .conftest import Folders

EMPTY = "This file is empty: choose it again, or ask for another copy."
HAS_PATH = "The file's name contains a path: give it a plain name, such as report.pdf."
FormSet = inlineformset_factory(
    Document,
    DocumentFile,
    form=DocumentFileForm,
    formset=DocumentFileFormSet,
    extra=1,
    can_delete=False,
)


class OneFile(forms.Form):
    upload = DocumentUploadField()


class PerhapsAFile(forms.Form):
    upload = DocumentUploadField(required=False)


class SeveralFiles(forms.Form):
    uploads = DocumentUploadsField()


def pdf(text: str = "report", name: str = "report.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, good.pdf(text), "application/octet-stream")


def files(*uploads: Any, field: str = "upload") -> Any:
    """What a request brings in a field."""
    return MultiValueDict({field: list(uploads)})


def test_a_field_gives_a_file_that_can_be_stored() -> None:
    form = OneFile({}, files(pdf()))

    assert form.errors == {}
    assert isinstance(form.cleaned_data["upload"], Inspected)
    assert form.cleaned_data["upload"].content_type == good.ContentType.PDF


def test_a_field_says_why_a_file_is_refused() -> None:
    form = OneFile({}, files(SimpleUploadedFile("report.pdf", b"")))

    assert form.errors == {"upload": [EMPTY]}
    assert form.errors.as_data()["upload"][0].code == "empty"


def test_a_field_without_a_file_is_missing_or_empty() -> None:
    assert OneFile({}, None).errors == {"upload": ["This field is required."]}
    form = PerhapsAFile({}, None)
    assert form.errors == {}
    assert form.cleaned_data == {"upload": None}


def test_a_field_offers_the_accepted_types() -> None:
    assert str(OneFile()["upload"]) == (
        '<input type="file" name="upload" accept=".pdf,.docx,.odt,.xlsx" required id="id_upload">'
    )
    assert str(SeveralFiles()["uploads"]) == (
        '<input type="file" name="uploads" accept=".pdf,.docx,.odt,.xlsx" multiple required '
        'id="id_uploads">'
    )


def test_several_files_are_taken_together() -> None:
    form = SeveralFiles(
        {}, files(pdf("a"), SimpleUploadedFile("b.odt", good.odt()), field="uploads")
    )

    assert form.errors == {}
    assert [each.original_name for each in form.cleaned_data["uploads"]] == ["report.pdf", "b.odt"]


def test_each_of_several_files_is_refused_by_its_name() -> None:
    form = SeveralFiles(
        {},
        files(
            SimpleUploadedFile("a.pdf", b""),
            pdf(),
            SimpleUploadedFile("c.docx", hostile_office.docx_with({"word/vbaProject.bin": "x"})),
            field="uploads",
        ),
    )

    assert form.errors == {
        "uploads": [
            f"a.pdf: {EMPTY}",
            "c.docx: This document contains macros: save a copy without macros, or as PDF.",
        ]
    }


def test_several_files_may_not_be_none() -> None:
    assert SeveralFiles({}, files(field="uploads")).errors == {
        "uploads": ["This field is required."]
    }


def test_a_file_that_was_dropped_on_its_way_is_refused_at_the_field(folders: Folders) -> None:
    request = requests.upload("../report.pdf", good.pdf())

    assert OneFile(request.POST, request.FILES).errors == {"upload": [HAS_PATH]}

    request = requests.upload("../report.pdf", good.pdf())
    many = MultiValueDict({"uploads": request.FILES.getlist("upload")})
    assert SeveralFiles({}, many).errors == {"uploads": [f"report.pdf: {HAS_PATH}"]}
    assert folders.files() == []


@pytest.mark.django_db
def test_a_form_adds_a_file_to_its_document(document: Document, clerk: User) -> None:
    form = DocumentFileForm({}, files(pdf()), instance=DocumentFile(document=document))

    assert form.is_valid()
    form.by = clerk
    file = form.save()

    assert list(document.files.all()) == [file]
    assert file.uploaded_by == clerk


@pytest.mark.django_db
def test_a_form_replaces_a_stored_file(document: Document, clerk: User) -> None:
    first = attach(document=document, upload=pdf("a"), by=clerk)
    form = DocumentFileForm({}, files(pdf("b")), instance=first)

    assert form.is_valid()
    form.by = clerk
    second = form.save()

    assert second.replaces == first
    assert list(document.files.current()) == [second]


@pytest.mark.django_db
def test_a_form_without_a_new_file_leaves_the_stored_one(document: Document, clerk: User) -> None:
    first = attach(document=document, upload=pdf("a"), by=clerk)
    form = DocumentFileForm({}, {}, instance=first)

    assert form.is_valid()
    assert form.save() == first
    assert first.history.count() == 1


@pytest.mark.django_db
def test_a_form_says_at_the_field_what_the_document_has_already(
    document: Document, clerk: User
) -> None:
    first = attach(document=document, upload=pdf("a", "first.pdf"), by=clerk)
    duplicate = DocumentFileForm({}, files(pdf("a")), instance=DocumentFile(document=document))
    replace(file=first, upload=pdf("b"), by=clerk)
    first.refresh_from_db()
    outdated = DocumentFileForm({}, files(pdf("c")), instance=first)

    assert outdated.errors == {
        "upload": ["“first.pdf” has been replaced already: replace the current file instead."]
    }
    assert duplicate.errors == {}


@pytest.mark.django_db
def test_a_form_refuses_the_same_file_at_the_field(document: Document, clerk: User) -> None:
    attach(document=document, upload=pdf("a", "first.pdf"), by=clerk)

    form = DocumentFileForm({}, files(pdf("a")), instance=DocumentFile(document=document))

    assert form.errors == {
        "upload": ["This document has this very file already, as “first.pdf”: choose another one."]
    }


@pytest.mark.django_db
def test_a_form_does_not_store_for_nobody(document: Document, folders: Folders) -> None:
    form = DocumentFileForm({}, files(pdf()), instance=DocumentFile(document=document))

    assert form.is_valid()
    with pytest.raises(TypeError):
        form.save()
    assert folders.files() == []


@pytest.mark.django_db
def test_rows_of_a_document_add_and_replace(
    document: Document, clerk: User, folders: Folders
) -> None:
    first = attach(document=document, upload=pdf("a"), by=clerk)
    data = {
        "files-TOTAL_FORMS": "3",
        "files-INITIAL_FORMS": "1",
        "files-0-id": str(first.pk),
        "files-0-document": str(document.pk),
        "files-1-document": str(document.pk),
        "files-2-document": str(document.pk),
    }
    sent: Any = MultiValueDict({"files-0-upload": [pdf("b")], "files-1-upload": [pdf("c")]})
    formset: Any = FormSet(data, sent, instance=document)

    assert formset.is_valid(), formset.errors
    formset.by = clerk
    formset.save()

    first.refresh_from_db()
    added = document.files.current().get(replaces=None)
    assert set(document.files.current()) == {first.replaced_by, added}
    assert len(folders.files()) == 3
    assert (formset.new_objects, len(formset.changed_objects)) == ([added], 1)
    assert all(Path(file.file.path).exists() for file in document.files.all())
