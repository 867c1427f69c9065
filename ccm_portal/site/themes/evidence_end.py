"""How far the evidence on a theme reaches: beyond that day, silence says nothing."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, OuterRef, Subquery

from actions.models import Finding, Indicator, Theme
from ccm_portal.kept import kept

from .description import Description


@dataclass(frozen=True)
class EvidenceEnd:
    """The latest finding, and the day through which somebody vouches that all is entered."""

    on: date
    latest: date | None
    complete_through: date | None

    @property
    def is_open(self) -> bool:
        """Whether nobody vouches that what is known by the day has been entered."""
        return self.complete_through is None or self.complete_through < self.on


def evidence_end(theme: Description, on: date) -> EvidenceEnd:
    """Of a theme on a day. Costs two queries, or one where something is kept."""
    # The newest of each indicator is found in an index, however many findings there are.
    newest = Finding.objects.standing(on).filter(indicator=OuterRef("pk")).order_by("-reported_on")
    indicators = Indicator.objects.published().filter(theme__code__in=theme.themes).order_by()
    latest: date | None = indicators.aggregate(
        latest=Max(Subquery(newest.values("reported_on")[:1]))
    )["latest"]
    days = [day for code, day in kept("days of themes", make=_days) if code in theme.themes]
    known = [day for day in days if day is not None]
    is_vouched = bool(days) and len(known) == len(days)
    return EvidenceEnd(on, latest, min(known) if is_vouched else None)


def _days() -> tuple[tuple[str, date | None], ...]:
    """The code of each published theme, and the day through which it is complete."""
    return tuple(Theme.objects.published().values_list("code", "complete_through"))
