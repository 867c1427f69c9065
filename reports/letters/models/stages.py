"""The ladder: when a letter goes out, about which reports, and to whom."""

from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, validate_email
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .templates import LetterTemplate


def addresses(text: str) -> list[str]:
    """The addresses in a text, one a line or parted by commas."""
    return [part.strip() for part in text.replace(",", "\n").splitlines() if part.strip()]


def validate_addresses(text: str) -> None:
    """Refuse anything but e-mail addresses."""
    for address in addresses(text):
        try:
            validate_email(address)
        except ValidationError:
            raise ValidationError(
                _("“%(text)s” is not an e-mail address: write one address a line."),
                params={"text": address[:100]},
            ) from None


class LetterStageQuerySet(models.QuerySet["LetterStage"]):
    """Stages of the ladder."""

    def in_use(self) -> Self:
        """Those by which letters are drafted."""
        return self.filter(is_active=True)


class LetterStage(models.Model):
    """One rung of the ladder.

    `days` counts from the due date: -60 is sixty days before it, 30 is thirty days after.
    `repeat_every`: the stage comes again every so many days, without end.
    """

    class AddressedTo(models.TextChoices):
        PERMANENT_MISSION = "permanent_mission", _("the permanent mission")
        FOCAL_POINT = "focal_point", _("the national focal point")
        BOTH = "both", _("both")

    code = models.SlugField(
        _("code"),
        unique=True,
        help_text=_("A short name that does not change, such as after-30."),
    )
    name = models.CharField(_("name"), max_length=200)
    days = models.SmallIntegerField(
        _("days from the due date"),
        validators=[MinValueValidator(-365), MaxValueValidator(3650)],
        help_text=_("Negative before the due date: -60 is sixty days before it."),
    )
    repeat_every = models.PositiveSmallIntegerField(
        _("repeat every so many days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(7)],
        help_text=_("Empty: once. The last stage may come again and again."),
    )
    for_initial = models.BooleanField(_("initial reports"), default=True)
    for_annual = models.BooleanField(_("annual reports"), default=True)
    template = models.ForeignKey(
        LetterTemplate,
        on_delete=models.PROTECT,
        related_name="stages",
        verbose_name=_("template"),
    )
    addressed_to = models.CharField(
        _("addressed to"),
        max_length=20,
        choices=AddressedTo.choices,
        default=AddressedTo.PERMANENT_MISSION,
    )
    copy_to_focal_points = models.BooleanField(_("copy to national focal points"), default=True)
    copy_to = models.TextField(
        _("further copies to"),
        blank=True,
        validators=[validate_addresses],
        help_text=_("E-mail addresses, one a line."),
    )
    needs_approval = models.BooleanField(
        _("held for approval"),
        default=True,
        help_text=_("Off: the letter goes out by itself. Nothing goes out before it is switched."),
    )
    is_active = models.BooleanField(_("in use"), default=True)
    history = HistoricalRecords()

    objects = LetterStageQuerySet.as_manager()

    class Meta:
        verbose_name = _("stage of the ladder")
        verbose_name_plural = _("stages of the ladder")
        ordering = ("days", "code")
        constraints = [
            models.CheckConstraint(
                condition=Q(for_initial=True) | Q(for_annual=True),
                name="letterstage_concerns_something",
                violation_error_message=_(
                    "A stage concerns initial reports, annual ones, or both."
                ),
            ),
            models.CheckConstraint(
                condition=Q(repeat_every__isnull=True) | Q(repeat_every__gte=7, days__gt=0),
                name="letterstage_repeats_after_the_due_date",
                violation_error_message=_(
                    "Only a stage after the due date repeats, and not more often than weekly."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def concerns(self, kind: str) -> bool:
        """Whether the stage is about reports of a kind."""
        return self.for_initial if kind == "initial" else self.for_annual
