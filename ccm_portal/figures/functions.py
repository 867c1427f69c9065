"""The fixed table of functions of the language, in words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .values import Kind


@dataclass(frozen=True)
class Function:
    """A function in words: how it is written, what it gives, and what is said of a wrong use."""

    name: str
    example: str
    explanation: str | Promise
    usage: str | Promise


FUNCTIONS: dict[str, Function] = {
    function.name: function
    for function in (
        Function(
            "since",
            "since(1MSP, parties)",
            _("what happened after the last day of a meeting or after a day, up to the day shown"),
            _("“since” takes a day or a meeting and a set: since(1MSP, parties)."),
        ),
        Function(
            "at",
            "at(1MSP, parties)",
            _("the set as it stood on an earlier day or on the last day of a meeting"),
            _("“at” takes a day or a meeting and a set: at(1MSP, parties)."),
        ),
        Function(
            "before_eif",
            "before_eif(provisional_application)",
            _("what happened before the Convention entered into force for the state concerned"),
            _("“before_eif” takes one set: before_eif(provisional_application)."),
        ),
        Function(
            "organisations",
            "organisations(a)",
            _("the organisations of which a finding is recorded, in place of the states"),
            _("“organisations” takes one set: organisations(a)."),
        ),
        Function(
            "actors",
            "actors(a)",
            _("the states and organisations behind occurrences or a quantity, as a set"),
            _("“actors” takes occurrences or a quantity: actors(a)."),
        ),
        Function(
            "at_least",
            "at_least(a)",
            _("the same set, marked as a list that its source left open"),
            _("“at_least” takes one set: at_least(parties)."),
        ),
        Function(
            Kind.SHARE.value,
            "share(parties, un_members)",
            _("how many percent of the second set are in the first; stands alone"),
            _("“share” takes two sets: share(parties, un_members)."),
        ),
        Function(
            Kind.GROWTH.value,
            "growth(1MSP, parties)",
            _("by how many percent a set has grown since a day or a meeting; stands alone"),
            _("“growth” takes a day or a meeting and a set: growth(1MSP, parties)."),
        ),
    )
}

VALUE_FUNCTIONS = frozenset({Kind.SHARE.value, Kind.GROWTH.value})
"""Functions that give a percentage and so can only stand alone."""
