"""Form fields and forms that take files of documents and say at the field why one is refused."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from states.models import Document, DocumentFile

from .attaching import attach, ensure_current, ensure_new, replace
from .inspection import Inspected, inspect
from .refusal import Refused

ACCEPT = ",".join(f".{content_type.extension}" for content_type in DocumentFile.ContentType)
"""What a browser's dialogue for files offers; nothing relies on it."""


class DocumentUploadField(forms.FileField):
    """One file that a document can have; its value is an `Inspected`, ready for `attach`."""

    widget = forms.FileInput(attrs={"accept": ACCEPT})

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("file"))
        # An empty file gets the portal's own sentence, and a long name is cut.
        super().__init__(**options, allow_empty_file=True)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Inspect the file; None without one. The sentence of a refusal is the field's error."""
        upload = super().clean(data, None)
        if not isinstance(upload, File):
            return None
        return inspect(upload)


class SeveralFilesInput(forms.ClearableFileInput):
    """A field of the browser for several files at once."""

    allow_multiple_selected = True


class DocumentUploadsField(forms.FileField):
    """Several files at once; its value is a list of `Inspected`, all of them or none."""

    widget = SeveralFilesInput(attrs={"accept": ACCEPT})

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("files"))
        super().__init__(**options, allow_empty_file=True)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Inspect every file. Each refusal becomes an error of the field, with the file's name."""
        uploads = (data or [None]) if isinstance(data, Sequence) else [data]
        inspected: list[Inspected] = []
        errors: list[ValidationError] = []
        for upload in uploads:
            try:
                cleaned = super().clean(upload, None)
                if isinstance(cleaned, File):
                    inspected.append(inspect(cleaned))
            except ValidationError as error:
                errors.append(_of_file(error, upload))
        if errors:
            raise ValidationError(errors)
        return inspected


class DocumentFileForm(forms.ModelForm):  # type: ignore[type-arg]
    """A file to add to `instance.document`, or one that replaces `instance` if that is stored.

    `by` must be set before `save`: who uploads. A form of a formset gets it from there.
    """

    upload = DocumentUploadField(required=False)
    by: AbstractBaseUser | None = None

    class Meta:
        model = DocumentFile
        fields = ()

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        field = self.fields["upload"]
        is_stored = self.instance.pk is not None
        field.required = not is_stored
        field.label = _("replace by") if is_stored else _("file")

    def clean(self) -> dict[str, Any]:
        """Refuse what the document has already, and to replace what is replaced."""
        cleaned = super().clean() or {}
        upload, file = cleaned.get("upload"), self.instance
        try:
            if upload is not None and file.pk is not None:
                ensure_current(file=file)
            if upload is not None and file.document_id is not None:
                ensure_new(document=Document(pk=file.document_id), sha256=upload.sha256)
        except Refused as refused:
            self.add_error("upload", refused)
        return cleaned

    def save(self, commit: bool = True) -> DocumentFile:
        """Add or replace, whatever `commit` says; raises `Refused` as the verbs do."""
        upload = self.cleaned_data.get("upload")
        file: DocumentFile = self.instance
        if upload is None:
            return file
        if self.by is None:
            raise TypeError("set `by`, who uploads, before saving")
        if file.pk is not None:
            self.instance = file = replace(file=file, upload=upload, by=self.by)
        else:
            self.instance = file = attach(document=file.document, upload=upload, by=self.by)
        return file


class DocumentFileFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """The files of one document in the admin; set `by` before `save`."""

    by: AbstractBaseUser | None = None

    def save(self, commit: bool = True) -> list[DocumentFile]:
        """Add and replace what the forms say; raises `Refused` as the verbs do."""
        for form in self.forms:
            form.by = self.by  # type: ignore[attr-defined]
        return super().save(commit=commit)


def _of_file(error: ValidationError, upload: object) -> ValidationError:
    name = getattr(upload, "name", None)
    sentence = " ".join(error.messages)
    if not name:
        return ValidationError(sentence, code=error.code)
    return ValidationError(
        _("%(name)s: %(sentence)s"), code=error.code, params={"name": name, "sentence": sentence}
    )
