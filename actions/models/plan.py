"""Action plans: what States Parties agreed to do, in numbered actions grouped by theme."""

from typing import Self, TypeVar

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from states.models import Document, Meeting, Publishable, PublishableQuerySet

ARTICLES_PATTERN = r"[0-9]{1,2}(;[0-9]{1,2})*"
"""Articles of the Convention in one cell, such as `3` or `3;6`."""

is_articles = RegexValidator(
    rf"^{ARTICLES_PATTERN}$",
    _("Give articles by their numbers, separated by semicolons, such as 3 or 3;6."),
)


class Checked(models.TextChoices):
    """Whether a working summary was compared with the official text."""

    NO = "no", _("not checked against the official text")
    PARTLY = "partly", _("partly checked against the official text")
    YES = "yes", _("checked against the official text")


class ActionPlanQuerySet(PublishableQuerySet["ActionPlan"]):
    """Action plans."""


class ActionPlan(Publishable):
    """A plan that a meeting adopted: its themes and actions show once it is published."""

    code = models.SlugField(
        _("code"), max_length=60, unique=True, help_text=_("In addresses, such as vientiane.")
    )
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    adopted_at = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="action_plans",
        verbose_name=_("adopted at"),
    )
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("The first day on which it no longer runs; empty while it runs."),
    )
    document = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source"),
    )
    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("Shown above the plan, to everybody.")
    )
    note = models.TextField(_("note"), blank=True, help_text=_("For staff alone."))
    history = HistoricalRecords()

    objects = ActionPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("action plan")
        verbose_name_plural = _("action plans")
        ordering = ("valid_from", "code")
        permissions = [("publish_actionplan", "Can publish and withdraw action plans")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="actionplan_ends_after_it_begins",
                violation_error_message=_("The plan must end after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


Part_co = TypeVar("Part_co", bound=models.Model, covariant=True)


class OfPlanQuerySet(models.QuerySet[Part_co]):
    """Parts of action plans, which show with their plan."""

    def published(self) -> Self:
        """Those whose plan shows outside the admin."""
        return self.filter(plan__published_at__isnull=False)


class ThemeQuerySet(OfPlanQuerySet["Theme"]):
    """Themes."""


class ActionQuerySet(OfPlanQuerySet["Action"]):
    """Actions."""


class Theme(models.Model):
    """A subject of a plan, with the day through which findings about it are complete.

    Beyond `complete_through`, and where it is empty, nothing is called "not reported".
    """

    plan = models.ForeignKey(
        ActionPlan, on_delete=models.PROTECT, related_name="themes", verbose_name=_("plan")
    )
    code = models.SlugField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=200)
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    chapter = models.CharField(
        _("chapter"), max_length=20, blank=True, help_text=_("As the plan numbers it, such as IV.")
    )
    articles = models.CharField(_("articles"), max_length=40, blank=True, validators=[is_articles])
    complete_through = models.DateField(
        _("complete through"),
        null=True,
        blank=True,
        help_text=_("The day up to which all that is known on the theme has been entered."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("For staff alone."))
    history = HistoricalRecords()

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ("plan", "order", "code")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "code"],
                name="theme_once_a_plan",
                violation_error_message=_("The plan has a theme with this code already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Action(models.Model):
    """A numbered action of a plan: whom it addresses and by when.

    At most one kind of time limit: months from each state's entry into force, a window of the
    calendar, or a meeting.
    """

    plan = models.ForeignKey(
        ActionPlan, on_delete=models.PROTECT, related_name="actions", verbose_name=_("plan")
    )
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, related_name="actions", verbose_name=_("theme")
    )
    chapter = models.CharField(_("chapter"), max_length=100, blank=True)
    subsection = models.CharField(_("subsection"), max_length=100, blank=True)
    summary = models.TextField(_("working summary"))
    checked = models.CharField(
        _("checked"), max_length=10, choices=Checked.choices, default=Checked.NO
    )
    addressees = models.CharField(
        _("addressees"),
        max_length=500,
        blank=True,
        help_text=_(
            "A figure's expression, such as stockpile.declared & parties. Empty where no record "
            "can tell who is addressed."
        ),
    )
    addressees_text = models.CharField(_("addressees in words"), max_length=300, blank=True)
    months_from_entry_into_force = models.PositiveSmallIntegerField(
        _("months from entry into force"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    window_from = models.DateField(_("first day"), null=True, blank=True)
    window_until = models.DateField(_("last day"), null=True, blank=True)
    by_meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by the end of a meeting"),
    )
    time_limit = models.CharField(_("time limit in words"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True, help_text=_("For staff alone."))
    history = HistoricalRecords()

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ("plan", "number")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="action_once_a_plan",
                violation_error_message=_("The plan has an action with this number already."),
            ),
            models.CheckConstraint(
                condition=Q(window_from__isnull=True, window_until__isnull=True)
                | Q(
                    window_from__isnull=False,
                    window_until__isnull=False,
                    window_from__lte=F("window_until"),
                ),
                name="action_window_has_two_days_in_order",
                violation_error_message=_("A window needs its first and its last day, in order."),
            ),
            models.CheckConstraint(
                condition=Q(window_from__isnull=True, by_meeting__isnull=True)
                | Q(months_from_entry_into_force__isnull=True, by_meeting__isnull=True)
                | Q(months_from_entry_into_force__isnull=True, window_from__isnull=True),
                name="action_has_one_time_limit",
                violation_error_message=_(
                    "Give one time limit at most: months, a window or a meeting."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Action %(number)s") % {"number": self.number})
