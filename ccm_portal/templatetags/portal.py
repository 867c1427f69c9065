"""Tags of the public pages: links that keep the date, and the square of a state."""

from typing import Any

from django import template
from django.http import HttpRequest

from ccm_portal.figures.sets import title_in_brief
from ccm_portal.links import Links

register = template.Library()


@register.simple_tag(takes_context=True)
def link(context: template.Context, view: str, *args: Any, **query: Any) -> str:
    """The address of a view, with a query and with the date that the reader chose.

    `{% link "states:list" status="party" %}`. Empty query values are left out. `as_of` may be
    given to link to another day.
    """
    request: HttpRequest | None = context.get("request")
    return Links(getattr(request, "as_of", None)).to(view, *args, **query)


@register.filter
def in_brief(title: str) -> str:
    """A document's title; of a long one only what stands before its colon."""
    return title_in_brief(title)


@register.inclusion_tag("_partials/mark.html")
def mark(status: str) -> dict[str, str]:
    """The square of a state: solid for a party, half for a signatory, hollow for the others."""
    return {"status": str(status)}
