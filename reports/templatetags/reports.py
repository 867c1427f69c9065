"""Tags of the pages on reports: the circle of a report, and a quantity with its unit."""

from django import template

from reports import contents
from reports.models import DeclaredQuantity

register = template.Library()


@register.inclusion_tag("reports/_circle.html")
def circle(play: str) -> dict[str, str]:
    """The circle of a report: its shape, not its colour alone, says how the report stands."""
    return {"play": str(play)}


@register.filter
def amount(line: DeclaredQuantity) -> str:
    """A declared quantity with its unit, “not given” where the report gives none."""
    return contents.amount(line)
