"""What the published findings of a day say: of whom, yes or no, and where one can read it.

Two ways in. `Findings` tells for every indicator which actors have an answer, with three
queries however many findings there are; `pieces` gives the findings themselves, for what is shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Self

from django.db.models import QuerySet

from states.register import Source

from .models import Answer, Finding, Indicator


class Verdict(StrEnum):
    """What all standing findings on one actor and indicator say together."""

    YES = "yes"
    NO = "no"
    DISPUTED = "disputed"

    @classmethod
    def of(cls, answers: Iterable[str]) -> "Verdict":
        """A yes and a no are a dispute: the newest never silently wins."""
        said = set(answers)
        return cls.DISPUTED if len(said) > 1 else cls(said.pop())


@dataclass(frozen=True, order=True)
class Actor:
    """Whom a finding is about: a state or an organisation, by its id."""

    state_id: int = 0
    organization_id: int = 0


@dataclass(frozen=True)
class Findings:
    """The verdicts of one day: by the code of the indicator, then by actor."""

    on: date
    verdicts: Mapping[str, Mapping[Actor, Verdict]] = field(default_factory=dict)

    @classmethod
    def load(cls, on: date, *, indicators: Iterable[str] | None = None) -> Self:
        """The verdicts of a day, of all indicators or of some codes. Costs three queries."""
        codes = dict(_indicators(indicators).values_list("pk", "code"))
        standing = Finding.objects.standing(on).filter(indicator__in=codes).order_by()
        said: dict[str, dict[Actor, set[str]]] = {}
        for field_name in ("state_id", "organization_id"):
            # Each answer once, found in the index without reading every finding.
            rows = (
                standing.filter(**{f"{field_name}__isnull": False})
                .values_list("indicator_id", field_name, "answer")
                .distinct()
            )
            for indicator_id, actor_id, answer in rows:
                actor = Actor(**{field_name: actor_id})
                by_actor = said.setdefault(codes[indicator_id], {})
                by_actor.setdefault(actor, set()).add(answer)
        return cls(
            on=on,
            verdicts={
                code: {actor: Verdict.of(answers) for actor, answers in by_actor.items()}
                for code, by_actor in said.items()
            },
        )

    def states(self, code: str, verdict: Verdict = Verdict.YES) -> frozenset[int]:
        """The ids of the states of whom an indicator says something."""
        return frozenset(
            actor.state_id
            for actor, found in self.verdicts.get(code, {}).items()
            if found is verdict and actor.state_id
        )


@dataclass(frozen=True)
class Piece:
    """One finding as evidence. `occurred` is the pair of days between which it happened."""

    finding_id: int
    indicator: str
    actor: Actor
    answer: str
    reported_on: date
    occurred: tuple[date, date] | None
    ended_on: date | None
    label: str
    quantity: Decimal | None
    unit: str
    at_least: bool
    remark: str
    source: Source

    @property
    def is_yes(self) -> bool:
        return self.answer == Answer.YES

    @property
    def occurred_on(self) -> date | None:
        """The day on which it happened, where it is known to the day."""
        if self.occurred is None or self.occurred[0] != self.occurred[1]:
            return None
        return self.occurred[0]


def pieces(
    on: date,
    *,
    indicators: Iterable[str] | None = None,
    states: Iterable[int] | None = None,
) -> tuple[Piece, ...]:
    """The standing findings of a day, oldest first: of some codes, of some states, or all.

    Costs one query.
    """
    findings = _of_indicators(Finding.objects.standing(on), indicators)
    if states is not None:
        findings = findings.filter(state__in=list(states))
    findings = findings.select_related("indicator", "document")
    return tuple(piece_of(finding) for finding in findings.order_by("reported_on", "pk"))


def piece_of(finding: Finding) -> Piece:
    """A published finding as evidence; it must come with its indicator and document."""
    source = Source.of(finding.document, finding.place)
    if source is None:
        raise ValueError("A finding always has a document.")
    occurred = None
    if finding.occurred_not_before is not None and finding.occurred_not_after is not None:
        occurred = (finding.occurred_not_before, finding.occurred_not_after)
    return Piece(
        finding_id=finding.pk,
        indicator=finding.indicator.code,
        actor=Actor(finding.state_id or 0, finding.organization_id or 0),
        answer=finding.answer,
        reported_on=finding.reported_on,
        occurred=occurred,
        ended_on=finding.ended_on,
        label=finding.label,
        quantity=finding.quantity,
        unit=finding.unit,
        at_least=finding.at_least,
        remark=finding.remark,
        source=source,
    )


def _indicators(codes: Iterable[str] | None) -> QuerySet[Indicator]:
    published = Indicator.objects.published().order_by()
    return published if codes is None else published.filter(code__in=list(codes))


def _of_indicators(findings: QuerySet[Finding], codes: Iterable[str] | None) -> QuerySet[Finding]:
    return findings if codes is None else findings.filter(indicator__code__in=list(codes))
