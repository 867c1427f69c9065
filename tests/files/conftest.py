"""Folders of their own for stored and for temporary files, and who uploads to what."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings

from states.models import Document
from tests.admin.records import user


@dataclass(frozen=True)
class Folders:
    """Where files are kept, and where uploads wait."""

    media: Path
    temporary: Path

    def files(self) -> list[Path]:
        """Every file that lies in either."""
        found = [*self.media.rglob("*"), *self.temporary.rglob("*")]
        return sorted(path for path in found if path.is_file())


@pytest.fixture(autouse=True)
def folders(settings: Settings, tmp_path: Path) -> Folders:
    """Keep what a test uploads in a folder of the test."""
    made = Folders(media=tmp_path / "media", temporary=tmp_path / "temporary")
    for folder in (made.media, made.temporary):
        folder.mkdir()
    settings.MEDIA_ROOT = str(made.media)
    settings.FILE_UPLOAD_TEMP_DIR = str(made.temporary)
    settings.FILE_UPLOAD_HANDLERS = ["states.files.receiving.BoundedUploadHandler"]
    settings.UPLOAD_MAX_BYTES = 20 * 2**20
    return made


@pytest.fixture
def document(db: None) -> Document:
    """A document that is not public."""
    return Document.objects.create(code="report-2012", title="Report", kind=Document.Kind.REPORT)


@pytest.fixture
def clerk(db: None) -> User:
    """Somebody who enters data and may not publish."""
    return user("Data entry")


@pytest.fixture
def editor(db: None) -> User:
    """Somebody who may publish."""
    return user("Editor")
