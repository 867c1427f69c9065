"""Mail: one message as bytes, and one way to hand it over that says how far it got."""

from .message import Attachment, Mail, Mailbox, build
from .outcome import Outcome, Phase, RecipientReply, Result
from .transport import Transport, transport_of_settings

__all__ = [
    "Attachment",
    "Mail",
    "Mailbox",
    "Outcome",
    "Phase",
    "RecipientReply",
    "Result",
    "Transport",
    "build",
    "transport_of_settings",
]
