"""Which release of the portal runs: another one wherever its code, texts or templates differ."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

FOLDERS = ("ccm_portal", "states", "reports", "actions", "templates", "static")
SUFFIXES = {".py", ".html", ".css", ".js", ".svg", ".mo", ".typ", ".txt", ".xml"}


@cache
def release() -> str:
    """A digest of the files of this release, taken once in the life of a process."""
    digest = hashlib.blake2b(digest_size=8)
    for folder in FOLDERS:
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*")):
            if path.suffix in SUFFIXES and path.is_file():
                digest.update(str(path.relative_to(settings.BASE_DIR)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
