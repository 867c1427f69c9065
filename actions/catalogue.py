"""What findings can speak of: published indicators, in the order in which pages show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from django.db.models import Prefetch

from ccm_portal.kept import kept

from .models import Action, ActionPlan, Indicator, Theme


@dataclass(frozen=True)
class Catalogue:
    """Indicators by their ids, with theme and plan; the actions they measure; and themes.

    `actions` are published ones, in order, by the id of the indicator; `themes` those of published
    plans that have an indicator, each with its plan.
    """

    indicators: Mapping[int, Indicator]
    actions: Mapping[int, tuple[Action, ...]]
    themes: tuple[Theme, ...]

    @classmethod
    def load(cls) -> "Catalogue":
        """Costs three queries."""
        return kept("catalogue", make=cls._loaded)

    @classmethod
    def _loaded(cls) -> "Catalogue":
        actions = Action.objects.published().select_related("plan")
        indicators = list(
            Indicator.objects.published()
            .select_related("theme__plan")
            .prefetch_related(Prefetch("actions", actions))
            .order_by("theme__plan", "theme__order", "order", "code")
        )
        published = ActionPlan.objects.published().order_by()
        themes = Theme.objects.filter(plan__in=published, indicators__isnull=False)
        return cls(
            indicators={indicator.pk: indicator for indicator in indicators},
            actions={indicator.pk: _in_order(indicator) for indicator in indicators},
            themes=tuple(themes.select_related("plan").distinct()),
        )


def _in_order(indicator: Indicator) -> tuple[Action, ...]:
    actions = cast("Iterable[Action]", indicator.actions.all())
    return tuple(sorted(actions, key=lambda action: (action.plan_id, action.number)))
