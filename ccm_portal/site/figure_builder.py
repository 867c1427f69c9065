"""Building an expression from lists, for readers who would rather not type one."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ccm_portal.figures import Definition
from ccm_portal.figures.vocabulary import NO
from ccm_portal.kept import kept
from ccm_portal.links import Links

ROWS = 3
SIGNS = ("&", "-", "|")


@dataclass(frozen=True)
class NameRow:
    """A name in words, and the addresses of its states and of those recorded as “no”."""

    name: str
    title: str
    explanation: str
    kind: str
    url: str
    no_url: str


@dataclass(frozen=True)
class Group:
    """The names of one theme."""

    title: str
    rows: tuple[NameRow, ...]


@dataclass(frozen=True)
class Choice:
    """One row of the form: how it joins the rows above it, and the names of its fields."""

    number: int
    signs: tuple[tuple[str, str], ...]


def groups(definitions: Mapping[str, Definition], links: Links) -> tuple[Group, ...]:
    """All names by theme, in the order in which themes are first met, as rows for all days."""
    undated = links.undated()
    found: dict[str, list[NameRow]] = {}
    for definition in definitions.values():
        found.setdefault(_title(definition), []).append(_row(definition, undated))
    return tuple(Group(title, tuple(rows)) for title, rows in found.items())


def _row(definition: Definition, links: Links) -> NameRow:
    no_url = links.to("figures", expression=definition.name + NO) if definition.has_no else ""
    return NameRow(
        name=definition.name,
        title=str(definition.title),
        explanation=str(definition.explanation),
        kind=definition.kind,
        url=links.to("figures", expression=definition.name),
        no_url=no_url,
    )


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
