"""How long personal data of contacts are kept: two years after they stopped serving, then they go.

What was sent to a contact is part of the secretariat's correspondence and stays with the letter.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import OuterRef, Subquery

from states.models import Contact

logger = logging.getLogger(__name__)

KEPT = timedelta(days=2 * 365)


@dataclass(frozen=True)
class Forgotten:
    """How much was removed: contacts, entries of their history, lines of the admin's own log."""

    contacts: int
    history: int
    log: int


@transaction.atomic
def forget_old_contacts(*, now: datetime, kept: timedelta = KEPT) -> Forgotten:
    """Remove contacts that stopped serving longer ago than `kept`, and what is older of others.

    Of a contact that still serves, or that ended less long ago, the history keeps what is younger
    than `kept`, and the newest entry in any case. Of a contact that was deleted the history goes
    as soon as the deletion is that old. Safe to run again.
    """
    edge = now - kept
    ended = Contact.objects.filter(serves_until__lt=edge.date())
    keys = list(ended.values_list("pk", flat=True))
    # A deletion writes a last entry into the history, which must go with the rest.
    contacts = ended.count()
    ended.delete()
    entries = Contact.history.model.objects
    of_ended, _ = entries.filter(id__in=keys).delete()
    newest = entries.filter(id=OuterRef("id")).order_by("-history_id").values("history_id")[:1]
    old = entries.filter(history_date__lt=edge).annotate(newest=Subquery(newest))
    gone = [row.pk for row in old if row.pk != row.newest or row.history_type == "-"]
    older, _ = entries.filter(pk__in=gone).delete()
    log, _ = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Contact), action_time__lt=edge
    ).delete()
    logger.info("Forgot %d contacts and %d entries of their history.", contacts, of_ended + older)
    return Forgotten(contacts=contacts, history=of_ended + older, log=log)
