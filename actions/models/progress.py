"""Progress reports: editions whose prose asks for its figures, and what was published of them."""

from typing import Any, NoReturn, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from states.models import Meeting, Publishable, PublishableQuerySet

from .plan import ActionPlan, Theme


class Language(models.TextChoices):
    """The languages whose grammar the prose knows."""

    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")
    SPANISH = "es", _("Spanish")
    ARABIC = "ar", _("Arabic")


class ProgressReport(Publishable):
    """An edition of the progress report: a period, a cut-off date, and chapters of prose.

    Published in the sense of `Publishable`, it is shown as a working edition that follows the data.
    What was published for good are its `FrozenEdition`s, whatever becomes of the working edition.
    """

    code = models.SlugField(
        _("code"), max_length=60, unique=True, help_text=_("Its address, such as beirut-2011.")
    )
    title = models.CharField(_("title"), max_length=200)
    subtitle = models.CharField(_("subtitle"), max_length=300, blank=True)
    author = models.CharField(_("submitted by"), max_length=300, blank=True)
    plan = models.ForeignKey(
        ActionPlan,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="progress_reports",
        verbose_name=_("action plan"),
    )
    from_meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="+", verbose_name=_("from meeting")
    )
    until_meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="+", verbose_name=_("up to meeting")
    )
    cut_off_on = models.DateField(
        _("cut-off date"), help_text=_("Every figure of the edition is evaluated on this day.")
    )
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.ENGLISH
    )
    names = models.TextField(
        _("names"),
        blank=True,
        help_text=_("One on a line, name = expression; a name may use those above it."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("For staff alone."))
    history = HistoricalRecords()

    objects = PublishableQuerySet["ProgressReport"].as_manager()

    class Meta:
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        ordering = ("-cut_off_on", "code")
        permissions = [
            ("publish_progressreport", "Can show working editions in public, and take them back"),
            ("freeze_progressreport", "Can publish editions for good, and withdraw them"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_meeting=models.F("until_meeting")),
                name="progressreport_between_two_meetings",
                violation_error_message=_("The period runs from one meeting to another."),
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="progressreport_language_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProgressSection(models.Model):
    """A chapter of an edition. Its paragraphs are numbered on from the chapters before it."""

    report = models.ForeignKey(
        ProgressReport,
        on_delete=models.CASCADE,
        related_name="sections",
        verbose_name=_("progress report"),
    )
    position = models.PositiveSmallIntegerField(_("position"))
    numeral = models.CharField(
        _("numeral"),
        max_length=8,
        blank=True,
        validators=[
            RegexValidator(r"^[A-Za-z0-9]+$", _("Give the numeral alone, such as IV, or leave it."))
        ],
        help_text=_("Such as IV; empty for an introduction."),
    )
    theme = models.ForeignKey(
        Theme,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="progress_sections",
        verbose_name=_("theme"),
    )
    heading = models.CharField(_("heading"), max_length=200)
    prose = models.TextField(
        _("prose"), blank=True, help_text=_("Markdown with figures: {{P29a: parties; parties}}.")
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        ordering = ("report", "position")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "position"],
                name="progresssection_once_a_position",
                violation_error_message=_("Another chapter has this position already."),
            ),
            models.UniqueConstraint(
                fields=["report", "numeral"],
                condition=~Q(numeral=""),
                name="progresssection_once_a_numeral",
                violation_error_message=_("Another chapter has this numeral already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.numeral} {self.heading}".strip()

    @property
    def slug(self) -> str:
        """By which the chapter's address names it."""
        return (self.numeral or f"p{self.position}").lower()


class NeverChanged(TypeError):
    """Somebody tried to change or delete what is kept as it was published."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that are added and read, and never changed."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise NeverChanged(self.model.__name__)

    def delete(self) -> NoReturn:
        raise NeverChanged(self.model.__name__)


class FrozenQuerySet(AppendOnlyQuerySet):
    """Published editions."""

    def standing(self) -> Self:
        """Those that nobody withdrew."""
        return self.filter(withdrawal__isnull=True)

    def without_files(self) -> Self:
        """Without the bytes of their files, for lists."""
        return self.defer("content", "pages", "html", "docx", "pdf")


class AppendOnly(models.Model):
    """A row that is written once. The guard is for the programmer: no verb changes such a row."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise NeverChanged(type(self).__name__)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverChanged(type(self).__name__)


class FrozenEdition(AppendOnly):
    """An edition as it was published: its text, figures, states and evidence, and its files.

    `content` is canonical JSON and `sha256` its hash; `pages` are the chapters as HTML. All of it
    is served as it is and never made again.
    """

    report = models.ForeignKey(
        ProgressReport,
        on_delete=models.PROTECT,
        related_name="frozen",
        verbose_name=_("progress report"),
    )
    number = models.PositiveSmallIntegerField(_("number"))
    content = models.TextField(_("content"))
    sha256 = models.CharField("SHA-256", max_length=64)
    pages = models.JSONField(_("pages"))
    html = models.BinaryField("HTML")
    docx = models.BinaryField("DOCX")
    pdf = models.BinaryField("PDF")
    data_version = models.PositiveBigIntegerField(_("data version"))
    frozen_at = models.DateTimeField(_("published at"))
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("published by"),
    )

    objects = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = _("published edition")
        verbose_name_plural = _("published editions")
        default_permissions = ("view",)
        ordering = ("report", "-number")
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="frozenedition_once_a_number")
        ]

    def __str__(self) -> str:
        return str(_("Published edition %(number)s") % {"number": self.number})


class EditionWithdrawal(AppendOnly):
    """The tombstone of a published edition: who withdrew it, when and why."""

    edition = models.OneToOneField(
        FrozenEdition,
        on_delete=models.PROTECT,
        related_name="withdrawal",
        verbose_name=_("published edition"),
    )
    reason = models.TextField(_("reason"), help_text=_("Shown to everybody."))
    withdrawn_at = models.DateTimeField(_("withdrawn at"))
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("withdrawal of an edition")
        verbose_name_plural = _("withdrawals of editions")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return str(self.withdrawn_at.date())
