"""Whatever a broker does instead of taking a message, whoever asked for the work goes on."""

from pathlib import Path

import time_machine
from kombu.connection import Connection

from ccm_portal.jobs import messages


def test_a_redis_that_nobody_reaches_takes_nothing() -> None:
    with Connection("redis://127.0.0.1:1/0") as nowhere:  # type: ignore[no-untyped-call]
        assert not messages.send("test", [1], connection=nowhere)


def folder(path: Path) -> Connection:
    """The broker that is a folder, with its queue in it."""
    options = {name: str(path) for name in ("data_folder_in", "data_folder_out")}
    return Connection("filesystem://localhost", transport_options=options)  # type: ignore[no-untyped-call]


def test_a_folder_that_cannot_be_written_takes_nothing(tmp_path: Path) -> None:
    with folder(tmp_path / "missing") as full:
        assert not messages.send("test", [1], connection=full)


def test_what_is_left_of_a_message_stops_nobody(tmp_path: Path) -> None:
    with folder(tmp_path) as broker:
        for number in range(3):
            assert messages.send("test", [number], connection=broker)
        empty, cut, _whole = sorted(tmp_path.iterdir())
        empty.write_bytes(b"")
        cut.write_bytes(b'{"body": "W1sx')
        with broker.SimpleQueue("celery") as queue:
            message = queue.get(block=False)
            message.ack()
        # Nothing else lies there that a kill could leave in pieces.
        assert list(tmp_path.iterdir()) == []

    assert message.payload[0] == [2]


def test_messages_leave_the_folder_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    days = ["2026-11-26 23:59:59", "2026-11-27 00:00:00", "2027-01-01 08:30:00"]
    with folder(tmp_path) as broker:
        for number, day in enumerate(days):
            with time_machine.travel(day, tick=False):
                assert messages.send("test", [number], connection=broker)
        with broker.SimpleQueue("celery") as queue:
            assert [queue.get(block=False).payload[0] for _day in days] == [[0], [1], [2]]
