"""The folder of messages that stands in for Redis, so that no accident in it stops the portal.

It is Kombu's, with two differences. A message appears whole or not at all: a disk that was full, or
a process that was killed, could leave a part of one, at which each worker that met it ended. And
what binds queues is not kept in a file, which a worker that was killed left empty for good.
"""

import logging
from pathlib import Path
from time import time_ns
from typing import Any
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem, virtual
from kombu.utils import json

logger = logging.getLogger(__name__)


class FolderChannel(filesystem.Channel):
    """Puts messages into the folder and takes them out of it."""

    # Only messages for every worker at once would need a table that processes share.
    supports_fanout = False

    def get_table(self, exchange: str) -> Any:
        """The queues of an exchange; whoever sends or takes messages has declared them itself."""
        return virtual.Channel.get_table(self, exchange)  # type: ignore[no-untyped-call]

    def _put(self, queue: Any, payload: Any, **_options: Any) -> None:  # type: ignore[override]
        # The folder is read in the order of names: the clock's, which no restart sets back.
        whole = Path(self.data_folder_out, f"{time_ns():020}_{uuid4()}.{queue}.msg")
        unfinished = whole.with_name(f"{whole.name}.unfinished")
        try:
            text: str = json.dumps(payload)  # type: ignore[no-untyped-call]
            unfinished.write_bytes(text.encode())
            unfinished.rename(whole)
        except OSError as error:
            unfinished.unlink(missing_ok=True)
            raise ChannelError(f"The message cannot be written: {error}") from error

    def _get(self, queue: Any, timeout: Any = None) -> Any:
        while True:
            try:
                return super()._get(queue)  # type: ignore[no-untyped-call]
            except ValueError as error:
                # It is out of the folder by now; the sweep sends what it was about.
                logger.warning("A message cannot be read and is left out: %s", error)


class Transport(filesystem.Transport):
    """What `filesystem://` means to the portal."""

    Channel = FolderChannel
    implements = virtual.Transport.implements.extend(exchange_type=frozenset(["direct"]))


def use() -> None:
    """Let `filesystem://` mean this broker."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"
