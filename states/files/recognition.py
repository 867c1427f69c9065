"""What the first bytes of a file look like, in words for a refusal."""

from django.utils.translation import gettext_lazy as _

BEGINNING_BYTES = 2048
"""How much of a file the functions here want to see."""

# The container of DOC, XLS and PPT, and of what Word and Excel protect by a password.
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

SIGNATURES = (
    (COMPOUND_FILE, _("an old Office file (DOC, XLS or PPT)")),
    (b"{\\rtf", _("a rich text file (RTF)")),
    (b"\x89PNG", _("a picture")),
    (b"\xff\xd8\xff", _("a picture")),
    (b"GIF8", _("a picture")),
    (b"II*\0", _("a picture")),
    (b"MM\0*", _("a picture")),
    (b"MZ", _("a program")),
    (b"\x7fELF", _("a program")),
    (b"#!", _("a program")),
    (b"Rar!\x1a\x07", _("an archive")),
    (b"7z\xbc\xaf\x27\x1c", _("an archive")),
    (b"\x1f\x8b", _("an archive")),
    (b"%!PS", _("a PostScript file")),
    (b"\0asm", _("a program")),
)
ARCHIVE = _("an archive that is no document")
OTHER_DOCUMENT = _("another kind of office document")
WEB_PAGE = _("a web page or XML")
TEXT = _("plain text")
UNKNOWN = _("a file of an unknown type")

PROGRAMS_AND_ARCHIVES = tuple(
    signature
    for signature, _words in SIGNATURES
    if signature[:2] in {b"MZ", b"\x7fE", b"Ra", b"7z"} or signature == COMPOUND_FILE
)
"""What has no place inside an office document, whatever its name there."""


def looks_like(beginning: bytes) -> str:
    """What a file that is none of the accepted types seems to be, such as “a picture”."""
    for signature, words in SIGNATURES:
        if beginning.startswith(signature):
            return str(words)
    if beginning.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return str(WEB_PAGE)
    return str(TEXT if _is_text(beginning) else UNKNOWN)


def _is_text(beginning: bytes) -> bool:
    # A character may be cut in two where the beginning ends.
    text = beginning.decode(errors="replace").rstrip("\ufffd")
    return all(character.isprintable() or character.isspace() for character in text) and (
        "\ufffd" not in text
    )
