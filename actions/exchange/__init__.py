"""Plans, indicators and findings as spreadsheets, on the base that all apps share."""

from states.exchange.resource import RegisterResource

from .findings import FindingResource
from .indicators import IndicatorResource
from .plans import ActionPlanResource, ActionResource, ThemeResource

RESOURCES: dict[str, type[RegisterResource]] = {
    "plans": ActionPlanResource,
    "themes": ThemeResource,
    "actions": ActionResource,
    "indicators": IndicatorResource,
    "findings": FindingResource,
}

__all__ = [
    "RESOURCES",
    "ActionPlanResource",
    "ActionResource",
    "FindingResource",
    "IndicatorResource",
    "ThemeResource",
]
