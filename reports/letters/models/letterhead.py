"""Who writes: letterhead and signatory by language, senders, numbering, and since when."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .vocabulary import Language

NUMBER_FORMAT = "CCM/ISU/{year}/{number}"


def validate_one_line(text: str) -> None:
    """Refuse line breaks in what stands in the head of a message."""
    if len(text.splitlines()) > 1:
        raise ValidationError(_("Write this on one line."))


def validate_number_format(text: str) -> None:
    """Refuse a format of numbers that would give the same number twice."""
    rest = text.replace("{year}", "").replace("{number}", "")
    if text.count("{number}") != 1 or text.count("{year}") != 1 or "{" in rest or "}" in rest:
        raise ValidationError(
            _("Write {year} and {number} once each, such as %(example)s."),
            params={"example": NUMBER_FORMAT},
        )


class LetterSettings(models.Model):
    """How letters are sent: one row, which `current` gives, stored or not.

    `reminders_from` is the switch of it all. Empty: no letter goes out. Else it is a day: what
    falls due from that day on is chased by the ladder, and what fell due before it never without
    approval, whatever its stage says.
    """

    reminders_from = models.DateField(
        _("reminders from"),
        null=True,
        blank=True,
        help_text=_(
            "Empty: no letter is drafted or sent. What fell due before this day is never chased "
            "without approval."
        ),
    )
    sender_name = models.CharField(
        _("sender's name"), max_length=200, blank=True, validators=[validate_one_line]
    )
    sender_email = models.EmailField(_("sender's address"), blank=True)
    reply_to = models.EmailField(_("replies to"), blank=True)
    warn_email = models.EmailField(
        _("warnings to"),
        blank=True,
        help_text=_("Where the portal reports a missed run or a letter that failed."),
    )
    number_format = models.CharField(
        _("numbering of letters"),
        max_length=60,
        default=NUMBER_FORMAT,
        validators=[validate_number_format, validate_one_line],
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("sending of letters")
        verbose_name_plural = _("sending of letters")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="lettersettings_one_row"),
        ]

    def __str__(self) -> str:
        return str(_("Sending of letters"))

    @classmethod
    def current(cls) -> "LetterSettings":
        """The settings as they are; those of a new portal where nobody has saved any."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)


class Letterhead(models.Model):
    """The letterhead in one language, the signatory, and where help is to be found."""

    language = models.CharField(_("language"), max_length=10, choices=Language.choices, unique=True)
    organization = models.CharField(_("organisation"), max_length=200)
    address = models.TextField(_("address"), help_text=_("As it stands at the head, line by line."))
    signatory_name = models.CharField(_("signatory"), max_length=200, blank=True)
    signatory_title = models.CharField(_("signatory's title"), max_length=200, blank=True)
    guide_url = models.URLField(
        _("guide to reporting"),
        max_length=500,
        blank=True,
        help_text=_("Empty: letters leave out the line that names it."),
    )
    forms_url = models.URLField(
        _("reporting forms"),
        max_length=500,
        blank=True,
        help_text=_("Empty: letters leave out the line that names them."),
    )
    help_contact = models.CharField(
        _("whom to ask for help"), max_length=300, validators=[validate_one_line]
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("letterhead")
        verbose_name_plural = _("letterheads")
        ordering = ("language",)

    def __str__(self) -> str:
        return f"{self.organization} ({self.get_language_display()})"


class NumberSeries(models.Model):
    """The last number given to a letter of a year. Numbers of letters that never went out stay."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("series of numbers")
        verbose_name_plural = _("series of numbers")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
