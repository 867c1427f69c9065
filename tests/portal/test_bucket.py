"""A portal whose files lie in a bucket of a real S3 server: kept, served, backed up, and missed."""

import hashlib
import http.client
import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.files import good

from .conftest import Installation, unused_port, wait_for
from .staff import Staff
from .test_backup import tables
from .test_faults import web

BUCKET = "portal-files"
KEYS = {"AWS_ACCESS_KEY_ID": "portal", "AWS_SECRET_ACCESS_KEY": "a-secret-of-this-test"}
PASSWORD = "a long sentence for nobody else"
EDITOR = f"""
from django.contrib.auth.models import User
User.objects.create_superuser("editor", password="{PASSWORD}")
"""
FILES = """
import json
from states.models import DocumentFile
print(json.dumps([
    [str(file.public_id), file.file.name, file.sha256, file.is_current, file.document_id]
    for file in DocumentFile.objects.order_by("pk")
]))
"""

WORK = """
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.utils import timezone
from ccm_portal.models.job import Job, work_storage
print(Job.objects.create(kind="export", title="List", state="done", asked_by=User.objects.get(),
    asked_at=timezone.now(), result=work_storage().save("list", ContentFile(b"a")),
    result_name="a.csv").pk)
"""


class Bucket:
    """The bucket as its owner sees it, past the portal."""

    def __init__(self, endpoint: str, server: "subprocess.Popen[bytes]") -> None:
        self.endpoint = endpoint
        self._server = server
        self._client = boto3.client(
            "s3",
            endpoint_url=endpoint,
            region_name="us-east-1",
            aws_access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
        )
        self._client.create_bucket(Bucket=BUCKET)

    def content(self) -> dict[str, str]:
        """The SHA-256 of every object, by its key."""
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET)
        keys = [entry["Key"] for page in pages for entry in page.get("Contents", ())]
        return {key: hashlib.sha256(self._body(key)).hexdigest() for key in keys}

    def _body(self, key: str) -> bytes:
        body: bytes = self._client.get_object(Bucket=BUCKET, Key=key)["Body"].read()
        return body

    def put(self, key: str, content: bytes) -> None:
        self._client.put_object(Bucket=BUCKET, Key=key, Body=content)

    def empty(self) -> None:
        for key in self.content():
            self._client.delete_object(Bucket=BUCKET, Key=key)

    def remove(self) -> None:
        self.empty()
        self._client.delete_bucket(Bucket=BUCKET)

    def stop(self) -> None:
        """Let nobody answer any more."""
        self._server.kill()
        self._server.wait()

    def refuse(self, *, really: bool = True) -> None:
        """Have the server refuse every key from now on, or none."""
        request = urllib.request.Request(
            f"{self.endpoint}/moto-api/reset-auth",
            data=b"0" if really else b"inf",
            headers={"Content-Type": "text/plain"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert answer.status == 200


@pytest.fixture
def bucket(installation: Installation) -> Iterator[Bucket]:
    """A bucket of an S3 server of the test's own, which the portal's settings name."""
    # By a name, as an installation names it: an address of numbers is spoken to in another way.
    port = unused_port()
    endpoint = f"http://localhost:{port}"
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "--port", str(port)], stderr=subprocess.DEVNULL
    )
    wait_for(lambda: answer(port, "/moto-api/")[0] == 200)
    installation.environment.update(S3_BUCKET=BUCKET, S3_ENDPOINT_URL=endpoint, **KEYS)
    found = Bucket(endpoint, server)
    yield found
    found.stop()


@pytest.fixture
def portal(migrated: Installation, static_files: Path, bucket: Bucket) -> Installation:
    """A portal with an editor who can sign in, and a bucket for its files."""
    migrated.environment["SECOND_FACTOR"] = "optional"
    migrated.ask(EDITOR)
    return migrated


def answer(port: int, path: str) -> tuple[int, dict[str, str], bytes]:
    """The status, the headers and the body of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()
    except OSError:
        return 0, {}, b""
    finally:
        connection.close()


def document(title: str, content: bytes | None = None) -> dict[str, object]:
    """What is typed on the page of a new document, perhaps with a file."""
    typed: dict[str, object] = {"title": title, "code": title.lower(), "kind": "report"}
    if content is not None:
        typed |= upload(f"{title}.pdf", content)
    return typed


def upload(name: str, content: bytes) -> dict[str, object]:
    """What choosing a file in the first row of files sends."""
    file = SimpleUploadedFile(name, content, content_type="application/pdf")
    return {"files-TOTAL_FORMS": "1", "files-0-upload": file}


def test_files_are_kept_in_the_bucket_served_by_rule_and_come_back_from_a_backup(
    portal: Installation, bucket: Bucket, free_port: int
) -> None:
    first, second, secret = (good.pdf(text) for text in ("first", "second", "secret"))
    with web(portal, free_port):
        staff = Staff(f"http://127.0.0.1:{free_port}", "editor", PASSWORD)
        add = "/admin/states/document/add/"
        assert staff.send(add, document("Public", first) | {"_publish": "1"})[0] == 200
        assert staff.send(add, document("Secret", secret) | {"_save": "1"})[0] == 200
        [[shown, _name, _digest, _current, number], [hidden, *_rest]] = files(portal)

        status, headers, body = answer(free_port, f"/files/{shown}/Public.pdf")
        assert (status, body) == (200, first)
        assert headers["Content-Disposition"] == 'attachment; filename="Public.pdf"'
        assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert answer(free_port, f"/files/{hidden}/Secret.pdf")[0] == 404
        assert staff.get(f"/admin/files/{hidden}/") == (200, secret)

        page = f"/admin/states/document/{number}/change/"
        assert staff.send(page, upload("Better.pdf", second) | {"_save": "1"})[0] == 200
        newest = files(portal)[2][0]
        assert answer(free_port, f"/files/{newest}/Better.pdf")[2] == second
        assert answer(free_port, f"/files/{shown}/Public.pdf")[0] == 404
        assert staff.get(f"/admin/files/{shown}/") == (200, first)

        assert answer(free_port, "/readyz")[2].find(b'"storage": "ok"') > 0

    kept, stood = bucket.content(), tables(portal)
    assert kept == {f"media/{name}": digest for _id, name, digest, *_rest in files(portal)}
    bucket.put("work/an-import-that-waits", b"no part of a backup")
    made = portal.manage("backup", "portal.tar")
    assert (made.stdout, made.stderr) == ("Wrote portal.tar: the database and 3 files.\n", "")

    bucket.empty()
    bucket.put(next(iter(kept)), b"spoiled")
    portal.ask("from states.models import Document as d; d.objects.update(title='Spoiled')")
    assert tables(portal) != stood
    restored = portal.manage("restore", "portal.tar", "--replace-everything")
    assert (restored.returncode, restored.stderr) == (0, "")
    assert (bucket.content(), tables(portal)) == (kept, stood)


def test_a_bucket_that_refuses_or_is_gone_is_told_and_nothing_is_half_written(
    portal: Installation, bucket: Bucket, free_port: int
) -> None:
    with web(portal, free_port):
        staff = Staff(f"http://127.0.0.1:{free_port}", "editor", PASSWORD)
        add = "/admin/states/document/add/"
        staff.send(add, document("Kept", good.pdf("kept")) | {"_publish": "1"})
        [[kept, *_rest]] = files(portal)
        public, job = f"/files/{kept}/Kept.pdf", portal.ask(WORK).strip()
        stored = [f"/admin/files/{kept}/", f"/admin/ccm_portal/job/{job}/file/"]
        assert [staff.get(path) for path in stored] == [(200, good.pdf("kept")), (200, b"a")]
        assert portal.manage("backup", "portal.tar").returncode == 0
        before, stood = bucket.content(), tables(portal)

        bucket.refuse()
        refused = told(portal, staff, free_port)
        told_for_the_moment(free_port, public)
        assert [staff.get(path)[0] for path in stored] == [503, 503]
        bucket.refuse(really=False)
        assert (bucket.content(), tables(portal)) == (before, stood)
        assert answer(free_port, public)[0] == 200

        bucket.remove()
        gone = told(portal, staff, free_port)
        told_for_the_moment(free_port, public)

        bucket.stop()
        told_for_the_moment(free_port, public)
        assert [staff.get(path)[0] for path in stored] == [503, 503]

    assert "InvalidAccessKeyId" in refused
    assert "NoSuchBucket" in gone
    assert tables(portal) == stood
    assert not list(portal.folder.rglob("*unfinished"))


def told(portal: Installation, staff: Staff, free_port: int) -> str:
    """All that wants the bucket fails with a sentence; the answer is what the backup says."""
    page = staff.send("/admin/states/document/add/", document("New", good.pdf()) | {"_save": "1"})
    assert page[0] == 200
    assert b"The file could not be stored" in page[1]
    page = staff.send("/admin/states/organization/import/", long_spreadsheet())
    assert page[0] == 200
    assert b"The file could not be stored" in page[1]
    wait_for(lambda: json.loads(answer(free_port, "/readyz")[2])["storage"] == "missing")
    assert answer(free_port, "/readyz")[0] == 503

    restored = portal.manage("restore", "portal.tar", "--replace-everything")
    assert restored.returncode == 1
    assert restored.stderr.startswith("CommandError: The files cannot be put back: ")
    made = portal.manage("backup", "another.tar")
    assert made.returncode == 1
    assert made.stderr.startswith("CommandError: The backup cannot be written: ")
    assert len(made.stderr.splitlines()) == 1
    assert not Path(portal.folder, "another.tar").exists()
    return made.stderr


def told_for_the_moment(free_port: int, path: str) -> None:
    """A file that should be there is not called missing, and no cache keeps the answer."""
    status, headers, body = answer(free_port, path)
    assert (status, headers["Retry-After"], headers["Cache-Control"]) == (503, "120", "no-store")
    assert b"The file cannot be had now" in body


def long_spreadsheet() -> dict[str, object]:
    """What is sent to import so many rows that a worker reads them."""
    rows = "".join(f"body-{number},Body {number},un\n" for number in range(1001))
    file = SimpleUploadedFile("bodies.csv", f"code,name,kind\n{rows}".encode())
    return {"import_file": file, "format": "0", "resource": "0"}


def files(portal: Installation) -> list[list[str]]:
    """Every stored file: its public id, name, SHA-256, whether it is current, and its document."""
    found: list[list[str]] = json.loads(portal.ask(FILES))
    return found
