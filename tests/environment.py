"""The environment in which the tests run, whatever the caller's own `.env` or shell says.

pyproject.toml loads it as an early plugin (`-p tests.environment`), before pytest-django reads
the settings. DATABASE_URL and REDIS_URL alone are taken over from the caller, so that the same
tests can run on PostgreSQL and Redis; everything else is fixed here.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest

# One folder a process, so that workers that run side by side do not meet.
TEMPORARY_DIR = Path(tempfile.mkdtemp(prefix="ccm-portal-tests-"))
atexit.register(shutil.rmtree, TEMPORARY_DIR, ignore_errors=True)

FIXED = {
    "ENV_FILE": os.devnull,
    "SECRET_KEY": "a-key-that-only-the-tests-know-and-that-protects-nothing-at-all",
    "DEBUG": "off",
    "HTTPS": "off",
    "BEHIND_PROXY": "off",
    "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1],testserver",
    "PORTAL_DATE": "",
    # Pages that are asked for twice are made twice, but where a test is about keeping them.
    "PAGE_CACHE": "off",
    # Most tests sign people in without any password; tests/sign_in/ requires the second factor.
    "SECOND_FACTOR": "optional",
    "MEDIA_ROOT": str(TEMPORARY_DIR / "media"),
    "WORK_DIR": str(TEMPORARY_DIR / "work"),
    "BROKER_DIR": str(TEMPORARY_DIR / "broker"),
}
LEFT_TO_THEIR_DEFAULTS = ("EMAIL_URL", "PORT", "DJANGO_SETTINGS_MODULE")

os.environ.update(FIXED)
for name in LEFT_TO_THEIR_DEFAULTS:
    os.environ.pop(name, None)


def pytest_configure(config: pytest.Config) -> None:
    """Serve static files as they lie in the tree: no test needs `collectstatic`."""
    from django.conf import settings

    collected = TEMPORARY_DIR / "static"
    collected.mkdir(exist_ok=True)
    settings.STATIC_ROOT = collected
    settings.IMPORTS_DIR = TEMPORARY_DIR / "imports"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
