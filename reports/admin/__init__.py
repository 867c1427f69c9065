"""The secretariat's data entry for reports: what is owed, what arrived, and what it says."""

from . import letters  # noqa: F401  registers the letters' pages
from .coverage import CoverageAdmin
from .lists import DeclaredQuantityAdmin, FormEntryAdmin
from .report import TransparencyReportAdmin

__all__ = [
    "CoverageAdmin",
    "DeclaredQuantityAdmin",
    "FormEntryAdmin",
    "TransparencyReportAdmin",
]
