"""Why a file is refused: one sentence each, for the person who uploads it."""

from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy


class Code(StrEnum):
    """What is wrong with a file, or with what somebody wants to do with it."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    PATH_IN_NAME = "path_in_name"
    NOT_ACCEPTED = "not_accepted"
    WRONG_EXTENSION = "wrong_extension"
    TWO_TYPES = "two_types"
    DAMAGED = "damaged"
    TOO_DEMANDING = "too_demanding"
    PROTECTED = "protected"
    MACROS = "macros"
    ACTIVE_CONTENT = "active_content"
    CARRIES_FILES = "carries_files"
    EMBEDDED_OBJECT = "embedded_object"
    OUTSIDE_CONTENT = "outside_content"
    DECLARES_ENTITIES = "declares_entities"
    UNSAFE_PATH = "unsafe_path"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    NOT_STORED = "not_stored"
    DUPLICATE = "duplicate"
    ALREADY_REPLACED = "already_replaced"
    DOCUMENT_IS_PUBLIC = "document_is_public"


SENTENCES = {
    Code.EMPTY: gettext_lazy("This file is empty: choose it again, or ask for another copy."),
    Code.TOO_LARGE: gettext_lazy(
        "This file is larger than %(limit)s, the most that the portal takes: "
        "make its pictures smaller, or split it."
    ),
    Code.PATH_IN_NAME: gettext_lazy(
        "The file's name contains a path: give it a plain name, such as report.pdf."
    ),
    Code.NOT_ACCEPTED: gettext_lazy(
        "This is not a PDF, DOCX, ODT or XLSX file but looks like %(looks_like)s: "
        "save it as one of these four."
    ),
    Code.WRONG_EXTENSION: gettext_lazy(
        "The name “%(name)s” does not fit the content, which is %(kind)s: check that it is the "
        "right file, then let its name end in .%(extension)s."
    ),
    Code.TWO_TYPES: gettext_lazy(
        "This file can be read as two different things, because something stands before or after "
        "its content: open it and save it anew."
    ),
    Code.DAMAGED: gettext_lazy(
        "This file is damaged or incomplete: open it and save it anew, or ask for another copy."
    ),
    Code.TOO_DEMANDING: gettext_lazy(
        "This PDF is too complicated to be checked: print it to a new PDF."
    ),
    Code.PROTECTED: gettext_lazy(
        "This file is protected by a password or by restrictions: save a copy without protection."
    ),
    Code.MACROS: gettext_lazy(
        "This document contains macros: save a copy without macros, or as PDF."
    ),
    Code.ACTIVE_CONTENT: gettext_lazy(
        "This PDF contains a script, a program call or a form that runs scripts: "
        "print it to a new PDF."
    ),
    Code.CARRIES_FILES: gettext_lazy(
        "This PDF carries other files inside it: save them one by one and upload each."
    ),
    Code.EMBEDDED_OBJECT: gettext_lazy(
        "This document contains an embedded object that cannot be checked (%(part)s): "
        "replace it by a picture, or save the document as PDF."
    ),
    Code.OUTSIDE_CONTENT: gettext_lazy(
        "This document loads something from elsewhere when it is opened (%(part)s): "
        "break that link, or save the document as PDF."
    ),
    Code.DECLARES_ENTITIES: gettext_lazy(
        "This document declares a document type of its own (%(part)s), which office programs "
        "never need: open it and save it anew, or save it as PDF."
    ),
    Code.UNSAFE_PATH: gettext_lazy(
        "This file holds an entry whose name leads out of it: "
        "do not open it, and ask for another copy."
    ),
    Code.UNPACKS_TOO_LARGE: gettext_lazy(
        "This file unpacks to far more than a document needs: "
        "do not open it, and ask for another copy."
    ),
    Code.NOT_STORED: gettext_lazy(
        "The file could not be stored, perhaps because the disk is full, and nothing was kept: "
        "tell whoever runs the portal, then try again."
    ),
    Code.DUPLICATE: gettext_lazy(
        "This document has this very file already, as “%(name)s”: choose another one."
    ),
    Code.ALREADY_REPLACED: gettext_lazy(
        "“%(name)s” has been replaced already: replace the current file instead."
    ),
    Code.DOCUMENT_IS_PUBLIC: gettext_lazy(
        "This document is public, so that its files show at once: ask an editor to change them."
    ),
}


PARAMETER_CHARACTERS = 100


class Refused(ValidationError):
    """A file that the portal does not take; as a string, the sentence that says why.

    Form fields show it, and the admin, as any `ValidationError`. The sentence is in the language
    that is active when the exception is made. `parameters` fill the places in it; they may come
    from the file, so they are cut short and lose what cannot be shown.
    """

    code: Code

    def __init__(self, code: Code, **parameters: str) -> None:
        sentence = str(SENTENCES[code])
        if parameters:
            sentence %= {name: _shown(value) for name, value in parameters.items()}
        super().__init__(sentence, code=code)

    def __str__(self) -> str:
        return str(self.message)


def _shown(text: str) -> str:
    visible = "".join(
        character if character.isprintable() else "\ufffd" for character in " ".join(text.split())
    )
    if len(visible) <= PARAMETER_CHARACTERS:
        return visible
    return visible[:PARAMETER_CHARACTERS] + "…"
