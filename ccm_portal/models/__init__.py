"""What the portal itself keeps, beside what the apps record."""

from .data_change import DataChange
from .job import Job

__all__ = ["DataChange", "Job"]
