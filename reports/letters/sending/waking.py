"""Waking a worker. The letters stand in the database; the message only saves the wait."""

import logging
from collections.abc import Iterable

from celery import current_app
from django.db import transaction
from kombu.connection import Connection
from kombu.exceptions import OperationalError

from .sweeping import batches

logger = logging.getLogger(__name__)

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
        try:
            current_app.send_task(TASK, args=[list(portion)], retry=False, connection=connection)
        except (OperationalError, OSError) as error:
            # Nothing is lost: the next sweep finds the same letters.
            logger.warning("The broker does not answer, the letters wait: %s", error)
            return sent
        sent += 1
    return sent
