"""How large a file may be."""

from django.conf import settings
from django.template.defaultfilters import filesizeformat

from .refusal import Code, Refused

FILES_A_REQUEST = 5
"""A form takes several files at once; a request larger than this many is not even looked at."""


def max_bytes() -> int:
    """The largest file that is taken: the setting UPLOAD_MAX_BYTES."""
    return int(settings.UPLOAD_MAX_BYTES)


def too_large() -> Refused:
    """The refusal of a file that is larger, with the limit in words."""
    return Refused(Code.TOO_LARGE, limit=filesizeformat(max_bytes()))


def check_size(size: int) -> None:
    """Refuse (`Refused`) an empty file, and one of more bytes than the portal takes."""
    if size == 0:
        raise Refused(Code.EMPTY)
    if size > max_bytes():
        raise too_large()
