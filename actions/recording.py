"""Recording findings, many at once, as they are read in a document."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from states.publishing import User, lock_states

from . import entry
from .models import Finding


@dataclass(frozen=True)
class Refused:
    """A finding that cannot be recorded, by its position, with a sentence for each reason."""

    position: int
    sentences: tuple[str, ...]


class NotRecorded(ValidationError):
    """Some of the findings cannot stand, so that none was recorded; `refused` says which."""

    def __init__(self, refused: Sequence[Refused]) -> None:
        self.refused = tuple(refused)
        super().__init__([sentence for item in refused for sentence in item.sentences])


@transaction.atomic
def record(*, findings: Iterable[Finding], today: date, by: User) -> list[Finding]:
    """Record new findings as drafts, all or none. `today` is the real date.

    Fills in the document's date and the indicator's unit where they are left out. Raises
    `NotRecorded` where any of them cannot stand, or is recorded already.
    """
    findings = list(findings)
    lock_states(finding.state_id for finding in findings if finding.state_id)
    refused = []
    for position, finding in enumerate(findings):
        sentences = _objections(finding, today)
        if sentences:
            refused.append(Refused(position, sentences))
            continue
        finding._history_user = by  # type: ignore[attr-defined]
        finding.save()
    if refused:
        raise NotRecorded(refused)
    return findings


def _objections(finding: Finding, today: date) -> tuple[str, ...]:
    entry.complete(finding)
    sentences = [sentence for _field, sentence in entry.objections(finding, today=today)]
    if not sentences:
        try:
            finding.full_clean()
        except ValidationError as error:
            sentences = error.messages
    return tuple(sentences)


def already(finding: Finding) -> str:
    """A sentence that says what is recorded from a document already."""
    place = f", {finding.place}" if finding.place else ""
    state = _("published") if finding.is_published else _("draft")
    return f"{finding.get_answer_display()}{place} ({state})"
