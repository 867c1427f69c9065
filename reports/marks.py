"""The circle of a report: its shape, not its colour alone, says how the report stands."""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString


@lru_cache(maxsize=16)
def circle(play: str) -> SafeString:
    """The drawing of a state of play. There are eight, and a page has more than a thousand."""
    return render_to_string("reports/_circle.html", {"play": play})
