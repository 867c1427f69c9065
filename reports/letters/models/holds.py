"""Where the secretariat does not write for a time."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from states.models import State

from .vocabulary import OWED_KINDS


class HoldQuerySet(models.QuerySet["Hold"]):
    """Holds."""

    def on(self, day: date | models.Expression) -> Self:
        """Those that hold on a day. `held_from` is included, `held_until` is not."""
        return self.filter(held_from__lte=day, held_until__gt=day)


class Hold(models.Model):
    """No letter to a state, or about one report that it owes, until a day.

    `kind` empty: about none of its reports. `period` as in `Letter`; empty: of any year or deposit.
    """

    state = models.ForeignKey(
        State, on_delete=models.PROTECT, related_name="holds", verbose_name=_("state")
    )
    kind = models.CharField(
        _("report"),
        max_length=10,
        choices=OWED_KINDS,
        blank=True,
        help_text=_("Empty: no letter to this state at all."),
    )
    period = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        help_text=_("Of an annual report the calendar year that it covers. Empty: every year."),
    )
    held_from = models.DateField(_("from"))
    held_until = models.DateField(
        _("until"), help_text=_("The first day on which letters are written again.")
    )
    reason = models.TextField(_("reason"))
    history = HistoricalRecords()

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        ordering = ("-held_until", "state")
        constraints = [
            models.CheckConstraint(
                condition=Q(held_until__gt=F("held_from")),
                name="hold_ends_after_it_begins",
                violation_error_message=_("The hold must end after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(period__isnull=True) | ~Q(kind=""),
                name="hold_of_a_year_names_the_report",
                violation_error_message=_("A year belongs to one kind of report: choose it."),
            ),
        ]

    def __str__(self) -> str:
        return self.reason[:80]

    def covers(self, *, state_id: int, kind: str, period: int, on: date) -> bool:
        """Whether the hold stands against a letter about an owed report on a day."""
        return (
            self.state_id == state_id
            and self.held_from <= on < self.held_until
            and self.kind in {"", kind}
            and self.period in {None, period}
        )
