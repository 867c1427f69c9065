"""What staff see of jobs, alarms and the mail that became files."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from ccm_portal.mail.transport import FILE_BACKEND
from reports.letters.models import Alarm, JobRun
from reports.letters.sending.handing_over import send
from tests.admin.conftest import Desk

from . import given
from .given import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def outbox(settings: Settings, tmp_path: Path) -> Path:
    """No mail server: letters become files."""
    settings.EMAIL_BACKEND = FILE_BACKEND
    settings.EMAIL_FILE_PATH = str(tmp_path / "outbox")
    return tmp_path / "outbox"


@pytest.fixture
def client() -> Client:
    return Desk().client


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_letter_that_became_a_file_is_read_in_the_admin(client: Client, outbox: Path) -> None:
    given.switched_on()
    (state,) = given.parties(1)
    letter = given.letter(state, subject="Report of <b>Norway</b>")

    assert send(letter_ids=[letter.pk], clock=lambda: NOW).sent == (letter.pk,)

    assert [path.name for path in outbox.iterdir()] == ["1_ccm.test.eml"]
    assert "Report of &lt;b&gt;Norway&lt;/b&gt;" in page(client, "/admin/reports/jobrun/mail/")
    shown = page(client, "/admin/reports/jobrun/mail/1_ccm.test.eml/")
    assert "permanent_mission of state-0 &lt;permanent_mission@state-0.test&gt;" in shown
    assert "The report of state-0 is late." in shown
    pdf = client.get("/admin/reports/jobrun/mail/1_ccm.test.eml/0/")
    assert (pdf.content, pdf["Content-Disposition"]) == (
        given.PDF,
        'attachment; filename="CCM-1.pdf"',
    )


@pytest.mark.parametrize(
    "address",
    [
        "/admin/reports/jobrun/mail/another.eml/",
        "/admin/reports/jobrun/mail/portal.sqlite3/",
        "/admin/reports/jobrun/mail/1_ccm.test.eml/7/",
    ],
)
@pytest.mark.usefixtures("outbox")
def test_only_mail_is_read_there(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_where_a_mail_server_is_named_there_are_no_files(client: Client) -> None:
    assert "There is none." in page(client, "/admin/reports/jobrun/mail/")


def test_whoever_may_not_see_letters_sees_no_mail() -> None:
    assert Client().get("/admin/reports/jobrun/mail/").status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_runs_begins_with_how_each_job_stands(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    given.switched_on().history.update(history_date=NOW)
    for number in range(count):
        JobRun.objects.create(
            job="sweep", started_at=NOW, ended_at=NOW, succeeded=True, summary=f"sent {number}"
        )
    page(client, "/admin/reports/jobrun/")

    with django_assert_num_queries(15):
        shown = page(client, "/admin/reports/jobrun/")

    assert "Sweep of the outbox: last succeeded on 2 March 2026, 09:00 (UTC)" in shown
    assert "It should have run since." in shown


def test_alarms_are_read_and_never_changed(client: Client) -> None:
    alarm = Alarm.objects.create(key="k", raised_at=NOW, subject="A job has not run", text="Look")

    assert "A job has not run" in page(client, "/admin/reports/alarm/")
    assert "Look" in page(client, f"/admin/reports/alarm/{alarm.pk}/change/")
    assert client.post(f"/admin/reports/alarm/{alarm.pk}/delete/").status_code == 403
