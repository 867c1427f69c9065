"""The last question before a letter goes out: is it still right?

Asked inside the transaction that locks the state's row. Whoever records a report locks the same
row: either the report is seen here, or its recording waits until the letter is on its way.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_noop

from ccm_portal.prepared import Parameter, Prepared
from reports.deadlines import ReportDeadline, Reporting, recorded_reports_of
from reports.letters.ladder import is_owed, owed_of
from reports.letters.models import (
    Bounce,
    CancelledBecause,
    Hold,
    Letter,
    LetterEvent,
    LetterRecipient,
    LetterSettings,
    LetterStatus,
    RecipientRole,
)
from reports.letters.retiring import ARRIVED, DUE_DATE_MOVED, EXPIRED, NOT_OWED, ON_HOLD
from states.models import Contact

NOT_SWITCHED_ON = gettext_noop("No letter goes out: “reminders from” is empty or a day to come")
NOT_APPROVED = gettext_noop(
    "The report fell due before the day from which reminders go out, and nobody approved the letter"
)
CONTACT_CHANGED = gettext_noop("The address or the service of the contact has changed")
ADDRESS_BOUNCED = gettext_noop("Mail to the address has come back")


class Objection(NamedTuple):
    """Why a letter must not go out. `because` None: not now, but it stays approved."""

    because: CancelledBecause | None
    reason: str


def written_to(letter_ids: Collection[int]) -> QuerySet[LetterRecipient]:
    """Whom letters go to: all but the copies to addresses from which mail has come back."""
    recipients = LetterRecipient.objects.filter(letter_id__in=letter_ids).order_by("pk")
    return recipients.exclude(_came_back(), role=RecipientRole.CC)


def look(
    letter: Letter, recipients: Collection[LetterRecipient], *, on: date, reporting: Reporting
) -> Objection | None:
    """Why a letter must not go out on a day, by what the database says now; None if it may.

    `reporting` gives the treaty history; receipts are read anew. Costs six queries at most.
    """
    return (
        _of_the_letter(letter, on)
        or _of_the_report(letter, on, reporting)
        or _of_a_hold(letter, on)
        or _of_the_addresses(letter, recipients, on)
    )


def _came_back() -> Exists:
    """Whether mail has come back from the address of a recipient, and nobody settled it.

    Providers report an address in small letters, however the contact wrote it.
    """
    bounces = Bounce.objects.standing().annotate(address=Lower("email"))
    return Exists(bounces.filter(address=Lower(OuterRef("email"))))


def _serves(on: Parameter) -> Exists:
    """Whether the contact of a recipient is in service with the same address."""
    contacts = Contact.objects.serving(on)
    return Exists(contacts.filter(pk=OuterRef("contact"), email=OuterRef("email")))


_REMINDERS_FROM = Prepared(
    lambda: LetterSettings.objects.filter(pk=1).values_list("reminders_from")
)
_HOLDS = Prepared(
    lambda: (
        Hold.objects.on(Parameter("on"))
        .filter(state=Parameter("state"))
        .order_by()
        .values_list("kind", "period", "held_from", "held_until")
    )
)
_ADDRESSES = Prepared(
    lambda: (
        LetterRecipient.objects.filter(letter=Parameter("letter"))
        .order_by()
        .values_list("pk", _serves(Parameter("on")), _came_back())
    )
)


def _of_the_letter(letter: Letter, on: date) -> Objection | None:
    reminders_from = next((day for (day,) in _REMINDERS_FROM.rows()), None)
    if reminders_from is None or reminders_from > on:
        return Objection(None, NOT_SWITCHED_ON)
    if letter.valid_until <= on:
        return Objection(CancelledBecause.SUPERSEDED, EXPIRED)
    if letter.due_on < reminders_from and not _approved_by_a_person(letter):
        return Objection(CancelledBecause.SUPERSEDED, NOT_APPROVED)
    return None


def _approved_by_a_person(letter: Letter) -> bool:
    return LetterEvent.objects.filter(
        letter=letter, to_status=LetterStatus.APPROVED, by__isnull=False, sha256=letter.sha256
    ).exists()


def _of_the_report(letter: Letter, on: date, reporting: Reporting) -> Objection | None:
    now = replace(reporting, reports=recorded_reports_of(letter.state_id))
    owed = _owed_report(letter, on, now)
    if owed is not None and owed.state_of_play.is_in:
        return Objection(CancelledBecause.REPORT_ARRIVED, ARRIVED)
    if owed is None or not is_owed(owed, complete_through=now.complete_through):
        return Objection(CancelledBecause.NOT_OWED, NOT_OWED)
    if owed.due_on != letter.due_on:
        return Objection(CancelledBecause.SUPERSEDED, DUE_DATE_MOVED)
    return None


def _owed_report(letter: Letter, on: date, reporting: Reporting) -> ReportDeadline | None:
    """The owed report that a letter is about, None where there is none any more."""
    named = (letter.state_id, letter.kind, letter.period)
    standing = reporting.history.standing_of(letter.state_id, on)
    return next((item for item in reporting.of_state(standing) if owed_of(item) == named), None)


def _of_a_hold(letter: Letter, on: date) -> Objection | None:
    covered = any(
        Hold(
            state_id=letter.state_id,
            kind=kind,
            period=period,
            held_from=held_from,
            held_until=held_until,
        ).covers(state_id=letter.state_id, kind=letter.kind, period=letter.period, on=on)
        for kind, period, held_from, held_until in _HOLDS.rows(state=letter.state_id, on=on)
    )
    return Objection(CancelledBecause.HELD, ON_HOLD) if covered else None


def _of_the_addresses(
    letter: Letter, recipients: Collection[LetterRecipient], on: date
) -> Objection | None:
    rows = _ADDRESSES.rows(letter=letter.pk, on=on)
    now = {pk: (serves, came_back) for pk, serves, came_back in rows}
    for recipient in recipients:
        is_addressee = recipient.role == RecipientRole.TO
        serves, came_back = now.get(recipient.pk, (False, False))
        if not serves and (is_addressee or recipient.contact_id is not None):
            return Objection(CancelledBecause.ADDRESS_CHANGED, CONTACT_CHANGED)
        if came_back and is_addressee:
            return Objection(CancelledBecause.ADDRESS_CHANGED, ADDRESS_BOUNCED)
    return None
