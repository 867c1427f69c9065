"""The bundled dataset behind a live server, and where pictures of pages are kept."""

import os
from pathlib import Path

import pytest
from django.conf import settings

PICTURES = Path(os.environ.get("ARTEFACTS") or Path(settings.BASE_DIR) / "var" / "artefacts")
"""What a run leaves behind to be looked at; git ignores it."""


@pytest.fixture
def dataset(loaded_for_the_test: None) -> None:
    """A register of 197 states, with reports, plans and findings."""


@pytest.fixture(scope="session")
def pictures() -> Path:
    """The folder for screenshots."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    return PICTURES
