"""How far the secretariat vouches that its entries are complete."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .report import TransparencyReport


class Coverage(models.Model):
    """The day through which all reports of a kind that came have been entered.

    Beyond it nobody is called late and nothing "not reported". No row: nothing is vouched for.
    """

    kind = models.CharField(
        _("kind of report"), max_length=10, choices=TransparencyReport.Kind.choices, unique=True
    )
    complete_through = models.DateField(_("complete through"))
    is_kept_up = models.BooleanField(
        _("kept up day by day"),
        default=False,
        help_text=_(
            "Each report is entered on the day it comes: the entries are complete through every "
            "day, also without a new date here. Reminder letters need this, or a date of today."
        ),
    )
    note = models.TextField(_("note"), blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("completeness of entries")
        verbose_name_plural = _("completeness of entries")
        ordering = ("kind",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.complete_through:%Y-%m-%d}"

    @property
    def through(self) -> date:
        """The day through which the entries are complete; without end where they are kept up."""
        return date.max if self.is_kept_up else self.complete_through
