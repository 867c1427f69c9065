"""The name under which a file was uploaded, made safe for the one who downloads it."""

import re
import unicodedata

from states.models import DocumentFile

MAX_BYTES = 180
"""File systems take names of 255 bytes; a second copy gets " (1)" and the like added to it."""

UNSAFE_IN_NAMES = re.compile(r'[<>:"|?*]')


def has_path(name: str) -> bool:
    """Whether an uploaded name says where to put the file: no honest browser sends that."""
    return "/" in name or "\\" in name or "\0" in name or name.strip() in {".", ".."}


def extension(name: str) -> str:
    """What follows the last dot, in small letters; "" where there is no dot."""
    _, dot, ending = name.rpartition(".")
    return ending.strip().lower() if dot else ""


def plain(name: str) -> str:
    """A name without folders, invisible characters and what file systems refuse."""
    base = name.replace("\\", "/").rpartition("/")[2]
    visible = "".join(
        character if character.isprintable() else " "
        for character in unicodedata.normalize("NFC", base)
    )
    return " ".join(UNSAFE_IN_NAMES.sub("_", visible).split())


def download_name(name: str, content_type: DocumentFile.ContentType) -> str:
    """A plain name of at most `MAX_BYTES` bytes in UTF-8, with the extension of the content."""
    ending = f".{content_type.extension}"
    stem = plain(name)
    if stem.lower().endswith(ending):
        stem = stem[: -len(ending)]
    stem = stem.encode()[: MAX_BYTES - len(ending)].decode(errors="ignore").strip(". ")
    return (stem or "document") + ending
