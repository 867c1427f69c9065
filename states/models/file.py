"""The files of documents: what was uploaded, under which name it is stored, what replaced it."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .document import Document


class DocumentFileQuerySet(models.QuerySet["DocumentFile"]):
    """Files of documents."""

    def current(self) -> Self:
        """Those that nothing has replaced."""
        return self.filter(replaced_at__isnull=True)

    def public(self) -> Self:
        """Those that a public page may offer, as far as the document decides it."""
        return self.current().filter(document__is_public=True)


def storage_name(file: "DocumentFile", uploaded_name: str) -> str:
    """Where a new file lies under MEDIA_ROOT: nobody can guess it, and no uploaded name is in it.

    Such as documents/0f/3a/0f3a….pdf: the two folders keep every folder short.
    """
    name = uuid.uuid4().hex
    extension = DocumentFile.ContentType(file.content_type).extension
    return f"documents/{name[:2]}/{name[2:4]}/{name}.{extension}"


class DocumentFile(models.Model):
    """One file of a document, such as a report as it was received.

    It never changes: a better copy replaces it, and the replaced one stays (`replaced_at`).
    `states.files.attaching` writes these rows and their files.
    """

    class ContentType(models.TextChoices):
        PDF = "application/pdf", _("PDF")
        DOCX = (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            _("Word document (DOCX)"),
        )
        ODT = "application/vnd.oasis.opendocument.text", _("OpenDocument text (ODT)")
        XLSX = (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            _("Excel workbook (XLSX)"),
        )

        @property
        def extension(self) -> str:
            """How the names of such files end, without the dot."""
            return self.name.lower()

    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="files", verbose_name=_("document")
    )
    file = models.FileField(_("stored as"), upload_to=storage_name, unique=True, editable=False)
    public_id = models.UUIDField(
        _("public identifier"), default=uuid.uuid4, unique=True, editable=False
    )
    original_name = models.CharField(_("name"), max_length=200, editable=False)
    content_type = models.CharField(
        _("type"), max_length=100, choices=ContentType.choices, editable=False
    )
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, editable=False)
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("uploaded by"),
    )
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        editable=False,
        verbose_name=_("replaces"),
    )
    replaced_at = models.DateTimeField(
        _("replaced at"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Empty for a current file."),
    )
    history = HistoricalRecords()

    objects = DocumentFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a document")
        verbose_name_plural = _("files of documents")
        ordering = ("document", "uploaded_at", "pk")
        # Files are replaced, never deleted.
        default_permissions = ("add", "change", "view")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "sha256"],
                condition=Q(replaced_at__isnull=True),
                name="documentfile_content_once",
                violation_error_message=_("This document has this file already."),
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0),
                name="documentfile_not_empty",
                violation_error_message=_("A file must not be empty."),
            ),
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def is_current(self) -> bool:
        """Whether nothing has replaced it."""
        return self.replaced_at is None
