"""What a report declares: stockpiles, destruction, retention, areas, victims, assistance, laws."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from reports.forms import FormLetter

from .report import TransparencyReport


class DeclaredQuantity(models.Model):
    """One line of a report that declares something. A quantity not given is unknown, never zero."""

    class Subject(models.TextChoices):
        STOCKPILE = "stockpile", _("Stockpiled")
        DESTROYED = "destroyed", _("Destroyed")
        RETAINED = "retained", _("Retained")
        TRANSFERRED = "transferred", _("Transferred")
        CONTAMINATED = "contaminated", _("Contaminated area")
        CLEARED = "cleared", _("Cleared or released area")
        REMNANTS_DESTROYED = "remnants_destroyed", _("Remnants destroyed in clearance")
        VICTIMS = "victims", _("Victims")
        ASSISTANCE_GIVEN = "assistance_given", _("Assistance given")
        ASSISTANCE_RECEIVED = "assistance_received", _("Assistance received")
        ASSISTANCE_NEEDED = "assistance_needed", _("Assistance needed")
        NATIONAL_MEASURE = "national_measure", _("National implementation measure")

    class Unit(models.TextChoices):
        CLUSTER_MUNITIONS = "cluster_munitions", _("cluster munitions")
        SUBMUNITIONS = "submunitions", _("explosive submunitions")
        SQUARE_METRES = "square_metres", _("square metres")
        AREAS = "areas", _("areas")
        PERSONS = "persons", _("persons")
        USD = "usd", _("US dollars")
        EUR = "eur", _("euros")
        CHF = "chf", _("Swiss francs")
        NONE = "", _("no quantity")

    report = models.ForeignKey(
        TransparencyReport,
        on_delete=models.CASCADE,
        related_name="quantities",
        verbose_name=_("report"),
    )
    form = models.CharField(_("read in form"), max_length=1, choices=FormLetter.choices)
    subject = models.CharField(_("subject"), max_length=20, choices=Subject.choices)
    type = models.CharField(
        _("type"),
        max_length=200,
        blank=True,
        help_text=_("The type of munition, the name of the area or of the law."),
    )
    quantity = models.DecimalField(
        _("quantity"),
        max_digits=20,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Empty where the report gives none: unknown is not zero."),
    )
    unit = models.CharField(_("unit"), max_length=20, choices=Unit.choices, blank=True)
    period_from = models.DateField(_("from"), null=True, blank=True)
    period_to = models.DateField(_("to"), null=True, blank=True)
    place = models.CharField(
        _("place in the report"), max_length=200, blank=True, help_text=_("Page, table or row.")
    )
    note = models.TextField(_("note"), blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("declared quantity")
        verbose_name_plural = _("declared quantities")
        ordering = ("report", "form", "subject", "type")
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | Q(quantity__gte=0),
                name="declaredquantity_not_negative",
                violation_error_message=_("A quantity is not negative."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | ~Q(unit=""),
                name="declaredquantity_has_unit",
                violation_error_message=_("A quantity needs its unit."),
            ),
            models.CheckConstraint(
                condition=Q(period_from__isnull=True)
                | Q(period_to__isnull=True)
                | Q(period_from__lte=F("period_to")),
                name="declaredquantity_period_in_order",
                violation_error_message=_("The period must end after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()}: {self.type}".rstrip(": ")
