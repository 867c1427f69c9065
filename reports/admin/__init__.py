"""The secretariat's data entry for reports: what is owed, what arrived, and what it says."""

from . import letters  # noqa: F401  registers the letters' pages
from .coverage import CoverageAdmin
from .jobs import AlarmAdmin, JobRunAdmin
from .lists import DeclaredQuantityAdmin, FormEntryAdmin
from .report import TransparencyReportAdmin

__all__ = [
    "AlarmAdmin",
    "CoverageAdmin",
    "DeclaredQuantityAdmin",
    "FormEntryAdmin",
    "JobRunAdmin",
    "TransparencyReportAdmin",
]
