"""A figure's answer in the shapes that the API and the command `figure` give."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from actions.evaluation import Evaluation, Member
from ccm_portal.figures import Evidence, Figure

STATE_COLUMNS = ("iso3", "name", "certain", "evidence")
EVIDENCE_COLUMNS = ("iso3", "name", "certain", "evidence", "date", "document", "place", "url")


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
        """The contract of the command `figure`: states are ISO3 codes in order of name."""
        figure = self.figure
        return {
            "expression": figure.expression,
            "on": figure.on.isoformat(),
            "count": figure.count,
            "undetermined": figure.undetermined,
            "total": figure.total,
            "unit": figure.unit,
            "states": self._codes(certain=True),
            "undetermined_states": self._codes(certain=False),
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
                }

    def _codes(self, *, certain: bool) -> list[str]:
        return [member.key for member in self.members if member.is_certain is certain]


def evidence_in_words(evidence: Evidence) -> str:
    """A piece of evidence in a line: what, when, and where to look it up."""
    what = f"{evidence.text}, {evidence.on.isoformat()}" if evidence.on else evidence.text
    where = ", ".join(part for part in (evidence.document, evidence.place) if part)
    return f"{what}: {where}" if where else what


def _state_cells(member: Member) -> dict[str, Any]:
    return {
        "iso3": member.key,
        "name": member.name,
        "certain": member.is_certain,
    }
