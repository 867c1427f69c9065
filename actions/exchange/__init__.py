"""Plans, indicators and findings as spreadsheets, on the base that all apps share."""

from states.exchange.resource import RegisterResource

from .editions import ProgressReportResource, ProgressSectionResource
from .findings import FindingResource
from .indicators import IndicatorResource
from .plans import ActionPlanResource, ActionResource, ThemeResource
from .printed import PrintedFigureResource, PrintedRelationResource

RESOURCES: dict[str, type[RegisterResource]] = {
    "plans": ActionPlanResource,
    "themes": ThemeResource,
    "actions": ActionResource,
    "indicators": IndicatorResource,
    "findings": FindingResource,
    "progress-reports": ProgressReportResource,
    "progress-sections": ProgressSectionResource,
    "printed-figures": PrintedFigureResource,
    "printed-relations": PrintedRelationResource,
}

__all__ = [
    "RESOURCES",
    "ActionPlanResource",
    "ActionResource",
    "FindingResource",
    "IndicatorResource",
    "PrintedFigureResource",
    "PrintedRelationResource",
    "ProgressReportResource",
    "ProgressSectionResource",
    "ThemeResource",
]
