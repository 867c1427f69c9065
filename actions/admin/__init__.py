"""Action plans, indicators, findings and progress reports in the data entry."""

from . import chapter, edition, finding, indicator, plan, printed, report

__all__ = ["chapter", "edition", "finding", "indicator", "plan", "printed", "report"]
