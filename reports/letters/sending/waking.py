"""Waking a worker. The letters stand in the database; the message only saves the wait."""

from collections.abc import Iterable

from django.db import transaction
from kombu.connection import Connection

from ccm_portal.jobs import messages

from .sweeping import batches

TASK = "reports.tasks.send_letters"


def wake(letter_ids: Iterable[int]) -> None:
    """Have letters sent as soon as the transaction is committed; without a broker, by the sweep."""
    ids = tuple(letter_ids)
    transaction.on_commit(lambda: wake_now(batches(ids)))


def wake_now(portions: Iterable[tuple[int, ...]], *, connection: Connection | None = None) -> int:
    """Put portions of letters into the queue; how many got there.

    `connection` is to another broker than that of the settings.
    """
    sent = 0
    for portion in portions:
        if not messages.send(TASK, [list(portion)], connection=connection):
            return sent
        sent += 1
    return sent
