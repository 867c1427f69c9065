"""Whatever a broker does instead of taking a message, whoever asked for the work goes on."""

from pathlib import Path

from kombu.connection import Connection

from ccm_portal.jobs import messages


def test_a_redis_that_nobody_reaches_takes_nothing() -> None:
    with Connection("redis://127.0.0.1:1/0") as nowhere:  # type: ignore[no-untyped-call]
        assert not messages.send("test", [1], connection=nowhere)


def test_a_folder_that_cannot_be_written_takes_nothing(tmp_path: Path) -> None:
    (tmp_path / "control").mkdir()
    folders = {
        "data_folder_in": str(tmp_path / "missing"),
        "data_folder_out": str(tmp_path / "missing"),
        "control_folder": str(tmp_path / "control"),
    }
    with Connection("filesystem://localhost", transport_options=folders) as full:  # type: ignore[no-untyped-call]
        assert not messages.send("test", [1], connection=full)
