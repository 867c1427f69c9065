"""The parts of a letter as its reader gets them: HTML in a frame of its own, and the PDF."""

import base64
import hashlib
import re
from html import unescape

from django.http import HttpResponse

from reports.letters.sending.mime import file_name
from reports.models import Letter

_STYLE = re.compile(r'style="([^"]*)"')


def html_part(letter: Letter) -> HttpResponse:
    """The HTML of a letter, for a frame on its page in the data entry.

    It runs nothing and loads nothing: its policy knows the letter's own styles, each by its hash,
    and puts the page into a sandbox.
    """
    hashes = sorted({_hash(unescape(style)) for style in _STYLE.findall(letter.html)})
    policy = [
        "sandbox",
        "default-src 'none'",
        " ".join(["style-src", "'unsafe-hashes'", *hashes]),
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    ]
    response = HttpResponse(letter.html, content_type="text/html; charset=utf-8")
    response["Content-Security-Policy"] = "; ".join(policy)
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cache-Control"] = "private, no-store"
    return response


def pdf_part(letter: Letter) -> HttpResponse:
    """The PDF of a letter, as it is attached."""
    response = HttpResponse(bytes(letter.pdf), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{file_name(letter)}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _hash(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"'sha256-{digest}'"
