"""Approved letters of states that owe their initial report, ready to go out."""

import hashlib
import string
from datetime import UTC, date, datetime, timedelta
from typing import Any

from reports.letters.models import (
    Letter,
    LetterRecipient,
    LetterSettings,
    LetterStage,
    LetterStatus,
)
from reports.letters.transitions import drafted, move
from reports.models import Coverage
from states.models import Contact, State, TreatyAction
from tests.admin import records
from tests.letters import given as letters

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DEPOSITED = date(2009, 1, 15)
"""Binding from 1 August 2010, so that the initial report fell due on 28 January 2011."""
DUE_ON = date(2011, 1, 28)
SIGNS = string.ascii_uppercase + string.digits + string.ascii_lowercase
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 64 + b"\n%%EOF\n"


def switched_on(*, now: datetime = NOW, **values: Any) -> LetterSettings:
    """Letters go out, and the entries are complete through today."""
    for kind in ("initial", "annual"):
        Coverage.objects.update_or_create(
            kind=kind, defaults={"complete_through": now.date() + timedelta(days=30)}
        )
    values = {
        "reminders_from": date(2011, 1, 1),
        "sender_name": "Implementation Support Unit",
        "sender_email": "isu@ccm.test",
        "warn_email": "secretariat@ccm.test",
    } | values
    settings, _ = LetterSettings.objects.update_or_create(pk=1, defaults=values)
    return settings


def parties(count: int, *, first: int = 0) -> list[State]:
    """States Parties that owe their initial report, each with a mission and a focal point."""
    made = State.objects.bulk_create(
        State(
            iso3=_letters(number, 3),
            iso2=_letters(number, 2),
            slug=f"state-{number}",
            ccm_region="europe",
        )
        for number in range(first, first + count)
    )
    TreatyAction.objects.bulk_create(
        TreatyAction(state=state, kind=kind, date=day, published_at=records.NOW)
        for state in made
        for kind, day in (("signature", date(2008, 12, 3)), ("ratification", DEPOSITED))
    )
    Contact.objects.bulk_create(
        Contact(
            state=state,
            kind=kind,
            name=f"{kind} of {state.slug}",
            email=f"{kind}@{state.slug}.test",
        )
        for state in made
        for kind in ("permanent_mission", "focal_point")
    )
    return made


def letter(of: State, *, now: datetime = NOW, number: int = 0, **values: Any) -> Letter:
    """A letter that is approved, with the mission as its addressee and the focal point in copy."""
    made = draft(of, now=now, number=number, **values)
    approve(made, now=now)
    return Letter.objects.get(pk=made.pk)


def draft(of: State, *, now: datetime = NOW, number: int = 0, **values: Any) -> Letter:
    """The same letter before its approval."""
    number = number or Letter.objects.count() + 1
    body = f"Excellency,\n\nThe report of {of.slug} is late.\n"
    values = {
        "kind": "initial",
        "period": 1,
        "stage": LetterStage.objects.first() or letters.stage(),
        "attempt": 1,
        "language": "en",
        "dated_on": now.date(),
        "due_on": DUE_ON,
        "days_late": (now.date() - DUE_ON).days,
        "sender": "Implementation Support Unit <isu@ccm.test>",
        "reply_to": "answers@ccm.test",
        "subject": "Initial report under Article 7",
        "text": body,
        "html": f"<p>{body}</p>",
        "pdf": PDF,
        "valid_until": now.date() + timedelta(days=7),
        "needs_approval": True,
        "created_at": now,
    } | values
    made = Letter.objects.create(
        state=of,
        number=f"CCM/{number}",
        message_id=f"{number}@ccm.test",
        sha256=hashlib.sha256(body.encode()).hexdigest(),
        **values,
    )
    LetterRecipient.objects.bulk_create(
        LetterRecipient(
            letter=made,
            role="to" if contact.kind == Contact.Kind.PERMANENT_MISSION else "cc",
            contact=contact,
            name=contact.name,
            email=contact.email,
        )
        for contact in of.contacts.order_by("-kind")
    )
    drafted([made], by=None)
    return made


def approve(letter: Letter, *, now: datetime = NOW, by: Any = None) -> None:
    """Approve a letter, as staff or, without `by`, as an automatic stage does."""
    assert move(
        letter_id=letter.pk,
        was=LetterStatus.DRAFTED,
        to=LetterStatus.APPROVED,
        at=now,
        by=by,
        approved_sha256=letter.sha256,
    )


def status_of(letter: Letter) -> str:
    return str(Letter.objects.values_list("status", flat=True).get(pk=letter.pk))


def _letters(number: int, length: int) -> str:
    """A number in letters and digits, as many as there is room for."""
    signs = ""
    for _ in range(length):
        number, rest = divmod(number, len(SIGNS))
        signs = SIGNS[rest] + signs
    return signs
