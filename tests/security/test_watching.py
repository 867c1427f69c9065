"""What an operator sees: request ids, logs without personal data, figures, and health."""

import json
import logging
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings
from structlog.stdlib import ProcessorFormatter

from ccm_portal.health import parts
from ccm_portal.urls import urlpatterns as PORTAL
from ccm_portal.watching.logs import configure, mask
from reports.letters.models import JobRun, LetterSettings
from tests.admin import records
from tests.sending import given as sending

pytestmark = pytest.mark.django_db


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("could not write to someone@example.org")


handler500 = "ccm_portal.site.failure.server_error"
urlpatterns = [path("fails/", fail), *PORTAL]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("to a.b+c@example.org now", "to (address) now"),
        ("{'focal.point@mfa.example': (550, b'no')}", "{'(address)': (550, b'no')}"),
        ("<näme@exämple.int>,x@y.co", "<(address)>,(address)"),
        ("an @ sign, user@localhost, 3@4", "an @ sign, user@localhost, 3@4"),
    ],
)
def test_addresses_are_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize("log_format", ["json", "text"])
def test_a_finished_line_never_holds_an_address(log_format: str) -> None:
    built = configure(log_format)["formatters"]["line"]
    formatter = ProcessorFormatter(
        processors=built["processors"], foreign_pre_chain=built["foreign_pre_chain"]
    )
    try:
        raise RuntimeError("refused:\nlate@mission.example")
    except RuntimeError:
        record = logging.getLogger("reports").makeRecord(
            "reports",
            logging.ERROR,
            __file__,
            1,
            "Letter to %s failed",
            ("point@mission.example",),
            sys.exc_info(),
        )

    line = formatter.format(record)

    assert "@" not in line
    assert "RuntimeError: refused:\n(address)" in line.replace("\\n", "\n")
    if log_format == "json":
        said = json.loads(line)
        assert said["event"] == "Letter to (address) failed"
        assert (said["level"], said["logger"]) == ("error", "reports")


def test_every_answer_has_a_number_that_its_log_line_has_too(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "django_structlog"):
        answer = client.get("/states/?q=somebody")

    number = answer["X-Request-ID"]
    [line] = [item.msg for item in caplog.records if item.name.startswith("django_structlog")]
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", number)
    assert line["request_id"] == number  # type: ignore[index]
    assert line["request"] == "GET /states/"  # type: ignore[index]
    assert "ip" not in line


def test_the_caller_does_not_choose_the_number(client: Client) -> None:
    assert client.get("/about/", headers={"X-Request-ID": "mine"})["X-Request-ID"] != "mine"


@pytest.mark.urls(__name__)
def test_an_error_page_tells_its_number_and_nothing_of_the_error(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    client.raise_request_exception = False

    answer = client.get("/fails/?q=secret")

    page = answer.content.decode()
    assert answer.status_code == 500
    assert "someone@example.org" not in page
    assert "RuntimeError" not in page
    assert f"say this number: {answer['X-Request-ID']}" in page


def test_figures_are_shown_only_to_who_knows_the_token(client: Client, settings: Settings) -> None:
    assert client.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "a word between two machines"
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer else"}).status_code == 404

    answer = client.get("/metrics", headers={"Authorization": f"Bearer {settings.METRICS_TOKEN}"})

    assert answer.status_code == 200
    assert "# TYPE process_resident_memory_bytes gauge" in answer.content.decode()


def test_alive_is_said_whatever_the_host_and_without_the_database(client: Client) -> None:
    answer = client.get("/healthz", headers={"host": "10.0.0.7:8000"})

    assert (answer.status_code, answer.content) == (200, b"alive\n")
    assert client.post("/healthz").status_code == 405


def test_ready_names_each_part(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    settings.REDIS_URL = ""
    settings.BROKER_DIR = tmp_path

    answer = client.get("/readyz", headers={"host": "10.0.0.7:8000"})

    assert answer.json() == {
        "ready": True,
        **dict.fromkeys((*parts.PARTS, "jobs"), "ok"),
        "last_success": {"draft": None, "sweep": None},
    }
    assert answer.status_code == 200


def test_a_missing_part_is_named_and_its_cause_is_only_logged(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    # Nothing listens at this port of this machine.
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    answer = Client().get("/readyz")

    said = answer.json()
    assert (answer.status_code, said["ready"], said["broker"]) == (503, False, "missing")
    assert said["database"] == "ok"
    assert "127.0.0.1" not in answer.content.decode()
    assert "Not ready: broker" in caplog.text


def test_storage_that_cannot_be_written_is_missing(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "not-a-folder"
    file.write_text("")
    settings.MEDIA_ROOT = str(file)

    with pytest.raises(parts.Missing):
        parts.storage(records.NOW)


def test_a_job_that_is_missing_makes_the_portal_not_ready_and_tells_the_secretariat(
    client: Client,
) -> None:
    now = datetime.now(tz=UTC)
    sending.switched_on(now=now)
    LetterSettings.history.update(history_date=now - timedelta(days=3))
    JobRun.objects.create(job="sweep", started_at=now, ended_at=now, succeeded=True)

    answer = client.get("/readyz")

    said = answer.json()
    assert (answer.status_code, said["ready"], said["jobs"]) == (503, False, "missing")
    assert said["last_success"] == {"draft": None, "sweep": now.isoformat(timespec="seconds")}
    (message,) = mail.outbox
    assert message.message()["Subject"] == "A job has not run: Drafting of letters"
