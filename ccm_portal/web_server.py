"""Settings of the web server: `gunicorn --config python:ccm_portal.web_server ccm_portal.wsgi`.

BIND or PORT, and WEB_CONCURRENCY, come from the environment.
"""

import gc
import os
from typing import Any

HOST = "127.0.0.1"

bind = os.environ.get("BIND") or f"{HOST}:{os.environ.get('PORT') or 8000}"
workers = os.environ.get("WEB_CONCURRENCY") or 2
threads = 4
# Loaded once before the workers are made, so that a wrong setting stops the start with a sentence.
preload_app = True
loglevel = "warning"
control_socket_disable = True
# What addresses begin with (SCRIPT_NAME) is for the environment to say, never for a caller.
forwarder_headers = ""


def child_exit(server: Any, worker: Any) -> None:
    """Let go of the figures of a process that has ended."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def when_ready(server: Any) -> None:
    """Say where the portal can be opened, once it can."""
    # What is loaded by now stays for good: no worker looks through it for what can be freed.
    gc.freeze()
    for listener in server.LISTENERS:
        print(f"Open {listener}/ in a browser.", flush=True)  # noqa: T201
