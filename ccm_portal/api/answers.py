"""A figure's answer in the shapes that the API and the command `figure` give."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from actions.evaluation import Evaluation, Member
from ccm_portal.figures import ORGANISATION, Evidence, Figure, Quantities, is_state

STATE_COLUMNS = ("iso3", "name", "certain", "evidence")
EVIDENCE_COLUMNS = (
    *STATE_COLUMNS,
    "date",
    "document",
    "place",
    "url",
    "answer",
    "date_words",
    "reported_on",
    "remark",
)

ANSWERS = {True: "yes", False: "no", None: ""}


@dataclass(frozen=True)
class Answer:
    """A figure with its states in order of name."""

    figure: Figure
    evaluation: Evaluation

    @classmethod
    def to(cls, expression: str, evaluation: Evaluation) -> "Answer":
        """Raises `ExpressionError` with position and nearest known name."""
        return cls(figure=evaluation.figure(expression), evaluation=evaluation)

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """The states of the figure in order of name, the undetermined ones marked."""
        return self.evaluation.members(self.figure)

    def as_dict(self) -> dict[str, Any]:
        """The contract of the command `figure`: states are ISO3 codes in order of name.

        What only some figures have stands after it, where it says something: organisations,
        disputed states, `at_least` where a source left its list or number open, and `of`, the
        whole that a share is taken of or that has grown.
        """
        return self._contract() | {key: value for key, value in self._more().items() if value}

    def _contract(self) -> dict[str, Any]:
        figure = self.figure
        return {
            "expression": figure.expression,
            "on": figure.on.isoformat(),
            "count": figure.count,
            "undetermined": figure.undetermined,
            "total": plain_number(figure.total),
            "unit": figure.unit,
            "states": self._codes(figure.states.certain),
            "undetermined_states": self._codes(figure.states.undetermined),
        }

    def state_rows(self) -> Iterator[dict[str, Any]]:
        """A row a state under `STATE_COLUMNS`, all its evidence in one cell."""
        for member in self.members:
            words = (evidence_in_words(evidence) for evidence in member.evidence)
            yield _state_cells(member) | {"evidence": "; ".join(words)}

    def evidence_rows(self) -> Iterator[dict[str, Any]]:
        """A row a state and piece of evidence under `EVIDENCE_COLUMNS`."""
        for member in self.members:
            for evidence in member.evidence or (Evidence(text=""),):
                yield _state_cells(member) | {
                    "evidence": evidence.text,
                    "date": evidence.on,
                    "document": evidence.document,
                    "place": evidence.place,
                    "url": evidence.url,
                    "answer": ANSWERS[evidence.answer],
                    "date_words": evidence.day_words,
                    "reported_on": evidence.reported_on,
                    "remark": evidence.remark,
                }

    def _codes(self, wanted: frozenset[str]) -> list[str]:
        """The states among some actors, in order of name. Their evidence is not looked up."""
        return [key for key in self._actors if key in wanted and is_state(key)]

    def _organisations(self, wanted: frozenset[str]) -> list[str]:
        actors = [key for key in self._actors if key in wanted and not is_state(key)]
        return [key.removeprefix(ORGANISATION) for key in actors]

    @cached_property
    def _actors(self) -> tuple[str, ...]:
        return self.evaluation.actors(self.figure)

    def _more(self) -> dict[str, Any]:
        whole, states = self.figure.whole, self.figure.states
        return {
            "organisations": self._organisations(states.certain),
            "undetermined_organisations": self._organisations(states.undetermined),
            "disputed_states": self._codes(states.disputed),
            "at_least": self.figure.is_open or has_lower_bounds(self.figure),
            "of": len(whole.certain) if whole else None,
        }


def plain_number(number: int | Decimal | None) -> int | float | None:
    """A number as JSON has it: whole ones without a fraction."""
    if number is None or number == int(number):
        return None if number is None else int(number)
    return float(number)


def has_lower_bounds(figure: Figure) -> bool:
    """Whether a source gives an amount of the sum as “at least” so much."""
    value = figure.value
    return isinstance(value, Quantities) and bool(value.possible & value.lower_bounds)


def evidence_in_words(evidence: Evidence) -> str:
    """A piece of evidence in a line: what, when, and where to look it up."""
    when = evidence.on.isoformat() if evidence.on else evidence.day_words
    if not when and evidence.reported_on:
        when = _("reported %(day)s") % {"day": evidence.reported_on.isoformat()}
    text = evidence.text.removesuffix(".") if when else evidence.text
    what = f"{text}, {when}" if when else text
    where = ", ".join(part for part in (evidence.document, evidence.place) if part)
    return f"{what}: {where}" if where else what


def _state_cells(member: Member) -> dict[str, Any]:
    return {
        "iso3": member.key,
        "name": member.name,
        "certain": member.is_certain,
    }
