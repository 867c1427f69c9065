"""Actors other than states."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Organization(models.Model):
    """A body or an office that acts under the Convention: the ICRC, a Friend of the President."""

    class Kind(models.TextChoices):
        UN = "un", _("United Nations")
        RED_CROSS = "red_cross", _("Red Cross and Red Crescent")
        CIVIL_SOCIETY = "civil_society", _("Civil society")
        REGIONAL = "regional", _("Regional organisation")
        OFFICE = "office", _("Office under the Convention")
        OTHER = "other", _("Other")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    note = models.TextField(_("note"), blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
