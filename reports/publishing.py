"""Publishing reports together with their documents, and taking them back together.

The receipt counts either way; what is published are the contents and the files.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from states import publishing
from states.models import Document
from states.publishing import User

from . import documents
from .models import TransparencyReport


@dataclass(frozen=True)
class Switched:
    """What changed: the reports, their documents, and the documents that had to stay as they are.

    `kept` are documents that the person may not make public.
    """

    reports: tuple[TransparencyReport, ...]
    documents: tuple[Document, ...] = ()
    kept: tuple[Document, ...] = ()


@transaction.atomic
def publish(*, reports: Iterable[TransparencyReport], by: User) -> Switched:
    """Publish reports, and make their documents of kind report public if the person may.

    Raises as `states.publishing.publish` does; then nothing is changed.
    """
    chosen = list(reports)
    waiting = list(documents.of_kind_report(chosen).filter(is_public=False))
    if not publishing.may_publish(by, Document):
        changed = publishing.publish(records=chosen, by=by)
        return _switched(changed, kept=waiting)
    return _switched(publishing.publish(records=[*waiting, *chosen], by=by))


@transaction.atomic
def withdraw(*, reports: Iterable[TransparencyReport], by: User) -> Switched:
    """Take reports back to draft, and with them their documents that no other report shows.

    Raises as `states.publishing.withdraw` does; then nothing is changed.
    """
    chosen = list(reports)
    elsewhere = TransparencyReport.objects.published().exclude(pk__in=[item.pk for item in chosen])
    shown = list(
        documents.of_kind_report(chosen).filter(is_public=True).exclude(reports__in=elsewhere)
    )
    if not publishing.may_publish(by, Document):
        return _switched(publishing.withdraw(records=chosen, by=by), kept=shown)
    return _switched(publishing.withdraw(records=[*chosen, *shown], by=by))


def _switched(changed: Iterable[publishing.Record], kept: Iterable[Document] = ()) -> Switched:
    changed = list(changed)
    return Switched(
        reports=tuple(item for item in changed if isinstance(item, TransparencyReport)),
        documents=tuple(item for item in changed if isinstance(item, Document)),
        kept=tuple(kept),
    )
