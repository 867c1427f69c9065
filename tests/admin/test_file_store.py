"""While the store of files is away, staff are told so in a sentence, and nothing is half done."""

import logging
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import path
from pytest_django import Settings

from ccm_portal import jobs
from ccm_portal.admin_site.job import page_of
from ccm_portal.file_store import opened
from ccm_portal.jobs import Progress, Result
from ccm_portal.long_work import WORKS
from ccm_portal.models import Job
from ccm_portal.models.job import work_storage
from ccm_portal.urls import urlpatterns as portal
from states.models import Organization
from tests.admin.conftest import Desk

pytestmark = pytest.mark.django_db

Seat = Callable[..., Desk]
NOT_STORED = "The file could not be stored"


def at_fault(request: HttpRequest) -> HttpResponse:
    """A mistake of the portal's own, or something else than the store that is away."""
    raise ConnectionResetError


urlpatterns = [path("at-fault/", at_fault), *portal]


@pytest.fixture
def work(settings: Settings, tmp_path: Path) -> Path:
    """The folder of the store for work, of the test's own."""
    folder = tmp_path / "work"
    folder.mkdir()
    backend = settings.STORAGES["work"] | {"OPTIONS": {"location": str(folder), "base_url": None}}
    settings.STORAGES = settings.STORAGES | {"work": backend}
    return folder


def spreadsheet(rows: int) -> SimpleUploadedFile:
    lines = ["code,name,kind", *(f"body-{row},Body {row},un" for row in range(rows))]
    return SimpleUploadedFile("bodies.csv", "\n".join(lines).encode(), content_type="text/csv")


def upload(desk: Desk, rows: int) -> str:
    """Upload a spreadsheet, and read the page that comes of it."""
    answer: Any = desk.post(
        Organization, "import", import_file=spreadsheet(rows), format="0", resource="0"
    )
    assert (answer.status_code, answer.url) == (302, "/admin/states/organization/import/")
    return desk.client.get(answer.url).content.decode()


def reasons(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the log says of the store, at level error."""
    told = [record for record in caplog.records if record.name == "ccm_portal.file_store"]
    assert {record.levelno for record in told} == {logging.ERROR}
    return [record.getMessage() for record in told]


def test_a_long_spreadsheet_that_cannot_be_kept_is_told_on_the_page(
    desk: Seat, work: Path, caplog: pytest.LogCaptureFixture
) -> None:
    work.rmdir()
    work.write_text("no folder")

    page = upload(desk("Editor"), 1001)

    assert NOT_STORED in page
    assert Job.objects.count() == 0
    [reason] = reasons(caplog)
    assert re.match(r"The file [0-9a-f]{32} cannot be stored: .*not a directory", reason)


def test_a_short_spreadsheet_that_cannot_be_kept_is_told_on_the_page(
    desk: Seat, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.IMPORTS_DIR = tmp_path / "imports"
    settings.IMPORTS_DIR.write_text("no folder")

    assert NOT_STORED in upload(desk("Editor"), 3)
    assert len(reasons(caplog)) == 1


def made(desk: Desk) -> Job:
    """A job whose work is done and has made a file."""
    job = jobs.ask(kind="export", title="List", parameters={}, by=desk.user)
    jobs.carry_out(job_id=job.pk, works={"export": lambda *_: Result("Done.", "", b"a", "a.csv")})
    job.refresh_from_db()
    return job


def test_the_result_of_work_that_cannot_be_read_is_told_for_the_moment(
    desk: Seat, work: Path, caplog: pytest.LogCaptureFixture
) -> None:
    editor = desk("Editor")
    job = made(editor)
    Path(work, job.result).unlink()
    Path(work, job.result).mkdir()

    answer = editor.client.get(f"{page_of(job)[: -len('change/')]}file/")

    assert answer.status_code == 503
    assert (answer["Retry-After"], answer["Cache-Control"]) == ("120", "no-store")
    assert "The file cannot be had now" in answer.content.decode()
    assert "Is a directory" in reasons(caplog)[0]


def test_the_result_of_work_that_is_gone_is_told_on_the_page_of_the_work(
    desk: Seat, work: Path
) -> None:
    editor = desk("Editor")
    job = made(editor)
    Path(work, job.result).unlink()

    answer: Any = editor.client.get(f"{page_of(job)[: -len('change/')]}file/")
    page = editor.client.get(answer.url).content.decode()

    assert answer.url == page_of(job)
    assert "The file store does not have this file any more: ask for the work again." in page


def test_work_whose_file_cannot_be_kept_leaves_nothing_and_says_why(desk: Seat, work: Path) -> None:
    def keep(job: Job, progress: Progress) -> Result:
        Organization.objects.create(code="made", name="Made", kind="un")
        work.rmdir()
        work.write_text("no folder")
        return Result("Done.", "", b"content", "list.csv")

    job = jobs.ask(kind="test", title="Test", parameters={}, by=desk("Editor").user)
    jobs.carry_out(job_id=job.pk, works={"test": keep})
    job.refresh_from_db()

    assert (job.state, job.verdict) == (Job.State.FAILED, jobs.running.store_away())
    assert Organization.objects.count() == 0


def test_work_whose_file_cannot_be_read_says_why(desk: Seat, work: Path) -> None:
    kept = work_storage().save("bodies", ContentFile(b"content"))
    Path(work, kept).unlink()
    Path(work, kept).mkdir()
    job = jobs.ask(kind="import", title="Test", parameters={"file": kept}, by=desk("Editor").user)
    jobs.carry_out(job_id=job.pk, works=WORKS)
    job.refresh_from_db()

    assert (job.state, job.verdict) == (Job.State.FAILED, jobs.running.store_away())


@pytest.mark.urls(__name__)
def test_what_fails_elsewhere_stays_a_mistake_of_the_portal(desk: Seat) -> None:
    with pytest.raises(ConnectionResetError):
        desk().client.get("/at-fault/")


def test_a_file_is_read_from_its_beginning_by_whoever_takes_its_descriptor(work: Path) -> None:
    kept = work_storage().save("bodies", ContentFile(b"content"))

    with opened(work_storage(), kept) as file, open(file.fileno(), "rb", closefd=False) as system:
        assert system.read() == b"content"
