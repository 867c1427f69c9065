"""PDF: whole, readable by anybody, and without anything that runs or hides other files."""

import logging
import subprocess
import sys
from pathlib import Path
from typing import IO

from .archive import END_MAGIC
from .refusal import Code, Refused

logger = logging.getLogger(__name__)

MAGIC = b"%PDF-"
END = b"%%EOF"
END_WITHIN_BYTES = 1024
"""How near to its end a PDF must say that it ends (ISO 32000-1, annex H)."""
ARCHIVE_END_WITHIN_BYTES = 2**16 + 22
SECONDS = 30

READING = Path(__file__).with_name("pdf_reading.py")
ACCEPTED = "accepted"


def examine(stream: IO[bytes]) -> None:
    """Refuse a PDF that is broken or protected, that runs something or carries files.

    Raises `Refused`. The reading takes place in a process of its own (see `pdf_reading`).
    """
    stream.seek(0)
    content = stream.read()
    if END not in content[-END_WITHIN_BYTES:]:
        raise Refused(Code.DAMAGED)
    if END_MAGIC in content[-ARCHIVE_END_WITHIN_BYTES:]:
        raise Refused(Code.TWO_TYPES)
    word = _read_apart(content)
    if word != ACCEPTED:
        raise Refused(Code(word))


def _read_apart(content: bytes) -> str:
    # -I: neither the environment nor the folder of the script decides what gets imported.
    command = [sys.executable, "-I", "-W", "ignore", str(READING)]
    try:
        answer = subprocess.run(  # noqa: S603
            command, input=content, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return Code.TOO_DEMANDING
    if answer.returncode:
        # Ended by a limit, or a mistake in the reading: neither is a reason to take the file.
        logger.warning(
            "The reading of a PDF ended with %d: %s",
            answer.returncode,
            answer.stderr.decode(errors="replace")[-1000:],
        )
        return Code.TOO_DEMANDING
    return answer.stdout.decode()
