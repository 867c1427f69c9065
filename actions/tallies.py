"""How often, when and how much: what figures read from findings, in a few aggregated queries.

However many findings there are, what comes back is a row for each indicator, actor and answer.
Actors are the ids of a state and of an organisation, of which one is None.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from django.db.models import BooleanField, Case, F, IntegerField, Max, Min, Q, QuerySet, Value, When
from django.db.models.expressions import ExpressionWrapper
from django.db.models.functions import Coalesce, Least

from .models import Answer, Finding

ActorIds: TypeAlias = tuple[int | None, int | None]

# The days between which a thing happened: never later than it was reported.
_REPORTED = F("reported_on")
_EARLIEST = Least(Coalesce("occurred_not_before", _REPORTED), _REPORTED)
_LATEST = Least(Coalesce("occurred_not_after", _REPORTED), _REPORTED)


@dataclass(frozen=True)
class Tally:
    """Everything that one actor's findings on one indicator say with one answer and label.

    The days are the first and last of the earliest and of the latest days on which each finding
    may have happened; one that does not say when has the day on which it was reported, and
    `is_dated` is False then.
    """

    indicator: int
    actor: ActorIds
    label: str
    is_yes: bool
    is_dated: bool
    first_earliest: date
    last_earliest: date
    first_latest: date
    last_latest: date
    is_open: bool


@dataclass(frozen=True)
class Amount:
    """One amount that a document gives. `quantity` is None where it gives no number."""

    indicator: int
    actor: ActorIds
    label: str
    is_yes: bool
    time: str
    earliest: date
    latest: date
    quantity: Decimal | None
    unit: str
    is_lower_bound: bool


def tallies(on: date, indicators: Collection[int]) -> list[Tally]:
    """The findings on some indicators with their times, by actor and label. Costs one query."""
    undated = ExpressionWrapper(Q(occurred_not_before__isnull=True), output_field=BooleanField())
    is_open = Case(When(at_least=True, then=Value(1)), default=0, output_field=IntegerField())
    rows = (
        _standing(on, indicators)
        .annotate(is_undated=undated, earliest=_EARLIEST, latest=_LATEST)
        .values("indicator_id", "state_id", "organization_id", "label", "answer", "is_undated")
        .annotate(
            first_earliest=Min("earliest"),
            last_earliest=Max("earliest"),
            first_latest=Min("latest"),
            last_latest=Max("latest"),
            is_open=Max(is_open),
        )
    )
    return [
        Tally(
            indicator=row["indicator_id"],
            actor=_actor(row),
            label=row["label"],
            is_yes=row["answer"] == Answer.YES,
            is_dated=not row["is_undated"],
            first_earliest=row["first_earliest"],
            last_earliest=row["last_earliest"],
            first_latest=row["first_latest"],
            last_latest=row["last_latest"],
            is_open=bool(row["is_open"]),
        )
        for row in rows
    ]


def amounts(on: date, indicators: Collection[int]) -> list[Amount]:
    """The different amounts that documents give for some indicators. Costs one query."""
    rows = (
        _standing(on, indicators)
        .values(
            "indicator_id",
            "state_id",
            "organization_id",
            "label",
            "answer",
            "occurred_not_before",
            "occurred_not_after",
            "quantity",
            "unit",
            "at_least",
            earliest=_EARLIEST,
            latest=_LATEST,
        )
        .distinct()
    )
    return [
        Amount(
            indicator=row["indicator_id"],
            actor=_actor(row),
            label=row["label"],
            is_yes=row["answer"] == Answer.YES,
            time=f"{row['occurred_not_before'] or ''}/{row['occurred_not_after'] or ''}",
            earliest=row["earliest"],
            latest=row["latest"],
            quantity=row["quantity"],
            unit=row["unit"],
            is_lower_bound=row["at_least"],
        )
        for row in rows
    ]


def _standing(on: date, indicators: Collection[int]) -> QuerySet[Finding]:
    return Finding.objects.standing(on).filter(indicator__in=sorted(indicators)).order_by()


def _actor(row: Mapping[str, Any]) -> ActorIds:
    return row["state_id"], row["organization_id"]
