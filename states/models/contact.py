"""Whom the secretariat writes to. Never public."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .state import State


class ContactQuerySet(models.QuerySet["Contact"]):
    """Contacts."""

    def serving(self, on: date | models.Expression) -> Self:
        """Contacts in service on a day. `serves_from` is included, `serves_until` is not."""
        return self.filter(
            Q(serves_from__isnull=True) | Q(serves_from__lte=on),
            Q(serves_until__isnull=True) | Q(serves_until__gt=on),
        )


class Contact(models.Model):
    """A permanent mission or a national focal point, with its form of address. Personal data."""

    class Kind(models.TextChoices):
        PERMANENT_MISSION = "permanent_mission", _("Permanent mission")
        FOCAL_POINT = "focal_point", _("National focal point")

    state = models.ForeignKey(
        State, on_delete=models.PROTECT, related_name="contacts", verbose_name=_("state")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=200)
    form_of_address = models.CharField(
        _("form of address"), max_length=200, blank=True, help_text=_("Such as “Excellency”.")
    )
    language = models.CharField(
        _("language"),
        max_length=10,
        blank=True,
        help_text=_("Empty: the state's first language of correspondence."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    serves_from = models.DateField(_("from"), null=True, blank=True)
    serves_until = models.DateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("The first day on which it no longer serves."),
    )
    note = models.TextField(_("note"), blank=True)
    history = HistoricalRecords()

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ("state", "kind", "name")
        constraints = [
            models.CheckConstraint(
                condition=Q(serves_from__isnull=True)
                | Q(serves_until__isnull=True)
                | Q(serves_until__gt=F("serves_from")),
                name="contact_ends_after_it_begins",
                violation_error_message=_("The service must end after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
