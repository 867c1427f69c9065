"""Static files are collected again only when one of them has changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

STAMP = ".collected-from"


def collect() -> None:
    """Run `collectstatic`, unless the last run found the same files as are there now."""
    stamp = Path(settings.STATIC_ROOT) / STAMP
    found = fingerprint()
    if stamp.exists() and stamp.read_text() == found:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(found)


def fingerprint() -> str:
    """All static files of the portal and its packages, by name, size and time of last change, and
    the storage that collects them: another one makes other files of the same.
    """
    files = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            seen = Path(storage.path(name)).stat()
            files.update(f"{name}\0{seen.st_size}\0{seen.st_mtime_ns}\n".encode())
    return files.hexdigest()
