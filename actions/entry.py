"""What may be entered, beyond what the database holds: for pages of the admin and for imports."""

import re
from collections.abc import Iterator
from datetime import date
from string import Formatter

from django.db import models
from django.utils.translation import gettext as _

from ccm_portal.figures import ExpressionError, parse

from . import lines
from .models import Action, Finding, Indicator

PLACEHOLDERS = frozenset({"label", "quantity", "occurred"})
"""What a sentence for a state's page may leave to be filled in."""

Objection = tuple[str, str]
"""The field, and a sentence."""

_LONGEST_SHOWN = 40


def complete(finding: Finding) -> None:
    """Fill in what need not be typed: the document's date, and the indicator's unit."""
    if finding.reported_on is None and finding.document_id is not None:
        finding.reported_on = finding.document.published_on
    if finding.quantity is None:
        finding.unit = ""
    elif not finding.unit and finding.indicator_id is not None:
        finding.unit = finding.indicator.unit


def objections(record: models.Model, *, today: date) -> Iterator[Objection]:
    """Why a record cannot be kept as it was entered. `today` is the real date."""
    if isinstance(record, Finding):
        yield from _to_finding(record, today)
    elif isinstance(record, Indicator):
        yield from _to_indicator(record)
    elif isinstance(record, Action):
        yield from _to_action(record)


def _to_finding(finding: Finding, today: date) -> Iterator[Objection]:
    if finding.reported_on is None:
        if finding.document_id is not None:
            yield (
                "reported_on",
                _("The document bears no date: say from which day on it was known."),
            )
    elif finding.reported_on > today:
        yield "reported_on", _("This day has not come yet.")
    elif finding.occurred_not_before and finding.occurred_not_before > finding.reported_on:
        yield (
            "occurred_not_before",
            _("It cannot have been reported before it happened: check both days."),
        )
    if finding.indicator_id is None:
        return
    indicator = finding.indicator
    is_measured = indicator.kind == Indicator.Kind.QUANTITY and finding.quantity is not None
    if is_measured and finding.unit != indicator.unit:
        yield (
            "unit",
            _("This indicator is measured in “%(unit)s”: convert the quantity.")
            % {"unit": indicator.unit},
        )


def _to_indicator(indicator: Indicator) -> Iterator[Objection]:
    stored = Indicator.objects.filter(pk=indicator.pk).values_list("code", flat=True).first()
    if stored is not None and stored != indicator.code:
        yield (
            "code",
            _("The code “%(code)s” is cited elsewhere and cannot be changed.") % {"code": stored},
        )
    for field in ("sentence_yes", "sentence_no"):
        yield from ((field, sentence) for sentence in _to_sentence(getattr(indicator, field)))
    for field in ("yes_from", "no_from"):
        for name in lines.unknown_in(getattr(indicator, field)):
            yield (
                field,
                _(
                    "“%(name)s” is no line of a report: use a subject such as stockpile, or an "
                    "answer to a form such as B.filled."
                )
                % {"name": name[:_LONGEST_SHOWN]},
            )


def _to_sentence(text: str) -> Iterator[str]:
    try:
        names = [name for _text, name, _spec, _conversion in Formatter().parse(text)]
    except ValueError:
        names = [""]
    unknown = [name for name in names if name is not None and name not in PLACEHOLDERS]
    if unknown or re.search(r"\{\w*[!:]", text):
        yield _("Only {label}, {quantity} and {occurred} can stand in braces.")


def _to_action(action: Action) -> Iterator[Objection]:
    if action.addressees:
        try:
            parse(action.addressees)
        except ExpressionError as error:
            yield "addressees", str(error)
    if action.theme_id and action.plan_id and action.theme.plan_id != action.plan_id:
        yield "theme", _("The theme belongs to another plan.")
