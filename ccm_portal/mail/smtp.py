"""Messages by SMTP, with what the server said in each phase.

`smtplib.sendmail` raises the same errors before and after DATA, so that its caller cannot tell
a message that was certainly not delivered from one of which nobody can know. Here the phases are
driven one by one over the same library.
"""

import contextlib
import re
import smtplib
from collections.abc import Collection, Sequence
from typing import cast

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend

from .outcome import (
    CLOSING,
    Outcome,
    Phase,
    RecipientReply,
    Result,
    result_of_recipients,
    result_of_reply,
)
from .transport import Transport

TIMEOUT = 60
"""Seconds that the server may be silent at any one step, unless EMAIL_TIMEOUT says otherwise."""

_OK = {250, 251, 252}
_LINE_THAT_BEGINS_WITH_A_DOT = re.compile(rb"(?m)^\.")
_ENHANCED_CODE = re.compile(r"^(\d\.\d{1,3}\.\d{1,3}) ", re.MULTILINE)


class SMTPTransport(Transport):
    """The mail server of Django's settings: its address, TLS and sign-in."""

    def __init__(self, *, timeout: float | None = None) -> None:
        self._backend = EmailBackend(timeout=timeout or settings.EMAIL_TIMEOUT or TIMEOUT)
        self._recipients: tuple[RecipientReply, ...] = ()
        self._is_fresh = False

    @property
    def _smtp(self) -> smtplib.SMTP:
        return cast(smtplib.SMTP, self._backend.connection)

    def open(self) -> Outcome | None:
        if self._backend.connection is not None:
            return None
        try:
            self._backend.open()
            self._smtp.ehlo_or_helo_if_needed()
        except smtplib.SMTPResponseException as error:
            self._give_up_opening()
            # Whatever is wrong with the server or the account is not wrong with this message.
            text = f"{error.smtp_code} {_text(error.smtp_error)}"
            return Outcome(Result.DEFERRED, Phase.CONNECTION, error.smtp_code, text)
        except (smtplib.SMTPException, OSError) as error:
            self._give_up_opening()
            return Outcome(Result.DEFERRED, Phase.CONNECTION, None, _words(error))
        self._is_fresh = True
        return None

    def offer(
        self, sender: str, recipients: Sequence[str], principals: Collection[str]
    ) -> Outcome | None:
        was_fresh = self._is_fresh
        outcome = self.open() or self._offer(sender, recipients, principals)
        if outcome is None or was_fresh or not _is_a_lost_connection(outcome):
            return outcome
        # A server may close a connection that it has served a while: that is no failure.
        return self.open() or self._offer(sender, recipients, principals)

    def _offer(
        self, sender: str, recipients: Sequence[str], principals: Collection[str]
    ) -> Outcome | None:
        self._recipients = ()
        self._is_fresh = False
        try:
            code, reply = self._smtp.mail(sender)
            if code not in _OK:
                return self._refused(code, reply)
            for address in recipients:
                code, reply = self._smtp.rcpt(address)
                self._recipients += (RecipientReply(address, code, _text(reply)),)
                if code == CLOSING:
                    return self._refused(code, reply)
        except (smtplib.SMTPException, OSError, ValueError) as error:
            return self._lost(error)
        meant = [reply for reply in self._recipients if reply.address in principals]
        if any(reply.accepted for reply in meant):
            return None
        self.withdraw()
        first = meant[0] if meant else RecipientReply("", None, "")
        return Outcome(
            result_of_recipients(meant), Phase.ENVELOPE, first.code, first.text, self._recipients
        )

    def hand_over(self, content: bytes) -> Outcome:
        try:
            code, reply = self._smtp.docmd("DATA")
        except (smtplib.SMTPException, OSError) as error:
            return self._lost(error)
        if code != 354:
            return self._refused(code, reply)
        try:
            self._smtp.send(_as_data(content))
            code, reply = self._smtp.getreply()
        except (smtplib.SMTPException, OSError) as error:
            # From here on the server may have the message, whatever went wrong on the way back.
            self._drop()
            return Outcome(Result.UNKNOWN, Phase.CONTENT, None, _words(error), self._recipients)
        if code == CLOSING:
            self._drop()
        if 200 <= code < 300:
            result = Result.ACCEPTED
        else:
            result = result_of_reply(code, phase=Phase.CONTENT)
        return Outcome(result, Phase.CONTENT, code, _text(reply), self._recipients)

    def withdraw(self) -> None:
        if self._backend.connection is None:
            return
        try:
            self._smtp.rset()
        except (smtplib.SMTPException, OSError):
            self._drop()

    def close(self) -> None:
        if self._backend.connection is None:
            return
        with contextlib.suppress(smtplib.SMTPException, OSError):
            self._smtp.quit()
        self._drop()

    def _refused(self, code: int, reply: bytes) -> Outcome:
        if code == CLOSING or code < 0:
            self._drop()
        else:
            self.withdraw()
        result = result_of_reply(code, phase=Phase.ENVELOPE)
        return Outcome(result, Phase.ENVELOPE, code, _text(reply), self._recipients)

    def _lost(self, error: Exception) -> Outcome:
        self._drop()
        return Outcome(Result.DEFERRED, Phase.ENVELOPE, None, _words(error), self._recipients)

    def _give_up_opening(self) -> None:
        with contextlib.suppress(smtplib.SMTPException, OSError):
            self._backend.close()
        self._drop()

    def _drop(self) -> None:
        """Forget the connection without another word."""
        if self._backend.connection is not None:
            with contextlib.suppress(OSError):
                self._smtp.close()
        self._backend.connection = None


def _as_data(content: bytes) -> bytes:
    """The content as it goes over the wire: dots doubled, and its end (RFC 5321, 4.5.2)."""
    data = _LINE_THAT_BEGINS_WITH_A_DOT.sub(b"..", content)
    if not data.endswith(b"\r\n"):
        data += b"\r\n"
    return data + b".\r\n"


def _is_a_lost_connection(outcome: Outcome) -> bool:
    return outcome.phase is Phase.ENVELOPE and outcome.code in {None, CLOSING}


def _text(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    # Each line of a reply repeats the enhanced code: once is enough.
    first = _ENHANCED_CODE.match(text)
    if first:
        text = text[: first.end()] + _ENHANCED_CODE.sub("", text[first.end() :])
    # PostgreSQL cannot store a NUL: what the server did would be lost with it.
    return " ".join(text.replace("\0", " ").split())[:500]


def _words(error: Exception) -> str:
    return _text(f"{type(error).__name__}: {error}")
