"""How long a web request waits for PostgreSQL. Workers and commands wait for as long as they need.

The server ends what takes too long, and a wait for somebody's lock before that. A server that is
frozen ends nothing: so a connection itself gives up waiting, a little later.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import psycopg
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from psycopg.errors import OperationalError

from .breaker import breaker

GRACE_SECONDS = 5
"""How much longer than the server's limit a connection waits for an answer."""
IDLE_SECONDS = 120
"""How long a transaction may do nothing: as long as a proxy waits for a page, after which nobody
does. Files are typeset and stored inside transactions."""


def hold_to_limits() -> None:
    """Let each connection that this process makes from now on have the limits of a web request."""
    connection_created.connect(_limit, dispatch_uid="database_limits")


def _limit(*, connection: BaseDatabaseWrapper, **_arguments: Any) -> None:
    if connection.vendor != "postgresql":
        return
    seconds: int = settings.DATABASE_SECONDS
    held: psycopg.Connection[Any] = connection.connection
    held.wait = partial(_wait, held, held.wait, seconds + GRACE_SECONDS)  # type: ignore[method-assign]
    limits = {
        "statement_timeout": seconds,
        "lock_timeout": -(-seconds // 3),
        "idle_in_transaction_session_timeout": IDLE_SECONDS,
    }
    with connection.cursor() as cursor:
        for name, value in limits.items():
            cursor.execute("SELECT set_config(%s, %s, false)", [name, f"{value}s"])


def _wait(
    connection: psycopg.Connection[Any],
    wait: Callable[..., Any],
    seconds: float,
    generator: Any,
    *arguments: Any,
    **options: Any,
) -> Any:
    """What psycopg does to get any answer, but not for longer than some seconds."""
    try:
        answer = wait(generator, *arguments, **{"timeout": seconds} | options)
    except OperationalError:
        if connection.pgconn.transaction_status == psycopg.pq.TransactionStatus.ACTIVE:
            # An answer that comes later must not be taken for that to another question.
            connection.close()
            breaker.open()
        raise
    breaker.close()
    return answer
