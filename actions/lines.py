"""Lines of Article 7 reports by which findings are proposed, as an indicator names them.

A name is the subject of a declared quantity (`stockpile`) or an answer to a form (`B.filled`).
"""

from collections.abc import Iterable

from reports.forms import FormLetter
from reports.models import DeclaredQuantity, FormAnswer, FormEntry

NAMES: tuple[str, ...] = (
    *DeclaredQuantity.Subject.values,
    *(f"{letter}.{answer}" for letter in FormLetter.values for answer in FormAnswer.values),
)
"""Every name that a line can have."""


def names_in(text: str) -> tuple[str, ...]:
    """The names in a list that is separated by semicolons."""
    return tuple(name for part in text.split(";") if (name := part.strip()))


def unknown_in(text: str) -> list[str]:
    """What in a list is the name of no line."""
    return [name for name in names_in(text) if name not in NAMES]


def name_of(line: DeclaredQuantity | FormEntry) -> str:
    """The name of a line."""
    if isinstance(line, DeclaredQuantity):
        return line.subject
    return f"{line.form}.{line.answer}"


def by_name(lists: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    """Ids by each name that stands in their list."""
    found: dict[str, list[int]] = {}
    for text, pk in lists:
        for name in names_in(text):
            found.setdefault(name, []).append(pk)
    return found
