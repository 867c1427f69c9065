"""Indicators: what a finding can say of a state or an organisation, named for good."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from states.models import Publishable, PublishableQuerySet

from .plan import Action, Theme, is_articles

CODE_PATTERN = r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$"
RESERVED_PATTERN = r"^(reports|region|un_group)\.|\.no$"
"""Names that other parts of the portal give, and the ending that means the contrary."""


class IndicatorQuerySet(PublishableQuerySet["Indicator"]):
    """Indicators."""


class Indicator(Publishable):
    """Something that is either so or not of an actor, an amount, or something that happens.

    Its code names it in expressions and in everything that cites it, so it never changes.
    """

    class Kind(models.TextChoices):
        YES_NO = "yes_no", _("yes or no")
        QUANTITY = "quantity", _("quantity")
        OCCURRENCE = "occurrence", _("occurrence")

    class Role(models.TextChoices):
        """What it means for a duty of Articles 3, 4 or 5, whatever its code is."""

        OBLIGATION = "obligation", _("says that there is an obligation")
        NONE = "none", _("says that there is none")
        COMPLETED = "completed", _("says that the obligation is fulfilled")

    code = models.CharField(
        _("code"),
        max_length=100,
        unique=True,
        validators=[
            RegexValidator(
                CODE_PATTERN,
                _("Write it like stockpile.destruction_started: lower case, in parts with dots."),
            ),
            RegexValidator(
                RESERVED_PATTERN,
                _("This name is taken by another part of the portal: choose another."),
                inverse_match=True,
            ),
        ],
        help_text=_("Its name in expressions. It cannot be changed later."),
    )
    title = models.CharField(_("title"), max_length=200)
    explanation = models.TextField(_("explanation"), blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.YES_NO)
    unit = models.CharField(
        _("unit"),
        max_length=40,
        blank=True,
        help_text=_("Of a quantity, such as square_metres; of occurrences, such as papers."),
    )
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, related_name="indicators", verbose_name=_("theme")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    article = models.CharField(_("article"), max_length=40, blank=True, validators=[is_articles])
    actions = models.ManyToManyField(
        Action, blank=True, related_name="indicators", verbose_name=_("actions it measures")
    )
    role = models.CharField(
        _("role in a duty"),
        max_length=12,
        choices=Role.choices,
        blank=True,
        help_text=_("For the duties of Articles 3, 4 and 5; needs that one article."),
    )
    sentence_yes = models.CharField(
        _("sentence for yes"),
        max_length=300,
        blank=True,
        help_text=_(
            "On a state's page, without the state's name; {label}, {quantity} and {occurred} are "
            "filled in."
        ),
    )
    sentence_no = models.CharField(_("sentence for no"), max_length=300, blank=True)
    yes_from = models.CharField(
        _("yes proposed by"),
        max_length=200,
        blank=True,
        help_text=_("Subjects of declared quantities and answers to forms: stockpile;B.filled."),
    )
    no_from = models.CharField(_("no proposed by"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True, help_text=_("For staff alone."))
    history = HistoricalRecords(m2m_fields=[actions])

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ("theme", "order", "code")
        permissions = [("publish_indicator", "Can publish and withdraw indicators")]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=CODE_PATTERN) & ~Q(code__regex=RESERVED_PATTERN),
                name="indicator_code_is_a_name",
                violation_error_message=_("The code is not a name that expressions can use."),
            ),
            models.CheckConstraint(
                condition=Q(role="") | Q(article__in=["3", "4", "5"]),
                name="indicator_role_has_one_article",
                violation_error_message=_("A role in a duty needs one article: 3, 4 or 5."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="quantity", unit=""),
                name="indicator_quantity_has_unit",
                violation_error_message=_("A quantity needs its unit."),
            ),
        ]

    def __str__(self) -> str:
        return self.code
