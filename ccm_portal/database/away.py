"""Which errors say that the database is away.

A mistake in a query is none of these: it is the portal's own, and keeps status 500.
"""

import sqlite3

import psycopg
from django.db import Error

RETRY_SECONDS = 30
"""When whoever was told so may ask again."""

# https://www.postgresql.org/docs/current/errcodes-appendix.html: connections, transactions that
# met, resources, locks, cancelled or shut down by an administrator or a limit, the system.
POSTGRES_CLASSES = ("08", "40", "53", "55", "57", "58")
READ_ONLY, IDLE_TOO_LONG = "25006", "25P03"
SQLITE_CODES = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}


def is_away(error: BaseException | None) -> bool:
    """Whether a database error says that the database cannot do now what it could at other times.

    `error` is Django's; what the database said is its cause.
    """
    if not isinstance(error, Error):
        return False
    match error.__cause__:
        case psycopg.InterfaceError():
            return True
        case psycopg.OperationalError(sqlstate=None):
            return True  # it was not reached, or broke off
        case psycopg.Error(sqlstate=str(state)):
            return state.startswith(POSTGRES_CLASSES) or state in (READ_ONLY, IDLE_TOO_LONG)
        case sqlite3.Error() as said:
            return getattr(said, "sqlite_errorcode", 0) & 0xFF in SQLITE_CODES
        case _:
            return False
