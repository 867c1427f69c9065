"""A file that must be refused, and why."""

from collections.abc import Callable
from dataclasses import dataclass

from states.files.refusal import Code


@dataclass(frozen=True)
class Hostile:
    """A file that must be refused, under the name that it is uploaded with."""

    name: str
    upload_name: str
    content: Callable[[], bytes]
    code: Code

    def __str__(self) -> str:
        return self.name.replace(" ", "-")
