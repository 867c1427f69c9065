"""What a finding says, in words: a sentence of which the state is the subject, and when."""

from calendar import monthrange
from datetime import date
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ccm_portal.dates import date_format

from .models import Answer, Finding, Indicator

Interval = tuple[date, date]


def sentence(finding: Finding) -> str:
    """The indicator's sentence with what the finding fills in, else its title with the same.

    The finding must come with its indicator.
    """
    indicator = finding.indicator
    is_yes = finding.answer == Answer.YES
    template = indicator.sentence_yes if is_yes else indicator.sentence_no
    amount = quantity(finding)
    if not template:
        return _titled(indicator, finding.label, amount, is_yes=is_yes)
    said = template.replace("{label}", finding.label).replace("{quantity}", amount)
    happened = days(interval(finding))
    return " ".join(said.replace("{occurred}", happened).split()).replace(" .", ".")


def _titled(indicator: Indicator, label: str, amount: str, *, is_yes: bool) -> str:
    title = indicator.title if is_yes else _("No: %(title)s") % {"title": indicator.title}
    details = ", ".join(part for part in (label, amount) if part)
    return f"{title}: {details}" if details else title


def quantity(finding: Finding) -> str:
    """“at least 1,200 square metres”; "" where no number is given."""
    if finding.quantity is None:
        return ""
    amount = measured(finding.quantity, finding.unit or finding.indicator.unit)
    return _("at least %(amount)s") % {"amount": amount} if finding.at_least else amount


def measured(number: Decimal | int, unit: str) -> str:
    """A number with its unit: “1,200 square metres”."""
    value = Decimal(number)
    shown = value.to_integral_value() if value == value.to_integral_value() else value.normalize()
    return f"{number_format(shown, force_grouping=True)} {_unit(unit, value)}".strip()


def _unit(unit: str, number: Decimal) -> str:
    """Units are recorded in the English plural: one of it loses its s."""
    is_english = (get_language() or "en").startswith("en")
    return (unit.removesuffix("s") if number == 1 and is_english else unit).replace("_", " ")


def interval(finding: Finding) -> Interval | None:
    """Between which days it happened; None where the document does not say."""
    if finding.occurred_not_before is None or finding.occurred_not_after is None:
        return None
    return finding.occurred_not_before, finding.occurred_not_after


def days(between: Interval | None) -> str:
    """“25 Jan 2011”, “Jan 2011”, “2011”, “between 5 Jan 2011 and 9 Mar 2011”; "" for None."""
    if between is None:
        return ""
    first, last = between
    if first == last:
        return date_format(first, "j M Y")
    is_from_first_to_last = first.day == 1 and _is_last_of_month(last)
    if is_from_first_to_last and (first.year, first.month) == (last.year, last.month):
        return date_format(last, "M Y")
    if is_from_first_to_last and first.year == last.year and (first.month, last.month) == (1, 12):
        return str(last.year)
    return _("between %(first)s and %(last)s") % {
        "first": date_format(first, "j M Y"),
        "last": date_format(last, "j M Y"),
    }


def _is_last_of_month(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]
