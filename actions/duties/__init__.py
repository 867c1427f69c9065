"""The duties of Articles 3 and 4: the Convention gives the date, evidence says who owes them."""

from .assembling import Duties, Duty, DutyState

__all__ = ["Duties", "Duty", "DutyState"]
