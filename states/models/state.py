"""The states of the world and what they are called."""

from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .publication import Publishable, PublishableQuerySet

LANGUAGES_OF_CORRESPONDENCE = ("en", "fr", "es", "ar")


class Region(models.TextChoices):
    """The regions in which the Convention's community groups states."""

    AFRICA = "africa", _("Africa")
    AMERICAS = "americas", _("Americas")
    ASIA_PACIFIC = "asia_pacific", _("Asia and the Pacific")
    EUROPE = "europe", _("Europe")


class UNRegionalGroup(models.TextChoices):
    """The regional groups of the United Nations' Member States."""

    AFRICAN = "african", _("African Group")
    ASIA_PACIFIC = "asia_pacific", _("Asia-Pacific Group")
    EASTERN_EUROPEAN = "eastern_european", _("Eastern European Group")
    LATIN_AMERICAN_CARIBBEAN = (
        "latin_american_caribbean",
        _("Latin American and Caribbean Group"),
    )
    WESTERN_EUROPEAN_OTHER = (
        "western_european_other",
        _("Western European and Others Group"),
    )


def validate_languages(value: str) -> None:
    """Refuse anything but known language codes separated by semicolons, each once."""
    codes = value.split(";") if value else []
    unknown = [code for code in codes if code not in LANGUAGES_OF_CORRESPONDENCE]
    if unknown:
        raise ValidationError(
            _("“%(code)s” is not a language of correspondence: use en, fr, es or ar."),
            params={"code": unknown[0]},
        )
    if len(set(codes)) != len(codes):
        raise ValidationError(_("Each language of correspondence may be named once."))


class StateQuerySet(models.QuerySet["State"]):
    """States, and the questions about them that the database can answer."""

    def un_members(self, on: date) -> Self:
        """Member States of the United Nations on a day."""
        return self.filter(
            Q(un_member_from__isnull=True) | Q(un_member_from__lte=on),
            Q(un_member_until__isnull=True) | Q(un_member_until__gt=on),
            un_member=True,
        )


class State(models.Model):
    """One of the 197 states that the register follows, party to the Convention or not."""

    iso3 = models.CharField(_("ISO code (3 letters)"), max_length=3, unique=True)
    iso2 = models.CharField(_("ISO code (2 letters)"), max_length=2, unique=True)
    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        help_text=_("The last part of the state's public address. It stays when the name changes."),
    )
    ccm_region = models.CharField(_("region"), max_length=20, choices=Region.choices)
    un_region = models.CharField(
        _("UN regional group"), max_length=30, choices=UNRegionalGroup.choices, blank=True
    )
    un_member = models.BooleanField(_("UN member"), default=True)
    un_member_from = models.DateField(
        _("UN member from"),
        null=True,
        blank=True,
        help_text=_("Empty: since before the Convention was opened for signature."),
    )
    un_member_until = models.DateField(
        _("UN member until"),
        null=True,
        blank=True,
        help_text=_("The first day on which it was no longer a member."),
    )
    independent_from = models.DateField(
        _("independent from"),
        null=True,
        blank=True,
        help_text=_("Only for a state that came into being after 3 December 2008."),
    )
    languages = models.CharField(
        _("languages of correspondence"),
        max_length=20,
        blank=True,
        validators=[validate_languages],
        help_text=_("In order of preference, such as fr;ar. English is the fallback."),
    )
    note = models.TextField(_("note"), blank=True)
    history = HistoricalRecords()

    objects = StateQuerySet.as_manager()

    class Meta:
        verbose_name = _("state")
        verbose_name_plural = _("states")
        ordering = ("slug",)
        constraints = [
            models.CheckConstraint(
                condition=Q(un_member_from__isnull=True)
                | Q(un_member_until__isnull=True)
                | Q(un_member_until__gt=models.F("un_member_from")),
                name="state_un_membership_ends_after_it_begins",
                violation_error_message=_("UN membership must end after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug.replace('-', ' ').capitalize()} ({self.iso3})"


class StateNameQuerySet(PublishableQuerySet["StateName"]):
    """Names of states."""

    def on(self, day: date) -> Self:
        """Names in use on a day. `valid_from` is included, `valid_until` is not."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_until__isnull=True) | Q(valid_until__gt=day),
        )


class StateName(Publishable):
    """What a state was called, in one language and for a time, or how its name gets spelt."""

    class Kind(models.TextChoices):
        SHORT = "short", _("short name")
        FORMAL = "formal", _("formal name")
        SPELLING = "spelling", _("other spelling")

    state = models.ForeignKey(
        State, on_delete=models.PROTECT, related_name="names", verbose_name=_("state")
    )
    language = models.CharField(_("language"), max_length=10, default="en")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=200)
    valid_from = models.DateField(
        _("from"), null=True, blank=True, help_text=_("The first day of this name.")
    )
    valid_until = models.DateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("The first day on which it was no longer the name."),
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    history = HistoricalRecords()

    objects = StateNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("name of a state")
        verbose_name_plural = _("names of states")
        ordering = ("state", "language", "kind", "valid_from", "name")
        permissions = [("publish_statename", "Can publish and withdraw names of states")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gt=models.F("valid_from")),
                name="statename_ends_after_it_begins",
                violation_error_message=_("A name must end after it begins."),
            ),
            models.UniqueConstraint(
                fields=["state", "language", "kind", "name", "valid_from"],
                name="statename_once",
                violation_error_message=_("This name is recorded already."),
            ),
            models.UniqueConstraint(
                fields=["state", "language", "kind", "name"],
                condition=Q(valid_from__isnull=True),
                name="statename_once_without_beginning",
                violation_error_message=_("This name is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
