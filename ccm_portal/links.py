"""Addresses that keep the date the reader chose, and numbers that lead to their states."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .as_of import PARAMETER, AsOf

REMEMBERED = 10_000
"""How many addresses a process keeps: more than all states, actions and documents have."""


@dataclass(frozen=True)
class Number:
    """A count and the address of what was counted. Prints itself as a link, zero included."""

    count: int
    url: str

    def __str__(self) -> SafeString:
        return format_html(
            '<a class="number" href="{}">{}</a>',
            self.url,
            number_format(self.count, force_grouping=True),
        )

    def __html__(self) -> SafeString:
        return str(self)  # type: ignore[return-value]


@dataclass(frozen=True)
class Links:
    """Makes addresses within the portal. `as_of` is added where the reader chose a day."""

    as_of: AsOf | None = None

    def to(self, view: str, *args: Any, **query: Any) -> str:
        """The address of a view. Empty query values are left out; `as_of` may name another day."""
        address = _address(view, args, get_urlconf(), get_script_prefix())
        if self.as_of is not None and self.as_of.is_chosen:
            if not query:  # Most links of a page.
                return f"{address}?{PARAMETER}={self.as_of.day.isoformat()}"
            query.setdefault(PARAMETER, self.as_of.day.isoformat())
        wanted = [(name, str(value)) for name, value in query.items() if value not in (None, "")]
        return f"{address}?{urlencode(wanted)}" if wanted else address

    def states(self, count: int, **query: Any) -> Number:
        """A number that leads to the list of states with a filter."""
        return Number(count, self.to("states:list", **query))

    def figure(self, count: int, expression: str, **query: Any) -> Number:
        """A number that leads to the states of an expression and their evidence."""
        return Number(count, self.to("figures", expression=expression, **query))


@lru_cache(maxsize=REMEMBERED)
def _address(
    view: str, args: tuple[Hashable, ...], _urlconf: str | None, _script_prefix: str
) -> str:
    """The address of a view, found once: a page leads to the same places many times."""
    return reverse(view, args=args)
