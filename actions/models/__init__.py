"""Commitments and evidence: action plans, what measures them, and findings read in documents."""

from .finding import Answer, Finding, FindingQuerySet
from .indicator import Indicator, IndicatorQuerySet
from .plan import Action, ActionPlan, Checked, Theme

__all__ = [
    "Action",
    "ActionPlan",
    "Answer",
    "Checked",
    "Finding",
    "FindingQuerySet",
    "Indicator",
    "IndicatorQuerySet",
    "Theme",
]
