"""Action plans, indicators, findings and progress reports in the data entry."""

from . import finding, indicator, plan, printed, report

__all__ = ["finding", "indicator", "plan", "printed", "report"]
