"""The folders that the embedded parts need: SQLite's database and the file broker."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def needed_folders() -> list[Path]:
    """The folders of the parts in use; none where PostgreSQL and Redis are named."""
    folders = []
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3" and ":" not in str(database["NAME"]):
        folders.append(Path(database["NAME"]).parent)
    if settings.CELERY_BROKER_URL.startswith("filesystem:"):
        folders += [settings.BROKER_DIR / name for name in ("queue", "processed", "control")]
    return folders


def make_folders() -> None:
    """Make the folders that are missing.

    Raises `ImproperlyConfigured` where that is not allowed.
    """
    for folder in needed_folders():
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ImproperlyConfigured(
                f"The folder {folder} cannot be made ({error.strerror}): make it, or name a "
                "database and a broker with DATABASE_URL and REDIS_URL."
            ) from error
