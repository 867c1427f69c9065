"""A circuit breaker: while PostgreSQL is silent, one request waits for it and the others do not.

A server that is frozen, or a network that swallows what is sent, lets each request wait for as long
as the limit allows. A few such requests would hold all threads of the process, and nobody would
answer /healthz any more. So the first that waited in vain opens the breaker.
"""

import threading
import time

import psycopg
from django.db import OperationalError

TRY_SECONDS = 2.0
"""How long after a try that failed another request tries."""


class Breaker:
    """Open from an answer that did not come until one that does. Shared by a process's threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_open = False
        self._trying: int | None = None
        self._next_try = 0.0

    def open(self) -> None:
        """The database left somebody without an answer."""
        self._is_open = True

    def close(self) -> None:
        """The database answered."""
        self._is_open = False

    def refuses(self) -> bool:
        """Whether the caller has to go without the database. If not, it says `tried` in the end."""
        if not self._is_open:
            return False
        with self._lock:
            if self._trying is not None or time.monotonic() < self._next_try:
                return True
            self._trying = threading.get_ident()
            return False

    def tried(self) -> None:
        """The caller is done, with whatever came of it."""
        with self._lock:
            if self._trying == threading.get_ident():
                self._trying = None
            self._next_try = time.monotonic() + TRY_SECONDS


breaker = Breaker()


def note(error: BaseException | None) -> None:
    """Open the breaker where an error says that a connection could not be made in time."""
    if isinstance(error, OperationalError) and isinstance(
        error.__cause__, psycopg.errors.ConnectionTimeout
    ):
        breaker.open()
