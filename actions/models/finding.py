"""Findings: what a document says about a state or an organisation, with its place there."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from reports.models import DeclaredQuantity, FormEntry
from states.models import Document, Organization, Publishable, PublishableQuerySet, State

from .indicator import Indicator


class Answer(models.TextChoices):
    """What a finding says. No finding is no answer: it never means "no"."""

    YES = "yes", _("yes")
    NO = "no", _("no")


class FindingQuerySet(PublishableQuerySet["Finding"]):
    """Findings."""

    def kept(self) -> Self:
        """Those that nobody has retracted."""
        return self.filter(retracted_at__isnull=True)

    def shown(self) -> Self:
        """Those that count outside the admin: published, kept, and resting on nothing hidden."""
        return (
            self.published()
            .kept()
            .filter(
                document__in=Document.objects.public().order_by().values("pk"),
                indicator__in=Indicator.objects.published().order_by().values("pk"),
            )
        )

    def standing(self, on: date) -> Self:
        """Those that belong to the figures of a day: reported by then and not ended by then.

        `ended_on` is the first day on which the fact no longer held.
        """
        return self.shown().filter(
            Q(ended_on__isnull=True) | Q(ended_on__gt=on), reported_on__lte=on
        )


class Finding(Publishable):
    """One thing that one document says about one actor: the evidence behind every figure."""

    state = models.ForeignKey(
        State,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name=_("state"),
        db_index=False,  # The index by subject begins with it.
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name=_("organisation"),
    )
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        related_name="findings",
        verbose_name=_("indicator"),
        db_index=False,  # The index by report begins with it.
    )
    answer = models.CharField(_("answer"), max_length=3, choices=Answer.choices, default=Answer.YES)
    reported_on = models.DateField(
        _("reported on"), help_text=_("From this day on it belongs to the figures.")
    )
    occurred_not_before = models.DateField(
        _("happened on or after"),
        null=True,
        blank=True,
        help_text=_("Empty, both, where the day is not known; equal where it is."),
    )
    occurred_not_after = models.DateField(_("happened on or before"), null=True, blank=True)
    ended_on = models.DateField(
        _("ended on"),
        null=True,
        blank=True,
        help_text=_("The first day on which it was so no longer: a change in the world."),
    )
    label = models.CharField(
        _("label"),
        max_length=200,
        blank=True,
        help_text=_("Which one it is, where one actor may have several: a paper, a type, a case."),
    )
    quantity = models.DecimalField(
        _("quantity"),
        max_digits=20,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Empty where none is given: unknown is not zero."),
    )
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    at_least = models.BooleanField(
        _("at least"),
        default=False,
        help_text=_("The source leaves its number or its list open."),
    )
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="findings", verbose_name=_("document")
    )
    place = models.CharField(
        _("place"), max_length=300, blank=True, help_text=_("Paragraph, footnote, page or form.")
    )
    remark = models.CharField(
        _("remark"),
        max_length=300,
        blank=True,
        help_text=_("Shown to everybody, beside the actor in footnotes."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("For staff alone."))
    declared_quantity = models.ForeignKey(
        DeclaredQuantity,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="findings",
        verbose_name=_("line of a report"),
    )
    form_entry = models.ForeignKey(
        FormEntry,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="findings",
        verbose_name=_("form of a report"),
    )
    retracted_at = models.DateTimeField(_("retracted at"), null=True, blank=True, editable=False)
    retraction_reason = models.TextField(_("why it was retracted"), blank=True, editable=False)
    history = HistoricalRecords()

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ("-reported_on", "indicator", "state", "organization", "pk")
        permissions = [("publish_finding", "Can publish, withdraw and retract findings")]
        indexes = [
            # The figures of a day are read from these alone, however many findings there are.
            models.Index(
                fields=["indicator", "state", "answer", "reported_on", "ended_on", "document"],
                condition=Q(published_at__isnull=False, retracted_at__isnull=True),
                name="finding_of_state_shown",
            ),
            models.Index(
                fields=["indicator", "organization", "answer", "reported_on", "ended_on"],
                condition=Q(
                    organization__isnull=False,
                    published_at__isnull=False,
                    retracted_at__isnull=True,
                ),
                name="finding_of_org_shown",
            ),
            models.Index(fields=["document", "state"], name="finding_document_state"),
            models.Index(fields=["indicator", "reported_on"], name="finding_by_report"),
            # What is said of one state, subject by subject.
            models.Index(
                fields=["state", "indicator", "answer", "reported_on"], name="finding_by_subject"
            ),
            models.Index(
                fields=["indicator"],
                condition=Q(at_least=True, published_at__isnull=False, retracted_at__isnull=True),
                name="finding_left_open_shown",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__isnull=False, organization__isnull=True)
                | Q(state__isnull=True, organization__isnull=False),
                name="finding_of_one_actor",
                violation_error_message=_("Give either a state or an organisation."),
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["yes", "no"]), name="finding_answers_yes_or_no"
            ),
            models.CheckConstraint(
                condition=Q(occurred_not_before__isnull=True, occurred_not_after__isnull=True)
                | Q(
                    occurred_not_before__isnull=False,
                    occurred_not_after__isnull=False,
                    occurred_not_before__lte=F("occurred_not_after"),
                ),
                name="finding_occurred_between_two_days",
                violation_error_message=_(
                    "Give both days between which it happened, or the same day twice, or none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(occurred_not_before__isnull=True)
                | Q(ended_on__gt=F("occurred_not_before")),
                name="finding_ends_after_it_happened",
                violation_error_message=_("It must end after it began."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | Q(quantity__gte=0),
                name="finding_quantity_not_negative",
                violation_error_message=_("A quantity is not negative."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | ~Q(unit=""),
                name="finding_quantity_has_unit",
                violation_error_message=_("A quantity needs its unit."),
            ),
            models.CheckConstraint(
                condition=Q(retracted_at__isnull=True, retraction_reason="")
                | (Q(retracted_at__isnull=False) & ~Q(retraction_reason="")),
                name="finding_retracted_with_reason",
                violation_error_message=_("Say why it is retracted."),
            ),
            models.UniqueConstraint(
                fields=["state", "indicator", "document", "place", "label"],
                condition=Q(retracted_at__isnull=True, state__isnull=False),
                name="finding_of_state_once_a_place",
                violation_error_message=_("This place of the document is recorded already."),
            ),
            models.UniqueConstraint(
                fields=["organization", "indicator", "document", "place", "label"],
                condition=Q(retracted_at__isnull=True, organization__isnull=False),
                name="finding_of_organization_once_a_place",
                violation_error_message=_("This place of the document is recorded already."),
            ),
            models.UniqueConstraint(
                fields=["declared_quantity", "indicator"],
                condition=Q(declared_quantity__isnull=False),
                name="finding_proposed_once_by_line",
            ),
            models.UniqueConstraint(
                fields=["form_entry", "indicator"],
                condition=Q(form_entry__isnull=False),
                name="finding_proposed_once_by_form",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id and self.indicator.code}: {self.get_answer_display()}"

    @property
    def is_retracted(self) -> bool:
        """Whether somebody took it back, with a reason, for all dates."""
        return self.retracted_at is not None

    @property
    def occurred_on(self) -> date | None:
        """The day on which it happened, where that is known to the day."""
        if self.occurred_not_before == self.occurred_not_after:
            return self.occurred_not_after
        return None
