"""Long spreadsheets go to a worker; staff leave, come back, and find what came of it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ccm_portal import jobs
from ccm_portal.admin_site.job import page_of
from ccm_portal.long_work import WORKS
from ccm_portal.models import Job
from states.models import Organization
from tests.admin.conftest import Desk, address

pytestmark = pytest.mark.django_db

Seat = Callable[..., Desk]
ROWS = 1001


def organizations(count: int, *, kind: str = "un") -> str:
    lines = [f"body-{number},Body {number},{kind}" for number in range(count)]
    return "\n".join(["code,name,kind", *lines])


def upload(desk: Desk, text: str) -> Any:
    file = SimpleUploadedFile("bodies.csv", text.encode(), content_type="text/csv")
    return desk.post(Organization, "import", import_file=file, format="0", resource="0")


def run(job: Job) -> Job:
    """What a worker does with a job."""
    jobs.carry_out(job_id=job.pk, works=WORKS)
    job.refresh_from_db()
    return job


def test_a_long_file_is_previewed_then_imported_by_a_worker(desk: Seat) -> None:
    editor = desk("Editor")

    answer = upload(editor, organizations(ROWS))
    preview = Job.objects.get()
    assert (answer.status_code, answer.url) == (302, page_of(preview))
    waiting = editor.client.get(answer.url).content.decode()
    run(preview)
    page = editor.client.get(answer.url).content.decode()

    assert "waiting for a worker" in waiting
    assert 'http-equiv="refresh"' in waiting
    assert Organization.objects.count() == 0
    assert f"{ROWS} new, 0 changed, 0 the same, 0 refused" in page
    assert 'http-equiv="refresh"' not in page

    confirmed: Any = editor.client.post(f"{page_of(preview)[: -len('change/')]}confirm/")
    imported = Job.objects.exclude(pk=preview.pk).get()
    run(imported)

    assert confirmed.url == page_of(imported)
    assert imported.verdict == "The file was imported."
    assert Organization.objects.count() == ROWS
    body = Organization.objects.get(code="body-7")
    assert body.history.get().history_user == editor.user


def test_a_preview_is_confirmed_once_and_by_whoever_asked_for_it(desk: Seat) -> None:
    editor, other = desk("Editor"), desk()
    upload(editor, organizations(ROWS))
    preview = run(Job.objects.get())
    url = f"{page_of(preview)[: -len('change/')]}confirm/"

    assert other.client.post(url).status_code == 404
    assert editor.client.get(url).status_code == 404
    editor.client.post(url)
    editor.client.post(url)

    assert Job.objects.count() == 2


def test_a_refused_long_file_names_its_rows_and_offers_no_button(desk: Seat) -> None:
    editor = desk("Editor")
    upload(editor, organizations(ROWS - 1) + "\nbody-x,Body X,nonsense")

    job = run(Job.objects.get())
    page = editor.client.get(page_of(job)).content.decode()

    assert job.state == Job.State.REFUSED
    assert job.verdict == (
        "Nothing was written: correct the refused row and import the file again."
    )
    assert f"row {ROWS + 1}  refused" in job.account
    assert "confirm/" not in page
    assert Organization.objects.count() == 0


def test_who_may_not_import_cannot_ask_a_worker_to(desk: Seat) -> None:
    auditor = desk("Auditor")

    answer = upload(auditor, organizations(ROWS))

    assert answer.status_code == 403
    assert Job.objects.count() == 0


def test_a_short_file_is_previewed_at_once(desk: Seat) -> None:
    page = upload(desk("Editor"), organizations(3))

    assert page.status_code == 200
    assert Job.objects.count() == 0


def test_a_long_export_is_written_by_a_worker_and_found_again(desk: Seat) -> None:
    editor = desk("Editor")
    Organization.objects.bulk_create(
        Organization(code=f"body-{number}", name=f"=1+{number}", kind="un")
        for number in range(ROWS)
    )

    answer = editor.post(Organization, "export", format="0", resource="0", **_fields())
    job = run(Job.objects.get())
    listed = editor.client.get("/admin/ccm_portal/job/").content.decode()
    file: Any = editor.client.get(f"{page_of(job)[: -len('change/')]}file/")

    assert answer.url == page_of(job)
    assert job.title in listed
    assert file.headers["Content-Disposition"] == 'attachment; filename="organizations.csv"'
    lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    file.close()
    assert len(lines) == ROWS + 1
    assert re.search(r"(^|,)=", "\n".join(lines), re.MULTILINE) is None


def test_the_work_of_others_is_seen_by_auditors_alone(desk: Seat) -> None:
    editor = desk("Editor")
    upload(editor, organizations(ROWS))
    job = Job.objects.get()

    assert desk("Data entry").client.get(page_of(job)).status_code == 404
    assert desk().client.get(page_of(job)).status_code == 200
    assert address(Organization, "changelist") != page_of(job)


def _fields() -> dict[str, str]:
    from states.exchange import RESOURCES

    names = RESOURCES["organizations"].columns()
    return {f"organizationresource_{name}": "on" for name in names}
