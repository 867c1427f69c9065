"""Tags of the pages on reports: the circle of a report, and a quantity with its unit."""

from django import template
from django.utils.safestring import SafeString

from reports import contents, marks
from reports.models import DeclaredQuantity

register = template.Library()


@register.simple_tag
def circle(play: str) -> SafeString:
    """The circle of a report."""
    return marks.circle(str(play))


@register.filter
def amount(line: DeclaredQuantity) -> str:
    """A declared quantity with its unit, “not given” where the report gives none."""
    return contents.amount(line)
