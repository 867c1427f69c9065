"""One message as bytes: text, HTML and files, with headers that nothing can break out of.

The same `Mail` always gives the same bytes, so that what was sent can be shown again.
"""

import hashlib
import re
import unicodedata
from binascii import b2a_base64, b2a_qp
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.utils import format_datetime
from functools import lru_cache

_POLICY = policy.SMTP.clone(cte_type="7bit")
_NOT_IN_A_HEADER = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
"""Control and format characters (line ends, changes of direction), and line separators."""
_UNSAFE_IN_A_NAME = re.compile(r"[^A-Za-z0-9._ -]")
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
    """A file that goes with a message; `media_type` is such as `application/pdf`.

    Its name is told in plain letters and digits; anything else in it becomes a hyphen.
    """

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
    """The message as it goes over the wire, its lines ending in CRLF, all of it in ASCII.

    The parts are put together here rather than by `email.message`, which takes longer for one
    letter than a mail server takes to accept it. Headers, where the dangers are, are that
    library's.
    """
    digest = hashlib.sha256(mail.message_id.encode()).hexdigest()
    whole, words = f"=_whole_{digest[:32]}", f"=_words_{digest[:32]}"
    return b"".join(
        [
            *_head(mail),
            _multipart("mixed", whole),
            _delimiter(whole),
            _multipart("alternative", words),
            _delimiter(words),
            _text("plain", mail.text),
            _delimiter(words),
            _text("html", mail.html),
            _delimiter(words, is_last=True),
            *(_delimiter(whole) + _file(attachment) for attachment in mail.attachments),
            _delimiter(whole, is_last=True),
        ]
    )


def _head(mail: Mail) -> Iterator[bytes]:
    yield _header("From", (mail.sender,))
    yield _header("To", mail.to)
    if mail.copies:
        yield _header("Cc", mail.copies)
    if mail.reply_to:
        yield _header("Reply-To", (mail.reply_to,))
    yield _header("Subject", one_line(mail.subject)[:LONGEST_HEADER])
    yield _line(f"Date: {format_datetime(mail.date)}")
    yield _line(f"Message-ID: <{_token(mail.message_id)}>")
    yield _line(f"Content-Language: {_token(mail.language)}")
    if mail.is_automatic:
        # RFC 3834: an absence notice must not answer what nobody wrote by hand.
        yield _line("Auto-Submitted: auto-generated")
        yield _line("X-Auto-Response-Suppress: All")
    yield _line("MIME-Version: 1.0")


@lru_cache(maxsize=256)
def _header(name: str, value: str | tuple[Mailbox, ...]) -> bytes:
    """A header, folded and encoded; those of a batch are mostly the same."""
    content = value if isinstance(value, str) else tuple(mailbox.header for mailbox in value)
    folded: str = _POLICY.header_factory(name, content).fold(policy=_POLICY)
    return folded.encode("ascii")


def _multipart(kind: str, boundary: str) -> bytes:
    return _line(f'Content-Type: multipart/{kind}; boundary="{boundary}"') + _line("")


def _delimiter(boundary: str, *, is_last: bool = False) -> bytes:
    return f"\r\n--{boundary}{'--' if is_last else ''}\r\n".encode("ascii")


def _text(kind: str, text: str) -> bytes:
    """A text, quoted-printable where most of it is ASCII, so that it stays readable."""
    content = "\r\n".join(text.splitlines()).encode() + b"\r\n"
    if len(content) < 1.3 * len(text) + 10:
        encoding, encoded = "quoted-printable", b2a_qp(content, istext=True)
    else:
        encoding, encoded = "base64", _base64(content)
    return (
        _line(f"Content-Type: text/{kind}; charset=utf-8")
        + _line(f"Content-Transfer-Encoding: {encoding}")
        + _line("")
        + encoded
    )


def _file(attachment: Attachment) -> bytes:
    name = _UNSAFE_IN_A_NAME.sub("-", one_line(attachment.name))[:LONGEST_NAME]
    return (
        _line(f"Content-Type: {_token(attachment.media_type)}")
        + _line("Content-Transfer-Encoding: base64")
        + _line(f'Content-Disposition: attachment; filename="{name}"')
        + _line("")
        + _base64(attachment.content)
    )


def _base64(content: bytes) -> bytes:
    encoded = b2a_base64(content, newline=False)
    return b"\r\n".join(encoded[start : start + 76] for start in range(0, len(encoded), 76))


def _line(text: str) -> bytes:
    return text.encode("ascii") + b"\r\n"


def one_line(text: str) -> str:
    """A text that can stand in a header: no line ends, no control characters, no encoded words.

    An encoded word (RFC 2047) that somebody typed would be decoded, line ends within it too.
    """
    kept = (" " if unicodedata.category(sign) in _NOT_IN_A_HEADER else sign for sign in text)
    return " ".join("".join(kept).replace("=?", "= ?").split())


def _token(text: str) -> str:
    """A text without what ends a token: space, angle brackets, anything outside ASCII."""
    return "".join(sign for sign in text if 32 < ord(sign) < 127 and sign not in "<>")


@lru_cache(maxsize=256)
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
