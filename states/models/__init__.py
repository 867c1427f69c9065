"""What is recorded about states: events and their sources. `register` derives the rest."""

from .certainty import Certainty
from .contact import Contact
from .document import Document
from .file import DocumentFile
from .meeting import Meeting
from .organization import Organization
from .publication import Publishable, PublishableQuerySet
from .state import LANGUAGES_OF_CORRESPONDENCE, Region, State, StateName, UNRegionalGroup
from .treaty import ExtensionDecision, OfficialDate, TreatyAction

__all__ = [
    "LANGUAGES_OF_CORRESPONDENCE",
    "Certainty",
    "Contact",
    "Document",
    "DocumentFile",
    "ExtensionDecision",
    "Meeting",
    "OfficialDate",
    "Organization",
    "Publishable",
    "PublishableQuerySet",
    "Region",
    "State",
    "StateName",
    "TreatyAction",
    "UNRegionalGroup",
]
