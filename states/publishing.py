"""Publishing records and taking them back to draft; for documents, making them public or not.

What must hold afterwards is checked on what then stands in the database, inside the same
transaction (`soundness`): the order of the records does not matter, and a refusal leaves
everything as it was.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, PermissionsMixin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from . import soundness
from .models import Document, OfficialDate, Publishable, State

# Stored in the history in English, and translated where it is shown.
PUBLISHED = gettext_noop("Published")
WITHDRAWN = gettext_noop("Taken back to draft")

User = AbstractBaseUser | AnonymousUser
Record = Publishable | Document
"""What somebody decides to show outside the admin."""


def publish(*, records: Iterable[Record], by: User) -> list[Record]:
    """Publish drafts, all of them or none; the answer holds those that were drafts until now.

    A document is made public.

    Raises `PermissionDenied` without the permission `publish_<model>` for every kind of record,
    and `ValidationError`, with a sentence for each objection, if what is published would then
    break a rule (`soundness.ensure`).
    """
    return _switch(records, by=by, published_at=timezone.now(), reason=PUBLISHED)


def withdraw(*, records: Iterable[Record], by: User) -> list[Record]:
    """Take published records back to draft, all or none; the answer holds those that changed.

    A document is no longer public: whatever cites it keeps the citation and shows no link.

    Raises as `publish` does: what rests on a record must be taken back before it, or with it.
    """
    return _switch(records, by=by, published_at=None, reason=WITHDRAWN)


def is_published(record: Record) -> bool:
    """Whether somebody decided that a record shows outside the admin."""
    return record.is_public if isinstance(record, Document) else record.is_published


def may_publish(user: User, model: type[Record]) -> bool:
    """Whether somebody may publish records of a kind, and change those that are published."""
    options = model._meta
    return isinstance(user, PermissionsMixin) and user.has_perm(
        f"{options.app_label}.publish_{options.model_name}"
    )


def lock_states(state_ids: Iterable[int]) -> None:
    """Let nobody else write about these states until the transaction ends.

    Two people could otherwise each add an act that is possible alone and impossible with the
    other's. SQLite has one writer at a time and needs no lock.
    """
    rows = State.objects.select_for_update().filter(pk__in=set(state_ids)).order_by("pk")
    list(rows.values_list("pk"))


def state_of(record: Record) -> int | None:
    """The id of the state that a record speaks of, or None."""
    if isinstance(record, OfficialDate):
        return record.treaty_action.state_id
    state_id: int | None = getattr(record, "state_id", None)
    return state_id


def _switch(
    records: Iterable[Record],
    *,
    by: User,
    published_at: datetime | None,
    reason: str,
) -> list[Record]:
    records = list(records)
    for model in {type(record) for record in records}:
        if not may_publish(by, model):
            raise PermissionDenied(
                _("You may not publish %(records)s or take them back to draft: ask an editor.")
                % {"records": model._meta.verbose_name_plural}
            )
    with transaction.atomic():
        lock_states(state for record in records if (state := state_of(record)) is not None)
        changed = [
            record
            for record in records
            if _set_published_at(record, published_at=published_at, by=by, reason=reason)
        ]
        soundness.ensure(records=changed)
    for record in changed:
        _set(record, published_at)
    return changed


def _set_published_at(
    record: Record, *, published_at: datetime | None, by: User, reason: str
) -> bool:
    """Store the switch; False if it stood that way already. The record itself stays as it is."""
    stored: Any = type(record)._default_manager.select_for_update().get(pk=record.pk)
    if is_published(stored) == (published_at is not None):
        return False
    stored._history_user = by
    stored._change_reason = reason
    stored.save(update_fields=[_set(stored, published_at)])
    return True


def _set(record: Record, published_at: datetime | None) -> str:
    """Turn the switch on the record itself; the name of the field that is the switch."""
    if isinstance(record, Document):
        record.is_public = published_at is not None
        return "is_public"
    record.published_at = published_at
    return "published_at"
