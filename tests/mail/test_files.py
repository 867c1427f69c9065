"""Where no mail server is named, messages become files."""

from pathlib import Path

from pytest_django import Settings

from ccm_portal.mail import Outcome, Phase, Result, transport_of_settings
from ccm_portal.mail.files import FileTransport
from ccm_portal.mail.transport import FILE_BACKEND

CONTENT = b"Message-ID: <8a/../x 1@ccm.test>\r\nSubject: A letter\r\n\r\ntext\r\n"


def send(transport: FileTransport) -> Outcome:
    recipients = ["mission@state.test"]
    return (
        transport.open()
        or transport.offer("isu@ccm.test", recipients, recipients)
        or transport.hand_over(CONTENT)
    )


def test_a_message_becomes_a_file_named_after_its_id(tmp_path: Path, settings: Settings) -> None:
    folder = tmp_path / "not" / "there yet"
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = FILE_BACKEND, str(folder)
    with transport_of_settings() as transport:
        assert isinstance(transport, FileTransport)
        outcome = send(transport)

    assert outcome.result is Result.ACCEPTED
    assert [reply.accepted for reply in outcome.recipients] == [True]
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [
        ("8a_.._x_1_ccm.test.eml", CONTENT)
    ]


def test_the_same_message_never_lies_there_twice(tmp_path: Path) -> None:
    with FileTransport(tmp_path) as transport:
        assert [send(transport).accepted for _ in range(2)] == [True, True]

    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_cannot_be_used_is_worth_another_try(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with FileTransport(tmp_path / "file") as transport:
        outcome = send(transport)

    assert (outcome.result, outcome.phase) == (Result.DEFERRED, Phase.CONNECTION)
    assert (tmp_path / "file").read_text() == "in the way"
