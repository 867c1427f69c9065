"""How handing over a message ended, in the words of the protocol (RFC 5321).

The one distinction that matters afterwards: a message that was certainly not delivered may be
tried again; one of which nobody can know must not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

CLOSING = 421
"""The server says that it closes the connection (RFC 5321, 3.8)."""


class Phase(StrEnum):
    """How far it got."""

    CONNECTION = "connection"
    """Connecting, TLS and signing in: nothing of this message was said yet."""
    ENVELOPE = "envelope"
    """MAIL FROM, RCPT TO and the DATA command, up to the server's 354."""
    CONTENT = "content"
    """From the first byte of the message to the server's answer to its end."""


class Result(StrEnum):
    """What that means for the message."""

    ACCEPTED = "accepted"
    """The server answered for it: it has the message."""
    DEFERRED = "deferred"
    """Certainly not delivered, and worth trying again: a 4xx reply, or no server before DATA."""
    REFUSED = "refused"
    """Certainly not delivered, and no use trying again: a 5xx reply."""
    UNKNOWN = "unknown"
    """The connection ended after DATA without an answer: the server may have it or not."""


@dataclass(frozen=True)
class RecipientReply:
    """What the server said of one address. `code` is None where it was not asked."""

    address: str
    code: int | None
    text: str

    @property
    def accepted(self) -> bool:
        return self.code in {250, 251, 252}

    @property
    def is_bad_address(self) -> bool:
        """Whether the server says that there is no such mailbox (RFC 3463: 5.1.x).

        A 550 without that may as well be a policy that changes tomorrow.
        """
        return self.code is not None and self.code >= 500 and self.text.startswith("5.1.")


@dataclass(frozen=True)
class Outcome:
    """The end of one try. `code` is None where no reply came; `text` is for people."""

    result: Result
    phase: Phase
    code: int | None = None
    text: str = ""
    recipients: tuple[RecipientReply, ...] = ()

    @property
    def accepted(self) -> bool:
        return self.result is Result.ACCEPTED

    @property
    def refused_recipients(self) -> tuple[RecipientReply, ...]:
        return tuple(reply for reply in self.recipients if not reply.accepted)


def result_of_reply(code: int, *, phase: Phase) -> Result:
    """What a reply means that is not the hoped-for one.

    A reply that is none (the protocol knows 2xx to 5xx) leaves a message unknown once its content
    was on its way, and is worth another try before that.
    """
    if 400 <= code < 500:
        return Result.DEFERRED
    if 500 <= code < 600:
        return Result.REFUSED
    return Result.UNKNOWN if phase is Phase.CONTENT else Result.DEFERRED


def result_of_recipients(replies: Iterable[RecipientReply]) -> Result:
    """What it means that none of some recipients was accepted: one that may come, may come."""
    codes = [reply.code for reply in replies if not reply.accepted]
    permanent = codes and all(code is not None and 500 <= code < 600 for code in codes)
    return Result.REFUSED if permanent else Result.DEFERRED
