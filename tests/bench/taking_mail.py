"""A mail server in a process of its own that takes everything, as fast as aiosmtpd can.

`python -m tests.bench.taking_mail` prints its port, and serves until its input ends.
"""

import sys
from typing import Any

from aiosmtpd.controller import Controller

from tests.mail.server import free_port


class Taking:
    """Counts what it takes and keeps nothing."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        return "250 2.0.0 Taken"


def main() -> None:
    controller = Controller(Taking(), hostname="127.0.0.1", port=free_port())
    controller.start()
    sys.stdout.write(f"{controller.port}\n")
    sys.stdout.flush()
    sys.stdin.read()
    controller.stop()


if __name__ == "__main__":
    main()
