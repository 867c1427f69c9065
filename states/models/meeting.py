"""Formal and informal meetings under the Convention."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .certainty import Certainty
from .document import Document
from .publication import Publishable, PublishableQuerySet
from .state import State


class MeetingQuerySet(PublishableQuerySet["Meeting"]):
    """Meetings."""


class Meeting(Publishable):
    """A Meeting of States Parties, a Review Conference or an intersessional meeting."""

    class Kind(models.TextChoices):
        MSP = "msp", _("Meeting of States Parties")
        REVIEW_CONFERENCE = "review_conference", _("Review Conference")
        INTERSESSIONAL = "intersessional", _("Intersessional meeting")

    code = models.CharField(
        _("code"),
        max_length=20,
        unique=True,
        help_text=_("By which figures name it, such as 2MSP."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    name = models.CharField(_("name"), max_length=200)
    city = models.CharField(_("city"), max_length=100, blank=True)
    country = models.ForeignKey(
        State,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country"),
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    president = models.CharField(
        _("presidency"), max_length=200, blank=True, help_text=_("The state that presides.")
    )
    certainty = models.CharField(
        _("certainty"), max_length=15, choices=Certainty.choices, default=Certainty.CONFIRMED
    )
    document = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source"),
    )
    note = models.TextField(_("note"), blank=True)
    history = HistoricalRecords()

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ("starts_on",)
        permissions = [("publish_meeting", "Can publish and withdraw meetings")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="meeting_ends_after_it_starts",
                violation_error_message=_("The last day must not come before the first day."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
