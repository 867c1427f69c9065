"""A letter as a message."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr

from ccm_portal.mail import Attachment, Mail, Mailbox, build
from reports.letters.models import Letter, LetterRecipient, RecipientRole


@dataclass(frozen=True)
class Envelope:
    """A message and whom the mail server is told. `emails` leads back to the stored addresses."""

    sender: str
    emails: dict[str, str]
    principals: frozenset[str]
    content: bytes

    @property
    def recipients(self) -> list[str]:
        return list(self.emails)


def envelope_of(
    letter: Letter, recipients: Collection[LetterRecipient], *, at: datetime
) -> Envelope:
    """The message of a letter for its recipients, dated `at`: the same call gives the same bytes.

    Raises `ValueError` with a sentence where an address is none, or nobody is addressed.
    """
    to = [_mailbox(item) for item in recipients if item.role == RecipientRole.TO]
    if not to:
        raise ValueError("The letter is addressed to nobody.")
    sender = Mailbox(*parseaddr(letter.sender))
    mail = Mail(
        message_id=letter.message_id,
        date=at,
        sender=sender,
        to=tuple(to),
        copies=tuple(_mailbox(item) for item in recipients if item.role == RecipientRole.CC),
        reply_to=Mailbox("", letter.reply_to) if letter.reply_to else None,
        subject=letter.subject,
        language=letter.language,
        text=letter.text,
        html=letter.html,
        attachments=(Attachment(file_name(letter), "application/pdf", bytes(letter.pdf)),),
    )
    return Envelope(
        sender=sender.envelope,
        emails={_mailbox(item).envelope: item.email for item in recipients},
        principals=frozenset(mailbox.envelope for mailbox in to),
        content=build(mail),
    )


def file_name(letter: Letter) -> str:
    """The name of the PDF file, after the letter's number."""
    safe = "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in letter.number)
    return f"{safe.strip('-') or 'letter'}.pdf"


def _mailbox(recipient: LetterRecipient) -> Mailbox:
    return Mailbox(recipient.name, recipient.email)
