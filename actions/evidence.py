"""What findings say together, and the findings themselves as evidence of a state's duties."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from states.register import Source

from .models import Answer, Finding, Indicator
from .proofs import newest_of
from .state_record import Brief, StateRecord

MOST_PIECES = 5
SAME_FACT = ("state_id", "indicator_id", "answer", "occurred_not_before", "occurred_not_after")


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
    on: date, *, indicators: Iterable[Indicator], states: Iterable[int]
) -> tuple[Piece, ...]:
    """The standing findings of a day on some indicators and states, oldest first.

    Of each state, indicator, answer and day on which it happened the newest `MOST_PIECES`, so that
    no day is shown without a document that gives it. Costs two queries.
    """
    found = Finding.objects.standing(on).filter(
        state__in=list(states), indicator__in=[indicator.pk for indicator in indicators]
    )
    newest = newest_of(found, MOST_PIECES, *SAME_FACT).select_related("indicator", "document")
    return tuple(piece_of(finding) for finding in newest.order_by("reported_on", "pk"))


def pieces_in(
    record: StateRecord, on: date, *, indicators: Iterable[Indicator]
) -> tuple[Piece, ...]:
    """The same of one state alone. Costs one query at most."""
    newest = sorted(
        brief
        for indicator in indicators
        for answer in Answer.values
        for brief in _newest_of_each_fact(record.standing(on, indicator.pk, answer))
    )
    findings = record.read(newest)
    return tuple(piece_of(findings[brief.pk]) for brief in newest if brief.pk in findings)


def _newest_of_each_fact(briefs: Iterable[Brief]) -> Iterator[Brief]:
    """Of each day on which it happened the newest `MOST_PIECES`; the briefs are oldest first."""
    facts: dict[tuple[date | None, date | None], list[Brief]] = defaultdict(list)
    for brief in briefs:
        facts[brief.occurred_not_before, brief.occurred_not_after].append(brief)
    for fact in facts.values():
        yield from fact[-MOST_PIECES:]


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
