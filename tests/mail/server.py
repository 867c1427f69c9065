"""A real mail server on loopback that can refuse, stall, drop the line, and tells what it took.

It runs in a thread of its own and speaks SMTP through aiosmtpd. At each step of a conversation
it asks `judge`, which may let it pass (None), give the reply of a refusal, or ask for `DROP` or
`STALL`.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from enum import StrEnum
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

DROP = "drop the connection"
STALL = "say nothing any more"


class Step(StrEnum):
    """Where in the conversation the server is."""

    GREETING = "greeting"
    """The client said EHLO."""
    SENDER = "sender"
    RECIPIENT = "recipient"
    DATA = "data"
    """The client wants to send the message; nothing of it was said."""
    CONTENT = "content"
    """The message came whole; the server has not taken it yet."""
    TAKEN = "taken"
    """The server has taken the message; the client does not know it yet."""


@dataclass(frozen=True)
class Moment:
    """A step, with the address that it is about (at RECIPIENT), and the client's port."""

    step: Step
    port: int
    address: str = ""


@dataclass(frozen=True)
class Taken:
    """A message that the server took."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        """The message, read by the standard library."""
        message = message_from_bytes(self.content, policy=default)
        assert isinstance(message, EmailMessage)
        return message

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])


Judge = Callable[[Moment], str | None]


def lenient(moment: Moment) -> str | None:
    """Accepts everything."""
    return None


class _Conversation(SMTP):
    """Adds the steps that aiosmtpd gives no hook for: the greeting, and before DATA."""

    async def smtp_EHLO(self, hostname: str) -> None:
        await self._greet(super().smtp_EHLO, hostname)

    async def smtp_HELO(self, hostname: str) -> None:
        await self._greet(super().smtp_HELO, hostname)

    async def _greet(self, answer: Callable[[str], Awaitable[None]], hostname: str) -> None:
        self.event_handler.connections += 1
        reply = await self.event_handler.ask(self, Step.GREETING)
        if reply is not None:
            await self.push(reply)
            return
        await answer(hostname)

    async def smtp_DATA(self, arg: str) -> None:
        reply = await self.event_handler.ask(self, Step.DATA)
        if reply is not None:
            await self.push(reply)
            return
        await super().smtp_DATA(arg)


class MailServer(Controller):
    """`taken` grows with every message; `judge` may be exchanged at any time."""

    def __init__(self, judge: Judge = lenient, **kwargs: Any) -> None:
        self.judge = judge
        self.taken: list[Taken] = []
        self.connections = 0
        super().__init__(self, hostname="127.0.0.1", port=free_port(), **kwargs)

    def factory(self) -> SMTP:
        return _Conversation(self, hostname="mail.test", **self.SMTP_kwargs)

    @property
    def ids(self) -> list[str]:
        """The Message-IDs of what was taken, in order."""
        return [message.message_id for message in self.taken]

    async def ask(self, server: Any, step: Step, address: str = "") -> str | None:
        port = server.session.peer[1]
        # The judge may wait for a process that it has killed: not in the server's own loop.
        verdict = await asyncio.get_running_loop().run_in_executor(
            None, lambda: self.judge(Moment(step, port, address))
        )
        if verdict == DROP:
            server.transport.abort()
            raise asyncio.CancelledError
        if verdict == STALL:
            await asyncio.Event().wait()
        return verdict

    async def handle_MAIL(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        reply = await self.ask(server, Step.SENDER, address)
        if reply is None:
            envelope.mail_from = address
        return reply or "250 OK"

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        reply = await self.ask(server, Step.RECIPIENT, address)
        if reply is None:
            envelope.rcpt_tos.append(address)
        return reply or "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        reply = await self.ask(server, Step.CONTENT)
        if reply is not None:
            return reply
        self.taken.append(Taken(envelope.mail_from, tuple(envelope.rcpt_tos), envelope.content))
        return await self.ask(server, Step.TAKEN) or "250 2.0.0 Taken"


def free_port() -> int:
    """A port of this machine on which nothing listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
