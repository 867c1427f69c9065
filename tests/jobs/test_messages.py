"""Whatever a broker does instead of taking a message, whoever asked for the work goes on."""

from pathlib import Path

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
    (tmp_path / "0_empty.celery.msg").write_bytes(b"")
    (tmp_path / "1_cut.celery.msg").write_bytes(b'{"body": "W1sx')
    with folder(tmp_path) as broker:
        assert messages.send("test", [1], connection=broker)
        with broker.SimpleQueue("celery") as queue:
            message = queue.get(block=False)
            message.ack()
        # Nothing else lies there that a kill could leave in pieces.
        assert list(tmp_path.iterdir()) == []

    assert message.headers["task"] == "test"
