"""Spreadsheets in and out: one resource a kind of record, shared by the admin and the commands."""

from .account import Account, Outcome
from .formats import EXPORT_FORMATS, IMPORT_FORMATS
from .importing import import_file
from .resources import (
    RESOURCES,
    ContactResource,
    DocumentResource,
    ExtensionDecisionResource,
    MeetingResource,
    OrganizationResource,
    StateNameResource,
    StateResource,
)
from .treaty_actions import TreatyActionResource

__all__ = [
    "EXPORT_FORMATS",
    "IMPORT_FORMATS",
    "RESOURCES",
    "Account",
    "ContactResource",
    "DocumentResource",
    "ExtensionDecisionResource",
    "MeetingResource",
    "OrganizationResource",
    "Outcome",
    "StateNameResource",
    "StateResource",
    "TreatyActionResource",
    "import_file",
]
