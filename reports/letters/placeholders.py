"""The named placeholders of letter templates: a fixed set, checked when a template is saved.

A placeholder is a name in braces, `{due_date}`. A brace itself is written twice. Nothing else is
evaluated: a value that holds braces of its own stands in the letter as it is.
"""

import string
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rapidfuzz import process
from rapidfuzz.fuzz import ratio

PLACEHOLDERS: Mapping[str, str | Promise] = MappingProxyType(
    {
        "form_of_address": gettext_lazy("The recipient's form of address, such as “Excellency”"),
        "recipient": gettext_lazy("The name of the recipient, such as the permanent mission"),
        "state": gettext_lazy("The state's short name in the language of the letter"),
        "state_formal": gettext_lazy("The state's formal name in the language of the letter"),
        "report": gettext_lazy("The report that is owed, such as “annual report for 2011”"),
        "due_date": gettext_lazy("The day on which the report is or was due"),
        "rule": gettext_lazy("The paragraph of the Convention that asks for the report"),
        "in_force_date": gettext_lazy("The day of entry into force for the state"),
        "lateness": gettext_lazy("How late the report is, or how long until it is due"),
        "letter_date": gettext_lazy("The day on which the letter was written"),
        "letter_number": gettext_lazy("The number of the letter"),
        "organization": gettext_lazy("The sender, as on the letterhead"),
        "guide_url": gettext_lazy(
            "Where the guide to reporting is; without it, its line is left out"
        ),
        "forms_url": gettext_lazy(
            "Where the reporting forms are; without it, its line is left out"
        ),
        "help_contact": gettext_lazy("Whom to ask for help"),
    }
)


def refusals(template: str, *, is_one_line: bool = False) -> Iterator[str]:
    """Why a template's text cannot be used: a sentence for each reason."""
    if is_one_line and len(template.splitlines()) > 1:
        yield _("The subject is one line.")
    try:
        parts = list(string.Formatter().parse(template))
    except ValueError:
        yield _(
            "A brace has no partner: write a placeholder as {due_date}, and a brace itself as "
            "{{ or }}."
        )
        return
    for _literal, name, form, conversion in parts:
        if name is None:
            continue
        if name not in PLACEHOLDERS:
            yield _unknown(name)
        elif form or conversion:
            yield _("Write the placeholder as {%(name)s}, with nothing behind its name.") % {
                "name": name
            }


def without_lines_of(template: str, names: Iterable[str]) -> str:
    """A template without the lines that hold a placeholder of some names."""
    wanted = set(names)
    lines = (
        line
        for line in template.split("\n")
        if wanted.isdisjoint(name for _literal, name, *_rest in string.Formatter().parse(line))
    )
    return "\n".join(lines)


def fill(template: str, values: Mapping[str, str]) -> str:
    """A template with its placeholders filled.

    Raises `KeyError` for a name without a value, which `refusals` would have found.
    """
    return "".join(
        literal + (values[name] if name is not None else "")
        for literal, name, _form, _conversion in string.Formatter().parse(template)
    )


def fill_html(
    template: str, values: Mapping[str, str], *, safe: Mapping[str, SafeString]
) -> SafeString:
    """A template with its placeholders filled, as HTML: all is escaped but the values in `safe`."""
    parts = string.Formatter().parse(template)
    return format_html_join(
        "",
        "{}{}",
        (
            (literal, "" if name is None else safe.get(name, values[name]))
            for literal, name, _form, _conversion in parts
        ),
    )


def _unknown(name: str) -> str:
    nearest = process.extractOne(name, list(PLACEHOLDERS), scorer=ratio, score_cutoff=60)
    if nearest:
        return _("“{%(name)s}” is not a placeholder: did you mean {%(nearest)s}?") % {
            "name": name[:60],
            "nearest": nearest[0],
        }
    return _("“{%(name)s}” is not a placeholder: use one of %(all)s.") % {
        "name": name[:60],
        "all": ", ".join(f"{{{known}}}" for known in PLACEHOLDERS),
    }
