"""The last question before a letter goes out: is it still right?

Asked inside the transaction that locks the state's row. Whoever records a report locks the same
row: either the report is seen here, or its recording waits until the letter is on its way.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from django.db.models.functions import Lower
from django.utils.translation import gettext_noop

from reports.deadlines import ReportDeadline, Reporting, recorded_reports
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


def look(
    letter: Letter, recipients: Collection[LetterRecipient], *, on: date, reporting: Reporting
) -> Objection | None:
    """Why a letter must not go out on a day, by what the database says now; None if it may.

    `reporting` gives the treaty history; receipts are read anew. Costs seven queries at most.
    """
    return (
        _of_the_letter(letter, on)
        or _of_the_report(letter, on, reporting)
        or _of_a_hold(letter, on)
        or _of_the_contacts(recipients, on)
        or _of_a_bounce(recipients)
    )


def without_bounced_copies(recipients: Iterable[LetterRecipient]) -> list[LetterRecipient]:
    """The recipients, without the copies to addresses from which mail has come back."""
    found = list(recipients)
    bounced = _bounced(found)
    return [
        item for item in found if item.role == RecipientRole.TO or item.email.lower() not in bounced
    ]


def _of_the_letter(letter: Letter, on: date) -> Objection | None:
    set_by_staff = LetterSettings.objects.filter(pk=1)
    reminders_from = set_by_staff.values_list("reminders_from", flat=True).first()
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
    now = replace(reporting, reports=recorded_reports(state_id=letter.state_id))
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
    holds = Hold.objects.on(on).filter(state_id=letter.state_id).order_by()
    covered = any(
        hold.covers(state_id=letter.state_id, kind=letter.kind, period=letter.period, on=on)
        for hold in holds
    )
    return Objection(CancelledBecause.HELD, ON_HOLD) if covered else None


def _of_the_contacts(recipients: Collection[LetterRecipient], on: date) -> Objection | None:
    if any(item.contact_id is None for item in recipients if item.role == RecipientRole.TO):
        return Objection(CancelledBecause.ADDRESS_CHANGED, CONTACT_CHANGED)
    known = {item.contact_id: item.email for item in recipients if item.contact_id is not None}
    serving = Contact.objects.serving(on).filter(pk__in=known).order_by()
    if dict(serving.values_list("pk", "email")) != known:
        return Objection(CancelledBecause.ADDRESS_CHANGED, CONTACT_CHANGED)
    return None


def _of_a_bounce(recipients: Collection[LetterRecipient]) -> Objection | None:
    bounced = _bounced(recipients)
    if any(item.email.lower() in bounced for item in recipients if item.role == RecipientRole.TO):
        return Objection(CancelledBecause.ADDRESS_CHANGED, ADDRESS_BOUNCED)
    return None


def _bounced(recipients: Collection[LetterRecipient]) -> set[str]:
    """Of the recipients' addresses, in small letters, those from which mail has come back.

    Providers report an address in small letters, however the contact wrote it.
    """
    emails = {item.email.lower() for item in recipients}
    standing = Bounce.objects.standing().annotate(address=Lower("email"))
    return set(standing.filter(address__in=emails).values_list("address", flat=True))
