"""Building an expression from lists, for readers who would rather not type one."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ccm_portal.figures import Definition
from ccm_portal.figures.vocabulary import NO
from ccm_portal.kept import kept

ROWS = 3
SIGNS = ("&", "-", "|")


@dataclass(frozen=True)
class Group:
    """The names of one theme."""

    title: str
    definitions: tuple[Definition, ...]


@dataclass(frozen=True)
class Choice:
    """One row of the form: how it joins the rows above it, and the names of its fields."""

    number: int
    signs: tuple[tuple[str, str], ...]


def groups(definitions: Mapping[str, Definition]) -> tuple[Group, ...]:
    """All names by theme, in the order in which themes are first met."""
    titles = list(dict.fromkeys(_title(definition) for definition in definitions.values()))
    ordered = sorted(definitions.values(), key=lambda found: titles.index(_title(found)))
    return tuple(Group(title, tuple(found)) for title, found in groupby(ordered, key=_title))


def name_options(groups: tuple[Group, ...]) -> SafeString:
    """The names as the options of a list, which the form has in each of its rows.

    Names and titles follow from the data and the language, not from the day: they are kept.
    """
    return kept("options of names", get_language(), make=lambda: _name_options(groups))


def _name_options(groups: tuple[Group, ...]) -> SafeString:
    return render_to_string("site/_name_options.html", {"groups": groups})


def choices() -> tuple[Choice, ...]:
    """The rows of the form."""
    signs = (("&", _("and also")), ("-", _("but not")), ("|", _("or")))
    return tuple(Choice(number, signs if number else ()) for number in range(ROWS))


def built(query: QueryDict) -> str:
    """The expression that the form asks for; "" where nothing was chosen.

    Rows are joined from above to below, so that parentheses are set where a `|` comes first.
    """
    expression = ""
    for number in range(ROWS):
        part = _part(query, number)
        sign = query.get(f"sign{number}", "&")
        if not part:
            continue
        if not expression:
            expression = part
            continue
        sign = sign if sign in SIGNS else "&"
        left = f"({expression})" if "|" in expression and sign != "|" else expression
        expression = f"{left} {sign} {part}"
    return expression


def _part(query: QueryDict, number: int) -> str:
    name = query.get(f"name{number}", "").strip()
    if not name:
        return ""
    if query.get(f"no{number}"):
        name += NO
    since = query.get(f"since{number}", "").strip()
    return f"since({since}, {name})" if since else name


def _title(definition: Definition) -> str:
    return str(definition.theme) or _("Other findings")
