"""What findings can speak of: published indicators, in the order in which pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Prefetch

from ccm_portal.kept import kept

from .models import Action, ActionPlan, Indicator, Theme


@dataclass(frozen=True)
class Catalogue:
    """Indicators by their ids, with theme, plan and published actions; and the themes of plans.

    `themes` are those of published plans that have an indicator, each with its plan.
    """

    indicators: Mapping[int, Indicator]
    themes: tuple[Theme, ...]

    @classmethod
    def load(cls) -> "Catalogue":
        """Costs three queries."""
        return kept("catalogue", make=cls._loaded)

    @classmethod
    def _loaded(cls) -> "Catalogue":
        actions = Action.objects.published().select_related("plan")
        indicators = (
            Indicator.objects.published()
            .select_related("theme__plan")
            .prefetch_related(Prefetch("actions", actions))
            .order_by("theme__plan", "theme__order", "order", "code")
        )
        published = ActionPlan.objects.published().order_by()
        themes = Theme.objects.filter(plan__in=published, indicators__isnull=False)
        return cls(
            indicators={indicator.pk: indicator for indicator in indicators},
            themes=tuple(themes.select_related("plan").distinct()),
        )
