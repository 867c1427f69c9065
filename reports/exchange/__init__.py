"""Reports as spreadsheets: one resource a kind of record, on the base that all apps share."""

from states.exchange.resource import RegisterResource

from .contents import DeclaredQuantityResource, FormEntryResource
from .coverage import CoverageResource
from .letters import (
    LetterheadResource,
    LetterStageResource,
    LetterTemplateResource,
    LetterTextResource,
)
from .reports import TransparencyReportResource

RESOURCES: dict[str, type[RegisterResource]] = {
    "reports": TransparencyReportResource,
    "coverage": CoverageResource,
    "form-entries": FormEntryResource,
    "quantities": DeclaredQuantityResource,
    "letter-templates": LetterTemplateResource,
    "letter-texts": LetterTextResource,
    "letter-stages": LetterStageResource,
    "letterheads": LetterheadResource,
}

__all__ = [
    "RESOURCES",
    "CoverageResource",
    "DeclaredQuantityResource",
    "FormEntryResource",
    "LetterStageResource",
    "LetterTemplateResource",
    "LetterTextResource",
    "LetterheadResource",
    "TransparencyReportResource",
]
