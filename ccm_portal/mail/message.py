"""One message as bytes: text, HTML and files, with headers that nothing can break out of.

The same `Mail` always gives the same bytes, so that what was sent can be shown again.
"""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

_POLICY = policy.SMTP.clone(cte_type="7bit")
_NOT_IN_A_HEADER = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
"""Control and format characters (line ends, changes of direction), and line separators."""
LONGEST_HEADER = 500
LONGEST_NAME = 200


@dataclass(frozen=True)
class Mailbox:
    """A name, which may be empty, and an address. Raises `ValueError` where it is none."""

    name: str
    address: str

    def __post_init__(self) -> None:
        _addr_spec(self.address)

    @property
    def envelope(self) -> str:
        """The address as the mail server is told it: a domain of any script in ASCII."""
        return _addr_spec(self.address)

    @property
    def header(self) -> Address:
        return Address(display_name=one_line(self.name)[:LONGEST_NAME], addr_spec=self.envelope)


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a message; `media_type` is such as `application/pdf`."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """What is written to whom. `message_id` is without angle brackets, `date` aware."""

    message_id: str
    date: datetime
    sender: Mailbox
    to: tuple[Mailbox, ...]
    subject: str
    language: str
    text: str
    html: str
    copies: tuple[Mailbox, ...] = ()
    reply_to: Mailbox | None = None
    attachments: tuple[Attachment, ...] = ()
    is_automatic: bool = True


def build(mail: Mail) -> bytes:
    """The message as it goes over the wire, its lines ending in CRLF, all of it in ASCII."""
    message = EmailMessage(policy=_POLICY)
    message["From"] = mail.sender.header
    message["To"] = _headers(mail.to)
    if mail.copies:
        message["Cc"] = _headers(mail.copies)
    if mail.reply_to:
        message["Reply-To"] = mail.reply_to.header
    message["Subject"] = one_line(mail.subject)[:LONGEST_HEADER]
    message["Date"] = format_datetime(mail.date)
    message["Message-ID"] = f"<{_token(mail.message_id)}>"
    if mail.is_automatic:
        # RFC 3834: an absence notice must not answer what nobody wrote by hand.
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
    message.set_content(mail.text, cte=_encoding(mail.text))
    message.add_alternative(mail.html, subtype="html", cte=_encoding(mail.html))
    for attachment in mail.attachments:
        main, _, sub = attachment.media_type.partition("/")
        name = one_line(attachment.name)[:LONGEST_NAME]
        message.add_attachment(attachment.content, maintype=main, subtype=sub, filename=name)
    # Last: adding parts moves the Content- headers of the whole down to the first part.
    message["Content-Language"] = _token(mail.language)
    _fix_boundaries(message, mail.message_id)
    return message.as_bytes()


def one_line(text: str) -> str:
    """A text that can stand in a header: no line ends, no control characters, no encoded words.

    An encoded word (RFC 2047) that somebody typed would be decoded, line ends within it too.
    """
    kept = (" " if unicodedata.category(sign) in _NOT_IN_A_HEADER else sign for sign in text)
    return " ".join("".join(kept).replace("=?", "= ?").split())


def _headers(mailboxes: Iterable[Mailbox]) -> tuple[Address, ...]:
    return tuple(mailbox.header for mailbox in mailboxes)


def _token(text: str) -> str:
    """A text without what ends a token: space, angle brackets, anything outside ASCII."""
    return "".join(sign for sign in text if 32 < ord(sign) < 127 and sign not in "<>")


def _addr_spec(address: str) -> str:
    local, at, domain = address.rpartition("@")
    if not (local and at and domain) or not local.isascii():
        raise ValueError(f"{address!r} is not an e-mail address.")
    try:
        spec = f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        raise ValueError(f"{address!r} is not an e-mail address.") from None
    if any(not 32 < ord(sign) < 127 or sign in '<>()[]\\,;:"' for sign in spec):
        raise ValueError(f"{address!r} is not an e-mail address.")
    try:
        Address(addr_spec=spec)
    except (ValueError, HeaderParseError):
        raise ValueError(f"{address!r} is not an e-mail address.") from None
    return spec


def _encoding(text: str) -> str:
    """Quoted-printable where most of a text is ASCII, so that it stays readable, else base64."""
    return "quoted-printable" if len(text.encode()) < 1.3 * len(text) + 10 else "base64"


def _fix_boundaries(message: EmailMessage, message_id: str) -> None:
    """Boundaries that follow from the Message-ID instead of chance."""
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            digest = hashlib.sha256(f"{message_id}/{number}".encode()).hexdigest()
            part.set_boundary(f"=_{digest[:40]}")
