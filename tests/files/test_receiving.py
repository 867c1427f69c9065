"""Uploads on their way in: what is too large or badly named is dropped at once."""

import gc
import os
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest
from pytest_django import Settings

from states.files.inspection import inspect
from states.files.receiving import RefusedUpload
from states.files.refusal import Code, Refused

from . import good, requests
from .conftest import Folders

TOO_LARGE = (
    "This file is larger than 20.0 MB, the most that the portal takes: "
    "make its pictures smaller, or split it."
)
HAS_PATH = "The file's name contains a path: give it a plain name, such as report.pdf."
NOT_STORED = (
    "The file could not be stored, perhaps because the disk is full, and nothing was kept: "
    "tell whoever runs the portal, then try again."
)


class AnyForm(forms.Form):
    """A form of the portal that knows nothing of documents, such as an import."""

    upload = forms.FileField(required=False)


def code(request: HttpRequest) -> Code:
    with pytest.raises(Refused) as raised:
        inspect(requests.received(request))
    return raised.value.code


def test_an_upload_waits_in_a_temporary_file_that_goes_with_the_request(folders: Folders) -> None:
    content = good.pdf()
    request = requests.upload("report.pdf", content)

    received = requests.received(request)

    assert isinstance(received, TemporaryUploadedFile)
    assert (received.name, received.size, received.read()) == ("report.pdf", len(content), content)
    assert len(folders.files()) == 1
    request.close()
    assert folders.files() == []


@pytest.mark.parametrize("size", [200 * 10**6, 20 * 2**20 + 1])
def test_a_file_above_the_limit_is_refused_and_leaves_nothing(size: int, folders: Folders) -> None:
    request = requests.large_upload("report.pdf", size)

    form = AnyForm(request.POST, request.FILES)

    assert form.errors == {"upload": [TOO_LARGE]}
    assert code(request) == Code.TOO_LARGE
    assert folders.files() == []


def test_a_request_beyond_all_limits_is_not_even_written(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TemporaryUploadedFile, "__init__", None)

    assert code(requests.large_upload("report.pdf", 200 * 10**6)) == Code.TOO_LARGE
    assert folders.files() == []


def test_a_file_of_the_very_limit_is_received(settings: Settings) -> None:
    settings.UPLOAD_MAX_BYTES = 1000
    received = requests.large_upload("report.pdf", 1000)
    refused = requests.large_upload("report.pdf", 1001)

    assert requests.received(received).size == 1000
    assert code(refused) == Code.TOO_LARGE
    received.close()


def test_one_refused_file_leaves_the_others_of_the_request_alone(settings: Settings) -> None:
    settings.UPLOAD_MAX_BYTES = 1000
    request = requests.uploads(("a.pdf", b"a" * 900), ("b.pdf", b"b" * 1100), ("c.pdf", b"c"))

    first, second, third = request.FILES.getlist("upload")

    assert (first.read(), third.read()) == (b"a" * 900, b"c")
    assert isinstance(second, RefusedUpload)
    request.close()


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/report.pdf",
        "/etc/report.pdf",
        "..\\\\report.pdf",
        "C:\\\\temp\\\\report.pdf",
        "&#46;&#46;&#47;report.pdf",
        "..",
    ],
)
def test_a_path_in_an_uploads_name_is_refused_and_leaves_nothing(
    name: str, folders: Folders
) -> None:
    request = requests.upload(name, good.pdf())

    form = AnyForm(request.POST, request.FILES)

    assert form.errors == {"upload": [HAS_PATH]}
    assert code(request) == Code.PATH_IN_NAME
    assert folders.files() == []


def test_a_name_of_any_length_is_received(folders: Folders) -> None:
    request = requests.upload("r." + "x" * 600, b"content")

    assert requests.received(request).read() == b"content"
    request.close()
    assert folders.files() == []


def test_a_refused_upload_gives_its_content_to_nobody() -> None:
    request = requests.upload("../report.pdf", good.pdf())
    received = requests.received(request)

    for use in (received.read, received.open, received.seek, lambda: list(received.chunks())):
        with pytest.raises(ValidationError, match="contains a path"):
            use()


def test_a_form_without_a_file_stays_as_it_was() -> None:
    body = requests.END.lstrip()
    request = requests.post([body], len(body))

    assert AnyForm(request.POST, request.FILES).errors == {}


def test_an_upload_that_breaks_off_leaves_nothing(folders: Folders) -> None:
    content = requests.head("report.pdf") + b"x" * 100_000
    request = requests.post([content], len(content) + 1000)

    list(request.FILES.values())
    request.close()
    del request
    gc.collect()

    assert folders.files() == []


def test_a_missing_folder_for_uploads_is_told_in_a_sentence(
    folders: Folders, settings: Settings
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(folders.temporary / "missing")
    request = requests.upload("report.pdf", good.pdf())

    assert AnyForm(request.POST, request.FILES).errors == {"upload": [NOT_STORED]}
    assert folders.files() == []


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")  # noqa: PTH110
@pytest.mark.parametrize("size", [100, 100_000])
def test_a_disk_that_fills_up_during_the_upload_is_told_in_a_sentence(
    size: int, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write_to_full_disk(monkeypatch)
    request = requests.large_upload("report.pdf", size)

    assert AnyForm(request.POST, request.FILES).errors == {"upload": [NOT_STORED]}
    assert folders.files() == []


def _write_to_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the disk below temporary uploads be full: /dev/full behaves like one."""
    create = TemporaryUploadedFile.__init__

    def create_on_full_disk(self: TemporaryUploadedFile, *arguments: Any) -> None:
        create(self, *arguments)
        assert self.file is not None
        full = os.open("/dev/full", os.O_WRONLY)
        os.dup2(full, self.file.fileno())
        os.close(full)

    monkeypatch.setattr(TemporaryUploadedFile, "__init__", create_on_full_disk)
