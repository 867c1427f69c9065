"""What an official document printed: its numbers and lists, and how they should relate."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from states.models import Document

from .progress import ProgressReport

KEY_PATTERN = r"[A-Za-z0-9-]+"
NAME_SEPARATOR = ";"

is_key = RegexValidator(
    rf"^{KEY_PATTERN}$", _("A key has letters, digits and hyphens alone, such as P29b.")
)
are_keys = RegexValidator(
    rf"^{KEY_PATTERN}(;{KEY_PATTERN})*$", _("Give keys separated by semicolons: P29b;P29c.")
)


class PrintedFigure(models.Model):
    """A number that an official document printed, with the names in its footnote.

    The edition's own figure under the same key is the portal's answer to it. Names stay as they
    were printed; the register's spellings say which states they mean.
    """

    class Comparison(models.TextChoices):
        """How exactly the document meant the number."""

        EXACT = "exact", _("exactly")
        AT_LEAST = "at_least", _("at least")
        MORE_THAN = "more_than", _("more than")
        ABOUT = "about", _("about")

    class Kind(models.TextChoices):
        """What the number rests on."""

        DATES = "dates", _("dates")
        RECORDS = "records", _("records about states or organisations")
        EXTERNAL = "external", _("an estimate of somebody else")
        NARRATIVE = "narrative", _("the document's own words")

    report = models.ForeignKey(
        ProgressReport,
        on_delete=models.CASCADE,
        related_name="printed_figures",
        verbose_name=_("progress report"),
    )
    key = models.CharField(
        _("key"),
        max_length=20,
        validators=[is_key],
        help_text=_("The key of the edition's own figure, such as P29b."),
    )
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="+", verbose_name=_("printed in")
    )
    paragraph = models.PositiveSmallIntegerField(_("paragraph"))
    chapter = models.CharField(_("chapter"), max_length=8, blank=True)
    claim = models.CharField(_("what it says"), max_length=300)
    value = models.CharField(
        _("value"), max_length=40, blank=True, help_text=_("Empty where no number was printed.")
    )
    comparison = models.CharField(
        _("meant"), max_length=10, choices=Comparison.choices, default=Comparison.EXACT
    )
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    footnote = models.PositiveSmallIntegerField(_("footnote"), null=True, blank=True)
    states = models.TextField(
        _("states"),
        blank=True,
        help_text=_("The names in the footnote as printed, separated by semicolons."),
    )
    said_to_be = models.CharField(
        _("said to be"),
        max_length=300,
        blank=True,
        help_text=_("The set to which the document says its states belong, such as parties."),
    )
    kind = models.CharField(_("rests on"), max_length=10, choices=Kind.choices)
    note = models.TextField(_("note"), blank=True, help_text=_("For staff alone."))
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("printed figure")
        verbose_name_plural = _("printed figures")
        ordering = ("report", "paragraph", "key")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "key"],
                name="printedfigure_once_a_key",
                violation_error_message=_("The edition has a printed figure with this key."),
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def names(self) -> tuple[str, ...]:
        """The names in the footnote, as printed and in its order."""
        parts = (part.strip() for part in self.states.split(NAME_SEPARATOR))
        return tuple(part for part in parts if part)


class PrintedRelation(models.Model):
    """How one printed figure should relate to others of the same document, and why."""

    class Kind(models.TextChoices):
        """What should hold between a figure and the others."""

        EQUAL = "equal", _("is the same as")
        SUM = "sum", _("is the sum of")
        UNION = "union", _("is, without counting anybody twice, all of")
        SUBSET = "subset", _("is a part of")

    report = models.ForeignKey(
        ProgressReport,
        on_delete=models.CASCADE,
        related_name="printed_relations",
        verbose_name=_("progress report"),
    )
    kind = models.CharField(_("relation"), max_length=10, choices=Kind.choices)
    figure = models.CharField(_("figure"), max_length=20, validators=[is_key])
    others = models.CharField(
        _("others"),
        max_length=200,
        validators=[are_keys],
        help_text=_("Their keys, separated by semicolons."),
    )
    reason = models.CharField(_("why"), max_length=300)
    note = models.TextField(_("note"), blank=True, help_text=_("For staff alone."))
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("relation of printed figures")
        verbose_name_plural = _("relations of printed figures")
        ordering = ("report", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "kind", "figure", "others"],
                name="printedrelation_once",
                violation_error_message=_("This relation is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.kind} {self.others}"

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the others, in order."""
        return tuple(self.others.split(NAME_SEPARATOR))
