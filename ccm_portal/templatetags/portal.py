"""Tags of the public pages: links that keep the date, rows, and the square of a state."""

from collections.abc import Hashable, Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from ccm_portal.charts.world_map import Territory
from ccm_portal.figures.sets import title_in_brief
from ccm_portal.links import Links
from ccm_portal.table_rows import set_rows

register = template.Library()


@register.simple_tag(takes_context=True)
def link(context: template.Context, view: str, *args: Any, **query: Any) -> str:
    """The address of a view, with a query and with the date that the reader chose.

    `{% link "states:list" status="party" %}`. Empty query values are left out. `as_of` may be
    given to link to another day.
    """
    return _links(context).to(view, *args, **query)


@register.simple_tag(takes_context=True)
def table_rows(context: template.Context, name: str, rows: Iterable[Hashable]) -> SafeString:
    """Rows of a table, each set with the template of a `name`, which sees nothing but its `row`.

    `{% table_rows "states/_row.html" rows %}`. Their addresses come from `Links.undated`.
    """
    return _links(context).dated(set_rows(name, rows))


@register.simple_tag(takes_context=True)
def set_once(context: template.Context, name: str, row: Hashable) -> SafeString:
    """A part of a page that says the same on many days, set as if it were a row of a table."""
    return _links(context).dated(set_rows(name, [row]))


def _links(context: template.Context) -> Links:
    request: HttpRequest | None = context.get("request")
    return Links(getattr(request, "as_of", None))


@register.simple_tag
def document(title: str, url: str = "") -> SafeString:
    """A document by its title, a link where it has an address; a long title is shown in brief."""
    return _document(title, url)


@lru_cache(maxsize=2048)
def _document(title: str, url: str) -> SafeString:
    # One document is the evidence of many states.
    brief = title_in_brief(title)
    whole = format_html(' title="{}"', title) if brief != title else ""
    if url:
        return format_html('<a href="{}" rel="noopener"{}>{}</a>', url, whole, brief)
    return format_html("<span{}>{}</span>", whole, brief) if whole else format_html("{}", title)


@register.simple_tag
def mark(status: str) -> SafeString:
    """The square of a state: solid for a party, half for a signatory, hollow for the others."""
    return _mark(str(status))


@lru_cache(maxsize=8)
def _mark(status: str) -> SafeString:
    # There are three of them, and a page has two hundred.
    return render_to_string("_partials/mark.html", {"status": status})


@register.simple_tag
def outlined(territories: Iterable[Territory], file: str) -> SafeString:
    """States on the map, each a link around its outline in a file: two hundred on a page."""
    return SafeString(
        "".join(
            f'<a href="{escape(state.url)}"{_outline(state.title, file, state.iso3)}'
            for state in territories
        )
    )


@lru_cache(maxsize=2048)
def _outline(title: str, file: str, iso3: str) -> SafeString:
    # All of a link but its address, which changes with the day.
    return format_html(' tabindex="-1"><title>{}</title><use href="{}#{}"/></a>', title, file, iso3)
