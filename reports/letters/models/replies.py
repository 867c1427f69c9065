"""What states answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from states.models import Document

from .letter import Letter


class LetterReply(models.Model):
    """An answer that came to a letter, by whatever way."""

    letter = models.ForeignKey(
        Letter, on_delete=models.PROTECT, related_name="replies", verbose_name=_("letter")
    )
    received_on = models.DateField(_("received on"))
    summary = models.TextField(_("what it says"))
    document = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("document"),
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ("-received_on", "-pk")

    def __str__(self) -> str:
        return self.summary[:80]
