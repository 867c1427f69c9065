"""The dataset that comes with the portal: its files. `NOTES.md` says where they come from."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

DIRECTORY = Path(__file__).parent

FILES = {
    "documents": "documents.csv",
    "states": "states.csv",
    "names": "names.csv",
    "organizations": "organizations.csv",
    "meetings": "meetings.csv",
    "treaty-actions": "treaty_actions.csv",
}
"""The file of each kind of record, in an order in which each cites only what came before."""


def version(directory: Path = DIRECTORY, filenames: Iterable[str] = FILES.values()) -> str:
    """The version of a dataset: a fingerprint of its files, so that it is never forgotten."""
    fingerprint = hashlib.sha256()
    for filename in filenames:
        fingerprint.update((directory / filename).read_bytes())
    return fingerprint.hexdigest()[:10]
