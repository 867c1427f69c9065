"""How a message leaves: the steps every way out has, and which one the settings name.

    with transport_of_settings() as transport:
        transport.open()                                 # None, or the outcome that ends the try
        transport.offer(sender, recipients, principals)  # None, or the outcome that ends the try
        …                                                # the last look: may it go out?
        transport.hand_over(content)                     # the outcome

Whatever ends before `hand_over` was certainly not delivered. One transport serves a batch: it
keeps its connection from one message to the next, and opens a new one where that was lost.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from typing import Any, Self, cast

from django.conf import settings

from .outcome import Outcome

SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
FILE_BACKEND = "django.core.mail.backends.filebased.EmailBackend"


class Transport(ABC):
    """A way out for messages, used for one message after the other; never shared by threads."""

    @abstractmethod
    def open(self) -> Outcome | None:
        """Make sure that the way out stands. None where it does, else why it does not."""

    @abstractmethod
    def offer(
        self, sender: str, recipients: Sequence[str], principals: Collection[str]
    ) -> Outcome | None:
        """Name sender and recipients. None where the message may be handed over now.

        `principals` are those of the recipients for whom the message is meant; the others get
        copies. Without a principal that is accepted, the message is not handed over at all.
        """

    @abstractmethod
    def hand_over(self, content: bytes) -> Outcome:
        """Hand the offered message over; lines end in CRLF."""

    @abstractmethod
    def withdraw(self) -> None:
        """Take the offer back: the message will not be handed over."""

    @abstractmethod
    def close(self) -> None:
        """Take leave. Never raises: what was handed over stays so."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def transport_of_settings() -> Transport:
    """The way out that EMAIL_URL names: a mail server, or files where there is none."""
    from .files import FileTransport
    from .passing import PassingTransport
    from .smtp import SMTPTransport

    if settings.EMAIL_BACKEND == SMTP_BACKEND:
        return SMTPTransport()
    if settings.EMAIL_BACKEND == FILE_BACKEND:
        return FileTransport(cast(Any, settings).EMAIL_FILE_PATH)
    return PassingTransport()
