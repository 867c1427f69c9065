"""The secretariat's data entry, one module a model; the other modules are what they share."""

from .contact import ContactAdmin
from .document import DocumentAdmin
from .extension_decision import ExtensionDecisionAdmin
from .meeting import MeetingAdmin
from .official_date import OfficialDateAdmin
from .organization import OrganizationAdmin
from .state import StateAdmin
from .state_name import StateNameAdmin
from .treaty_action import TreatyActionAdmin

__all__ = [
    "ContactAdmin",
    "DocumentAdmin",
    "ExtensionDecisionAdmin",
    "MeetingAdmin",
    "OfficialDateAdmin",
    "OrganizationAdmin",
    "StateAdmin",
    "StateNameAdmin",
    "TreatyActionAdmin",
]
