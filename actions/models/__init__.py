"""Commitments and evidence: action plans, what measures them, and findings read in documents."""

from .finding import Answer, Finding, FindingQuerySet
from .indicator import Indicator, IndicatorQuerySet
from .plan import Action, ActionPlan, Checked, Theme
from .printed import PrintedFigure, PrintedRelation
from .progress import (
    EditionWithdrawal,
    FrozenEdition,
    Language,
    NeverChanged,
    ProgressReport,
    ProgressSection,
)

__all__ = [
    "Action",
    "ActionPlan",
    "Answer",
    "Checked",
    "EditionWithdrawal",
    "Finding",
    "FindingQuerySet",
    "FrozenEdition",
    "Indicator",
    "IndicatorQuerySet",
    "Language",
    "NeverChanged",
    "PrintedFigure",
    "PrintedRelation",
    "ProgressReport",
    "ProgressSection",
    "Theme",
]
