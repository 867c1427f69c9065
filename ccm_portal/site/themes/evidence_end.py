"""How far the evidence on a theme reaches: beyond that day, silence says nothing."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from actions.models import Finding, Theme

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
    """Of a theme on a day. Costs two queries."""
    findings = Finding.objects.standing(on).filter(indicator__theme__code__in=theme.themes)
    latest: date | None = findings.aggregate(latest=Max("reported_on"))["latest"]
    parts = Theme.objects.published().filter(code__in=theme.themes)
    days = list(parts.values_list("complete_through", flat=True))
    known = [day for day in days if day is not None]
    is_vouched = bool(days) and len(known) == len(days)
    return EvidenceEnd(on, latest, min(known) if is_vouched else None)
