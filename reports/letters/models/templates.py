"""What letters say, in each language."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from reports.letters.placeholders import refusals

from .vocabulary import Language


class LetterTemplate(models.Model):
    """One kind of letter, such as the first reminder; its words are in `LetterText`."""

    code = models.SlugField(
        _("code"),
        unique=True,
        help_text=_("A short name that does not change, such as first-reminder."),
    )
    name = models.CharField(_("name"), max_length=200)
    note = models.TextField(_("note"), blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("template of letters")
        verbose_name_plural = _("templates of letters")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class LetterText(models.Model):
    """The words of a template in one language, with the named placeholders of `placeholders`.

    `subject` is one line; `body` has paragraphs parted by empty lines. Both are plain text.
    """

    template = models.ForeignKey(
        LetterTemplate,
        on_delete=models.CASCADE,
        related_name="texts",
        verbose_name=_("template"),
    )
    language = models.CharField(_("language"), max_length=10, choices=Language.choices)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("text of a template")
        verbose_name_plural = _("texts of templates")
        ordering = ("template", "language")
        constraints = [
            models.UniqueConstraint(
                fields=["template", "language"],
                name="lettertext_once_a_language",
                violation_error_message=_("This template has a text in this language already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} ({self.get_language_display()})"

    def clean(self) -> None:
        """Refuse a placeholder that no letter can fill, and a subject of several lines."""
        errors = {
            field: sentences
            for field, sentences in (
                ("subject", list(refusals(self.subject, is_one_line=True))),
                ("body", list(refusals(self.body))),
            )
            if sentences
        }
        if errors:
            raise ValidationError(errors)
