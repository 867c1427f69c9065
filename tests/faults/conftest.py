from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mail.server import MailServer

from .processes import Broker, Workers, workers


@pytest.fixture(params=["embedded", pytest.param("redis", marks=pytest.mark.services)])
def broker(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Broker]:
    """An empty broker: files, or Redis."""
    url = request.getfixturevalue("redis_url") if request.param == "redis" else ""
    made = Broker(tmp_path / "broker", url)
    made.flush()
    yield made
    made.flush()


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A mail server."""
    made = MailServer()
    made.start()
    yield made
    made.stop()


@pytest.fixture
def staff(
    transactional_db: None, broker: Broker, server: MailServer, tmp_path: Path
) -> Iterator[Workers]:
    """Workers, none of which runs yet."""
    with workers(broker, server.port, tmp_path / "worker.log") as made:
        yield made
