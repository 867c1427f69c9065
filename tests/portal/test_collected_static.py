"""Static files are collected when a start needs them, and only then."""

import stat
from pathlib import Path

import pytest
from pytest_django import Settings

from ccm_portal import collected_static

STORAGE = "django.contrib.staticfiles.storage."


@pytest.fixture
def collected(settings: Settings, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = str(tmp_path)
    collected_static.collect()
    return tmp_path


def test_nothing_is_collected_again_while_the_files_are_the_same(collected: Path) -> None:
    mark = collected / "images" / "mark.svg"
    mark.unlink()

    collected_static.collect()

    assert not mark.exists()


def test_another_storage_collects_its_own_files(collected: Path, settings: Settings) -> None:
    assert not (collected / "staticfiles.json").exists()
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": f"{STORAGE}ManifestStaticFilesStorage"}
    }

    collected_static.collect()

    assert (collected / "staticfiles.json").exists()


def test_what_root_collects_the_portal_can_read(collected: Path) -> None:
    hidden = [path for path in collected.rglob("*") if not path.stat().st_mode & stat.S_IROTH]

    assert hidden == []
