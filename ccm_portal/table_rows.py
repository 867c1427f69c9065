"""Rows of long tables: on two days most of them say the same, and each is set once for all days.

A row, or a cell of one, is a frozen value that holds whatever its line shows, and the template of
the line sees that value alone. So two equal rows have the same line, and a row that differs in
anything is set anew. Never put a record of the database into a row: it equals its older self, and
its line would stay as it was. Addresses in a row have a place for the day (`Links.undated`), or it
would differ each day.
"""

from collections.abc import Hashable, Iterable
from functools import lru_cache

from django.template.loader import get_template
from django.utils.translation import get_language

REMEMBERED = 4096
"""How many lines a process keeps: those of all lists on some days, a few kilobytes each."""


def set_rows(template: str, rows: Iterable[Hashable]) -> str:
    """The lines of rows, one after the other, in the language that is active."""
    language = get_language()
    return "".join([_line(template, row, language) for row in rows])


@lru_cache(maxsize=REMEMBERED)
def _line(template: str, row: Hashable, _language: str | None) -> str:
    return get_template(template).render({"row": row})
