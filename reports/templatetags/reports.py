"""Tags of the pages on reports: the circle of a report, and a quantity with its unit."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from reports import contents
from reports.models import DeclaredQuantity

register = template.Library()


@register.simple_tag
def circle(play: str) -> SafeString:
    """The circle of a report: its shape, not its colour alone, says how the report stands."""
    return _circle(str(play))


@lru_cache(maxsize=16)
def _circle(play: str) -> SafeString:
    # There are eight of them, and a page has more than a thousand.
    return render_to_string("reports/_circle.html", {"play": play})


@register.filter
def amount(line: DeclaredQuantity) -> str:
    """A declared quantity with its unit, “not given” where the report gives none."""
    return contents.amount(line)
