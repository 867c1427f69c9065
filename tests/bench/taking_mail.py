"""A mail server in a process of its own that takes everything, as fast as aiosmtpd can.

`python -m tests.bench.taking_mail 0.05` prints its port, and serves until its input ends. It takes
so many seconds to answer each message, as a server does that is far away or looks for spam.
"""

import asyncio
import sys
from typing import Any

from aiosmtpd.controller import Controller

from tests.mail.server import free_port


class Taking:
    """Keeps nothing."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.seconds:
            await asyncio.sleep(self.seconds)
        return "250 2.0.0 Taken"


def main() -> None:
    controller = Controller(Taking(float(sys.argv[1])), hostname="127.0.0.1", port=free_port())
    controller.start()
    sys.stdout.write(f"{controller.port}\n")
    sys.stdout.flush()
    sys.stdin.read()
    controller.stop()


if __name__ == "__main__":
    main()
