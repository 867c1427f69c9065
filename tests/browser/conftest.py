"""The bundled dataset behind a live server, and where pictures of pages are kept."""

import os
from pathlib import Path

import pytest


@pytest.fixture
def dataset(loaded_for_the_test: None) -> None:
    """A register of 197 states, with reports, plans and findings."""


@pytest.fixture(scope="session")
def pictures() -> Path | None:
    """The folder for screenshots, where the variable ARTEFACTS names one."""
    named = os.environ.get("ARTEFACTS")
    if not named:
        return None
    folder = Path(named)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
