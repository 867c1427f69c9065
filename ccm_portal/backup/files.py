"""Every uploaded file, wherever the storage keeps it."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from django.core.files.storage import Storage


def names(storage: Storage, folder: str = "") -> Iterator[str]:
    """The names of all files of a storage, in order."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        yield str(PurePosixPath(folder, name))
    for name in sorted(folders):
        yield from names(storage, str(PurePosixPath(folder, name)))
