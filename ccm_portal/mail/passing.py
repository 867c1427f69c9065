"""Messages through any other of Django's mail backends: the console, the memory of a test."""

from collections.abc import Collection, Sequence
from email import message_from_bytes
from email.message import Message
from email.policy import SMTP
from typing import Any

from django.core.mail import EmailMessage, get_connection

from .outcome import Outcome, Phase, RecipientReply, Result
from .transport import Transport


class _Passed(EmailMessage):
    """A message that is already built."""

    content = b""

    def message(self, **kwargs: Any) -> Any:
        parsed: Message = message_from_bytes(self.content, policy=SMTP)
        return parsed


class PassingTransport(Transport):
    """Such a backend says neither how far it got nor what became of each recipient."""

    def __init__(self) -> None:
        self._sender = ""
        self._recipients: tuple[str, ...] = ()

    def open(self) -> Outcome | None:
        return None

    def offer(
        self, sender: str, recipients: Sequence[str], principals: Collection[str]
    ) -> Outcome | None:
        self._sender, self._recipients = sender, tuple(recipients)
        return None

    def hand_over(self, content: bytes) -> Outcome:
        message = _Passed(from_email=self._sender, to=list(self._recipients))
        message.content = content
        try:
            get_connection().send_messages([message])
        except Exception as error:
            text = f"{type(error).__name__}: {error}"[:500]
            return Outcome(Result.UNKNOWN, Phase.CONTENT, None, text)
        replies = tuple(RecipientReply(address, 250, "passed on") for address in self._recipients)
        return Outcome(Result.ACCEPTED, Phase.CONTENT, 250, "passed on", replies)

    def withdraw(self) -> None:
        self._recipients = ()

    def close(self) -> None:
        self._recipients = ()
