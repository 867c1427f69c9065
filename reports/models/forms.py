"""What a report says on each sheet of the reporting form."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from reports.forms import FormLetter

from .report import TransparencyReport


class FormAnswer(models.TextChoices):
    """How a sheet was answered. Three different things besides "filled", and none means "no"."""

    FILLED = "filled", _("filled")
    UNCHANGED = "unchanged", _("unchanged since an earlier report")
    NOT_APPLICABLE = "not_applicable", _("not applicable")
    BLANK = "blank", _("blank")


class FormEntry(models.Model):
    """One sheet (A to J) of one transparency report."""

    report = models.ForeignKey(
        TransparencyReport,
        on_delete=models.CASCADE,
        related_name="form_entries",
        verbose_name=_("report"),
    )
    form = models.CharField(_("form"), max_length=1, choices=FormLetter.choices)
    answer = models.CharField(_("answer"), max_length=15, choices=FormAnswer.choices)
    unchanged_since = models.PositiveSmallIntegerField(
        _("unchanged since"), null=True, blank=True, help_text=_("The year of the earlier report.")
    )
    sentence = models.TextField(
        _("sentence"),
        blank=True,
        help_text=_("What the state wrote, in short; why a form does not apply."),
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("form of a report")
        verbose_name_plural = _("forms of reports")
        ordering = ("report", "form")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "form"],
                name="formentry_once_a_report",
                violation_error_message=_("This form is recorded already."),
            ),
            models.CheckConstraint(
                condition=Q(unchanged_since__isnull=True) | Q(answer=FormAnswer.UNCHANGED),
                name="formentry_year_only_if_unchanged",
                violation_error_message=_("A year belongs to the answer “unchanged” alone."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_form_display()}: {self.get_answer_display()}"

    @property
    def is_bare(self) -> bool:
        """Whether it says "not applicable" without a word of why."""
        return self.answer == FormAnswer.NOT_APPLICABLE and not self.sentence.strip()
