"""The environment in which the tests run, whatever the caller's own `.env` or shell says.

pyproject.toml loads it as an early plugin (`-p tests.environment`), before pytest-django reads
the settings. DATABASE_URL and REDIS_URL alone are taken over from the caller, so that the same
tests can run elsewhere; everything else is fixed here.

With TEST_ON_SERVICES=1 (`make test-services`) the tests run on PostgreSQL and Redis, which
TEST_POSTGRES_URL and TEST_REDIS_URL name, in databases of their own.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

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
    "LOG_FORMAT": "text",
    "MEDIA_ROOT": str(TEMPORARY_DIR / "media"),
    "WORK_DIR": str(TEMPORARY_DIR / "work"),
    "BROKER_DIR": str(TEMPORARY_DIR / "broker"),
}
LEFT_TO_THEIR_DEFAULTS = ("EMAIL_URL", "PORT", "DJANGO_SETTINGS_MODULE")

POSTGRES_URL = "postgresql://postgres@127.0.0.1:5432/postgres"
REDIS_URL = "redis://127.0.0.1:6379/15"
FIRST_REDIS_NUMBER = 8


def services() -> dict[str, str]:
    """PostgreSQL and Redis for this process. What one worker empties, another must not miss: each
    has its own number in Redis; Django gives each its own database.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    postgres = urlsplit(os.environ.get("TEST_POSTGRES_URL") or POSTGRES_URL)
    redis = urlsplit(os.environ.get("TEST_REDIS_URL") or REDIS_URL)
    return {
        "DATABASE_URL": postgres._replace(scheme="postgres", path="/ccm_portal").geturl(),
        "REDIS_URL": redis._replace(path=f"/{FIRST_REDIS_NUMBER + worker}").geturl(),
    }


def missing_services() -> str:
    """Which of them does not answer, in a sentence; "" if both do."""
    import psycopg
    from redis import Redis, RedisError

    postgres = os.environ.get("TEST_POSTGRES_URL") or POSTGRES_URL
    try:
        psycopg.connect(postgres, connect_timeout=5).close()
    except psycopg.OperationalError:
        return f"PostgreSQL does not answer at {postgres}: start it or set TEST_POSTGRES_URL."
    url = os.environ.get("TEST_REDIS_URL") or REDIS_URL
    try:
        with Redis.from_url(url) as client:
            client.ping()
    except RedisError:
        return f"Redis does not answer at {url}: start it, or name one with TEST_REDIS_URL."
    return ""


ON_SERVICES = os.environ.get("TEST_ON_SERVICES") == "1"
os.environ.update(FIXED | (services() if ON_SERVICES else {}))
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
        "staticfiles": settings.STORAGES["staticfiles"]
        | {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
