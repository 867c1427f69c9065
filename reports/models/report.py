"""Transparency reports under Article 7 and when the Secretary-General received them."""

from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from states.models import Certainty, Document, Publishable, PublishableQuerySet, State


class TransparencyReportQuerySet(PublishableQuerySet["TransparencyReport"]):
    """Transparency reports."""

    def received(self) -> Self:
        """Those that came, on a known day or between two days."""
        return self.filter(received_not_after__isnull=False)

    def to_read(self) -> Self:
        """Those that came and have not been read through yet."""
        return self.received().filter(read_through_on__isnull=True)


class TransparencyReport(Publishable):
    """A report of a state under Article 7: the initial one, an annual one, or a voluntary one.

    The receipt counts everywhere as soon as it is saved; publication governs the contents and the
    files. A row without a receipt says that the report is looked for and that nobody knows whether
    it came.
    """

    class Kind(models.TextChoices):
        INITIAL = "initial", _("Initial report")
        ANNUAL = "annual", _("Annual report")
        VOLUNTARY = "voluntary", _("Voluntary report")

    state = models.ForeignKey(
        State, on_delete=models.PROTECT, related_name="reports", verbose_name=_("state")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(2008), MaxValueValidator(2200)],
        help_text=_("The calendar year that an annual report covers."),
    )
    period_from = models.DateField(_("reporting period from"), null=True, blank=True)
    period_to = models.DateField(_("reporting period to"), null=True, blank=True)
    received_not_before = models.DateField(
        _("received on or after"),
        null=True,
        blank=True,
        help_text=_("The day of receipt, or the first day on which it may have come."),
    )
    received_not_after = models.DateField(
        _("received on or before"),
        null=True,
        blank=True,
        help_text=_("The same day where it is known; else the last day on which it may have come."),
    )
    certainty = models.CharField(
        _("certainty"), max_length=15, choices=Certainty.choices, default=Certainty.CONFIRMED
    )
    receipt_basis = models.CharField(
        _("what the date is"),
        max_length=200,
        blank=True,
        help_text=_(
            "Such as the stamp of receipt, or the date on the report. Shown once published."
        ),
    )
    receipt_source = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source of the date"),
    )
    receipt_place = models.CharField(_("place in the source"), max_length=300, blank=True)
    documents = models.ManyToManyField(
        Document, blank=True, related_name="reports", verbose_name=_("the report's documents")
    )
    read_through_on = models.DateField(
        _("read through on"),
        null=True,
        blank=True,
        help_text=_("Empty while the report waits to be read."),
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("Shown to everybody once the report is published.")
    )
    history = HistoricalRecords(m2m_fields=[documents])

    objects = TransparencyReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("transparency report")
        verbose_name_plural = _("transparency reports")
        ordering = ("-received_not_after", "state", "kind", "year")
        permissions = [("publish_transparencyreport", "Can publish and withdraw reports")]
        constraints = [
            models.CheckConstraint(
                condition=Q(received_not_before__isnull=True, received_not_after__isnull=True)
                | Q(
                    received_not_before__isnull=False,
                    received_not_after__isnull=False,
                    received_not_before__lte=F("received_not_after"),
                ),
                name="report_received_between_two_days",
                violation_error_message=_(
                    "Give both days between which it was received, or the same day twice."
                ),
            ),
            models.CheckConstraint(
                condition=Q(kind="annual", year__isnull=False) | ~Q(kind="annual"),
                name="report_annual_has_year",
                violation_error_message=_("An annual report needs the calendar year it covers."),
            ),
            models.CheckConstraint(
                condition=Q(kind="initial", year__isnull=True) | ~Q(kind="initial"),
                name="report_initial_has_no_year",
                violation_error_message=_("An initial report covers no calendar year."),
            ),
            models.UniqueConstraint(
                fields=["state", "year"],
                condition=Q(kind="annual"),
                name="report_annual_once_a_year",
                violation_error_message=_("The annual report of this year is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        kind = str(self.get_kind_display())
        return f"{kind} {self.year}" if self.year else kind

    @property
    def received_on(self) -> date | None:
        """The day of receipt, where it is known to the day."""
        if self.received_not_before == self.received_not_after:
            return self.received_not_after
        return None


class KnownMissing(models.Model):
    """A day on which a source says that a report had not been received."""

    report = models.ForeignKey(
        TransparencyReport,
        on_delete=models.CASCADE,
        related_name="known_missing",
        verbose_name=_("report"),
    )
    on = models.DateField(_("missing on"))
    document = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source"),
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("day on which it was missing")
        verbose_name_plural = _("days on which it was missing")
        ordering = ("report", "on")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "on"],
                name="knownmissing_once",
                violation_error_message=_("This day is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d}"
