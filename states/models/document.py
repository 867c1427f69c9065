"""What can be cited as evidence."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents."""

    def public(self) -> Self:
        """Those that may be named outside the admin."""
        return self.filter(is_public=True)


class Document(models.Model):
    """Anything that can be cited: a depositary's record, a report, a statement, a press item."""

    class Kind(models.TextChoices):
        DEPOSITARY_RECORD = "depositary_record", _("Depositary's record")
        REPORT = "report", _("Transparency report")
        STATEMENT = "statement", _("Statement")
        NOTE_VERBALE = "note_verbale", _("Note verbale")
        WORKING_PAPER = "working_paper", _("Working paper")
        MEETING_DOCUMENT = "meeting_document", _("Meeting document")
        PRESS = "press", _("Press")
        CIVIL_SOCIETY = "civil_society", _("Civil society publication")
        OTHER = "other", _("Other")

    code = models.SlugField(
        _("code"),
        max_length=80,
        unique=True,
        help_text=_("A short name by which imports cite it."),
    )
    title = models.CharField(_("title"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    author = models.CharField(_("author"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True, default="en")
    published_on = models.DateField(
        _("date"), null=True, blank=True, help_text=_("Empty where the day is not known.")
    )
    url = models.URLField(_("link"), max_length=500, blank=True)
    is_public = models.BooleanField(
        _("public"),
        default=False,
        help_text=_("Only a public document may be cited by something published."),
    )
    note = models.TextField(_("note"), blank=True)
    history = HistoricalRecords()

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ("title", "code")
        permissions = [("publish_document", "Can mark documents as public")]

    def __str__(self) -> str:
        return self.title
