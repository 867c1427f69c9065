"""The bundled dataset behind a live server, and where pictures of pages are kept."""

import os
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

PICTURES = Path(os.environ.get("ARTEFACTS") or Path(settings.BASE_DIR) / "var" / "artefacts")
"""What a run leaves behind to be looked at; git ignores it."""


@pytest.fixture
def dataset(transactional_db: None) -> None:
    """A register of 197 states, with reports, plans and findings."""
    call_command("load_dataset", stdout=StringIO())


@pytest.fixture(scope="session")
def pictures() -> Path:
    """The folder for screenshots."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    return PICTURES
