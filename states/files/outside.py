"""Addresses in documents that lead to another machine."""

import re
from urllib.parse import unquote

# At least two letters: one is the drive of a Windows machine.
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
DRIVE = re.compile(r"/*[A-Za-z]:/")


def is_elsewhere(target: str) -> bool:
    """Whether an address leads to another machine: to the web, or to a file server.

    A file on the machine of whoever wrote the document leads nowhere; a relative address stays in
    the document or beside it.
    """
    target = unquote(target).strip().replace("\\", "/")
    scheme = SCHEME.match(target)
    if scheme is None:
        return target.startswith("//")
    if scheme[1].lower() != "file":
        return True
    path = target[scheme.end() :]
    slashes = len(path) - len(path.lstrip("/"))
    return not DRIVE.match(path) and slashes not in {0, 1, 3}
