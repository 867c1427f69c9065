"""What a letter may become, and that nothing else changes it."""

import itertools
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from reports.letters.models import LetterStatus as Status
from reports.letters.transitions import ALLOWED, NotAllowed, move
from reports.models import Letter, LetterEvent
from tests.admin import records
from tests.letters import given

pytestmark = pytest.mark.django_db


WRITTEN: dict[str, dict[str, Any]] = {
    Status.APPROVED: {"approved_sha256": given.SHA},
    Status.SENDING: {
        "claim_token": "11111111-1111-4111-8111-111111111111",
        "lease_until": given.NOW,
    },
    Status.SENT: {"sent_at": given.NOW, "sent_by": "other"},
    Status.CANCELLED: {"cancelled_because": "by_staff"},
}
"""What is written with each status."""

WAYS_TO: dict[str, tuple[str, ...]] = {
    Status.DRAFTED: (),
    Status.APPROVED: ("approved",),
    Status.SENDING: ("approved", "sending"),
    Status.SENT: ("approved", "sending", "sent"),
    Status.FAILED: ("approved", "sending", "failed"),
    Status.UNCERTAIN: ("approved", "sending", "uncertain"),
    Status.CANCELLED: ("cancelled",),
}


def brought_to(status: str) -> Letter:
    letter = given.letter(records.party())
    for step in WAYS_TO[status]:
        step_to(letter, step)
    return letter


def step_to(letter: Letter, status: str) -> bool:
    letter.refresh_from_db()
    return move(
        letter_id=letter.pk,
        was=Status(letter.status),
        to=Status(status),
        at=given.NOW,
        by=None,
        **WRITTEN.get(status, {}),
    )


def test_every_status_has_its_row_in_the_table() -> None:
    assert set(ALLOWED) == set(Status)


@pytest.mark.parametrize(("was", "to"), list(itertools.product(Status, Status)))
def test_a_letter_becomes_what_the_table_allows_and_nothing_else(was: Status, to: Status) -> None:
    letter = brought_to(was)

    if to in ALLOWED[was]:
        assert step_to(letter, to)
    else:
        with pytest.raises(NotAllowed):
            step_to(letter, to)

    letter.refresh_from_db()
    assert letter.status == (to if to in ALLOWED[was] else was)


def test_each_change_leaves_one_event_with_time_person_and_reason() -> None:
    chief = records.user()
    letter = given.letter(records.party())

    move(
        letter_id=letter.pk,
        was=Status.DRAFTED,
        to=Status.APPROVED,
        at=given.NOW,
        by=chief,
        reason="Read.",
        approved_sha256=given.SHA,
    )

    events = letter.events.values_list("from_status", "to_status", "at", "by", "reason", "sha256")
    assert list(events) == [
        ("", "drafted", given.NOW, None, "", ""),
        ("drafted", "approved", given.NOW, chief.pk, "Read.", given.SHA),
    ]


def test_of_two_who_change_a_letter_one_succeeds_and_the_other_leaves_no_trace() -> None:
    letter = brought_to(Status.APPROVED)
    claim = WRITTEN[Status.SENDING]
    change: dict[str, Any] = {
        "letter_id": letter.pk,
        "was": Status.APPROVED,
        "at": given.NOW,
        "by": None,
    }

    first = move(to=Status.SENDING, **change, **claim)
    second = move(to=Status.SENDING, **change, **claim)

    assert (first, second) == (True, False)
    assert letter.events.filter(to_status="sending").count() == 1


def test_nobody_moves_a_letter_under_the_claim_of_another() -> None:
    letter = brought_to(Status.SENDING)

    moved = move(
        letter_id=letter.pk,
        was=Status.SENDING,
        to=Status.FAILED,
        at=given.NOW,
        by=None,
        where={"claim_token": "22222222-2222-4222-8222-222222222222"},
    )

    letter.refresh_from_db()
    assert (moved, letter.status) == (False, "sending")


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "Another"},
        {"text": "Another"},
        {"html": "<p>Another</p>"},
        {"pdf": b"another"},
        {"sha256": "cd" * 32},
        {"message_id": "another@example.org"},
        {"number": "another"},
        {"dated_on": "2026-01-02"},
        {"valid_until": "2026-02-01"},
        {"sender": "another@example.org"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_the_database_refuses_to_change_what_a_letter_says(changes: dict[str, Any]) -> None:
    letter = brought_to(Status.SENT)

    with pytest.raises(IntegrityError, match="What a letter says never changes"):
        Letter.objects.filter(pk=letter.pk).update(**changes)


def test_the_database_refuses_to_change_an_event() -> None:
    letter = given.letter(records.party())

    with pytest.raises(IntegrityError, match="Events of letters are only added"):
        LetterEvent.objects.filter(letter=letter).update(reason="Another")


def test_a_letter_with_events_cannot_be_deleted() -> None:
    letter = given.letter(records.party(), to="")

    with pytest.raises(ProtectedError):
        letter.delete()


def test_the_database_refuses_to_approve_anything_but_what_was_previewed() -> None:
    letter = given.letter(records.party())

    with pytest.raises(IntegrityError, match="letter_approved_as_previewed"), transaction.atomic():
        move(
            letter_id=letter.pk,
            was=Status.DRAFTED,
            to=Status.APPROVED,
            at=given.NOW,
            by=None,
            approved_sha256="cd" * 32,
        )

    assert list(letter.events.values_list("to_status", flat=True)) == ["drafted"]


def test_the_same_letter_is_written_once() -> None:
    norway = records.party()
    given.letter(norway, attempt=1)

    with pytest.raises(IntegrityError):
        given.letter(norway, attempt=1)
