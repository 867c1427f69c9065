"""Addresses that keep the date the reader chose, and numbers that lead to their states."""

import secrets
from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urlencode

from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .as_of import PARAMETER, AsOf

REMEMBERED = 10_000
"""How many addresses a process keeps: more than all states, actions and documents have."""

ANY_DAY = f"day{secrets.token_hex(12)}"
"""Stands for the day in addresses that serve all days. Nothing else on a page can be like it."""


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
    """Makes addresses within the portal. `as_of` is added where the reader chose a day.

    With `for_all_days` the addresses have a place for that day, which `dated` fills.
    """

    as_of: AsOf | None = None
    for_all_days: bool = False

    def to(self, view: str, *args: Any, **query: Any) -> str:
        """The address of a view. Empty query values are left out; `as_of` may name another day."""
        address = _address(view, args, *self._site)
        if self._day:
            if not query:  # Most links of a page.
                return f"{address}?{PARAMETER}={self._day}"
            query.setdefault(PARAMETER, self._day)
        wanted = [(name, str(value)) for name, value in query.items() if value not in (None, "")]
        return f"{address}?{urlencode(wanted)}" if wanted else address

    def undated(self) -> "Links":
        """The same links with a place for the day, for what is kept from one day to another.

        Tags fill it with the day of the request (`dated`): not for links that lead to another one.
        """
        return replace(self, for_all_days=True)

    def dated(self, html: str) -> SafeString:
        """HTML with links that were made by `undated`, on the day that the reader chose."""
        return SafeString(html.replace(ANY_DAY, self._chosen))

    @cached_property
    def _site(self) -> tuple[str | None, str]:
        """What addresses depend on besides: the same for all of a request."""
        return get_urlconf(), get_script_prefix()

    @cached_property
    def _day(self) -> str:
        """What addresses name as the day; "" where the reader chose none."""
        return ANY_DAY if self.for_all_days and self._chosen else self._chosen

    @cached_property
    def _chosen(self) -> str:
        if self.as_of is None or not self.as_of.is_chosen:
            return ""
        return self.as_of.day.isoformat()

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
