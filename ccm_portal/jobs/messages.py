"""Messages that wake a worker. They only save a wait: what is to be done stands in the database."""

import logging
from collections.abc import Sequence

from amqp.exceptions import AMQPError
from celery import current_app
from kombu.connection import Connection
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

NOT_TAKEN = (KombuError, AMQPError, RedisError, OSError)
"""What a broker raises that is away, hangs or is full: Redis, or a folder of messages."""


def send(task: str, arguments: Sequence[object], *, connection: Connection | None = None) -> bool:
    """Put a message into the queue; False where the broker does not take it.

    Whoever asks goes on: the next sweep finds what waits. `connection` is to another broker than
    that of the settings.
    """
    try:
        current_app.send_task(task, args=list(arguments), retry=False, connection=connection)
    except NOT_TAKEN as error:
        logger.warning("The broker does not take a message of %s: %s", task, error)
        return False
    return True
