"""What states did towards the Convention, as the depositary records it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .certainty import Certainty
from .document import Document
from .meeting import Meeting
from .publication import Publishable, PublishableQuerySet
from .state import State


class TreatyActionQuerySet(PublishableQuerySet["TreatyAction"]):
    """Treaty actions."""


class TreatyAction(Publishable):
    """An act of a state towards the Convention, deposited with the Secretary-General on a day."""

    class Kind(models.TextChoices):
        SIGNATURE = "signature", _("Signature")
        RATIFICATION = "ratification", _("Ratification")
        ACCEPTANCE = "acceptance", _("Acceptance")
        APPROVAL = "approval", _("Approval")
        ACCESSION = "accession", _("Accession")
        SUCCESSION = "succession", _("Succession")
        PROVISIONAL_APPLICATION = "provisional_application", _("Provisional application")
        WITHDRAWAL = "withdrawal", _("Notification of withdrawal")

    state = models.ForeignKey(
        State, on_delete=models.PROTECT, related_name="treaty_actions", verbose_name=_("state")
    )
    kind = models.CharField(_("kind"), max_length=25, choices=Kind.choices)
    date = models.DateField(_("date"), help_text=_("The day on which the depositary received it."))
    certainty = models.CharField(
        _("certainty"), max_length=15, choices=Certainty.choices, default=Certainty.CONFIRMED
    )
    document = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="treaty_actions",
        verbose_name=_("source"),
    )
    place = models.CharField(
        _("place in the source"), max_length=200, blank=True, help_text=_("Page, row or section.")
    )
    note = models.TextField(_("note"), blank=True)
    history = HistoricalRecords()

    objects = TreatyActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("treaty action")
        verbose_name_plural = _("treaty actions")
        ordering = ("date", "state", "kind")
        permissions = [("publish_treatyaction", "Can publish and withdraw treaty actions")]
        constraints = [
            models.UniqueConstraint(
                fields=["state", "kind", "date"],
                name="treatyaction_once_a_day",
                violation_error_message=_("This treaty action is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.date:%Y-%m-%d}"


class OfficialDate(Publishable):
    """A date of effect that an official source gives, where the rules derive another one.

    It stands beside a deposit (its entry into force) or a withdrawal (its effect). An empty date
    says that the effect has not come yet: a withdrawal waits for the end of an armed conflict
    (Article 20, paragraph 3).
    """

    treaty_action = models.OneToOneField(
        TreatyAction,
        on_delete=models.PROTECT,
        related_name="official_date",
        verbose_name=_("treaty action"),
    )
    takes_effect_on = models.DateField(
        _("takes effect on"),
        null=True,
        blank=True,
        help_text=_("Empty, for a withdrawal only: not before the end of an armed conflict."),
    )
    reason = models.TextField(_("reason"))
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="+", verbose_name=_("source")
    )
    place = models.CharField(_("place in the source"), max_length=200, blank=True)
    history = HistoricalRecords()

    objects = PublishableQuerySet["OfficialDate"].as_manager()

    class Meta:
        verbose_name = _("official date of effect")
        verbose_name_plural = _("official dates of effect")
        ordering = ("treaty_action",)
        permissions = [("publish_officialdate", "Can publish and withdraw official dates")]

    def __str__(self) -> str:
        return str(self.takes_effect_on or _("not yet in effect"))


class ExtensionDecision(Publishable):
    """A meeting's decision to extend a state's deadline under Article 3 or Article 4."""

    class Article(models.TextChoices):
        STOCKPILE_DESTRUCTION = "3", _("Article 3, stockpile destruction")
        CLEARANCE = "4", _("Article 4, clearance")

    state = models.ForeignKey(
        State, on_delete=models.PROTECT, related_name="extensions", verbose_name=_("state")
    )
    article = models.CharField(_("article"), max_length=1, choices=Article.choices)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="extensions", verbose_name=_("decided at")
    )
    new_deadline = models.DateField(_("new deadline"))
    document = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source"),
    )
    place = models.CharField(_("place in the source"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    history = HistoricalRecords()

    objects = PublishableQuerySet["ExtensionDecision"].as_manager()

    class Meta:
        verbose_name = _("extension of a deadline")
        verbose_name_plural = _("extensions of deadlines")
        ordering = ("state", "article", "new_deadline")
        permissions = [("publish_extensiondecision", "Can publish and withdraw extensions")]
        constraints = [
            models.UniqueConstraint(
                fields=["state", "article", "meeting"],
                name="extensiondecision_once_a_meeting",
                violation_error_message=_("This meeting's decision is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_article_display()}: {self.new_deadline:%Y-%m-%d}"
