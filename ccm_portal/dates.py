"""Days in words, as Django writes them, each only once: a page names the same days many times."""

from datetime import date
from functools import lru_cache

from django.utils import formats
from django.utils.translation import get_language

REMEMBERED = 20_000
"""How many days in words a process keeps: those of some fifty years in one form."""


def date_format(value: date, form: str) -> str:
    """A day in the language that is active, such as `date_format(day, "j F Y")`.

    A moment (`datetime`) depends on the time zone besides and is written anew each time.
    """
    if type(value) is date:
        return _written(value, form, get_language())
    return formats.date_format(value, form)


@lru_cache(maxsize=REMEMBERED)
def _written(day: date, form: str, _language: str | None) -> str:
    return formats.date_format(day, form)
