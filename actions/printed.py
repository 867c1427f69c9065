"""What may be entered about printed figures: for pages of the admin and for imports."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ccm_portal.figures import ExpressionError, parse
from ccm_portal.figures.vocabulary import nearest
from states.names import NameBook

from .models import PrintedFigure, PrintedRelation

Objection = tuple[str, str]
"""The field, and a sentence."""

_VALUE = re.compile(r"-?[0-9]+(\.[0-9]+)?|[0-9]{4}-[0-9]{2}(-[0-9]{2})?")
_LONGEST_SHOWN = 40


def objections(figure: PrintedFigure, *, names: NameBook) -> Iterator[Objection]:
    """Why a printed figure cannot be kept as it was entered."""
    if figure.value and not _VALUE.fullmatch(figure.value):
        yield (
            "value",
            _("Give a number in digits without separators, a month or a day, or nothing."),
        )
    for name in figure.names:
        if names.find(name) is None:
            yield "states", _unknown(name, names.suggestions(name))
    if figure.said_to_be:
        try:
            parse(figure.said_to_be)
        except ExpressionError as error:
            yield "said_to_be", str(error)


def objections_to_relation(
    relation: PrintedRelation, *, keys: frozenset[str]
) -> Iterator[Objection]:
    """Why a relation cannot be kept; `keys` are those of the edition's printed figures."""
    for field, wanted in (("figure", (relation.figure,)), ("others", relation.keys)):
        for key in wanted:
            if key and key not in keys:
                sentence = _("No printed figure of this edition has the key “%(key)s”.")
                yield field, _with(sentence % {"key": key[:_LONGEST_SHOWN]}, nearest(key, keys))


def keys_of(report_id: int) -> frozenset[str]:
    """The keys of an edition's printed figures. Costs one query."""
    figures = PrintedFigure.objects.filter(report_id=report_id)
    return frozenset(figures.values_list("key", flat=True))


def _unknown(name: str, suggestions: list[str]) -> str:
    sentence = _("No state is called “%(name)s”.") % {"name": name[:_LONGEST_SHOWN]}
    return _with(sentence, suggestions[0] if suggestions else "")


def _with(sentence: str, suggestion: str) -> str:
    if not suggestion:
        return sentence
    return sentence + " " + _("Did you mean “%(name)s”?") % {"name": suggestion}
