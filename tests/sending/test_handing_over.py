"""Letters go out through a real mail server: what is sent, what is written down, what is not."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError, QuerySet
from pytest_django import DjangoAssertNumQueries

from reports.letters.models import (
    Bounce,
    Hold,
    Letter,
    LetterEvent,
    LetterRecipient,
    LetterSettings,
)
from reports.letters.sending.claiming import HANDOVER_LEASE, LEASE, claim, recover
from reports.letters.sending.handing_over import Handed, send
from reports.letters.sending.settling import PAUSES
from reports.models import Coverage
from states.models import Contact, State
from tests.admin import records
from tests.mail.server import DROP, MailServer, Step
from tests.reports.given import recorded, report

from . import given
from .given import NOW, status_of

pytestmark = pytest.mark.django_db


def go(*letters: Letter, after: timedelta = timedelta()) -> Handed:
    return send(letter_ids=[letter.pk for letter in letters], clock=lambda: NOW + after)


def last_reason(letter: Letter) -> str:
    event = LetterEvent.objects.filter(letter=letter).last()
    assert event is not None
    return event.reason


@pytest.fixture(autouse=True)
def switched_on() -> LetterSettings:
    return given.switched_on()


def test_an_approved_letter_arrives_whole_and_stands_as_sent(mail_server: MailServer) -> None:
    (state,) = given.parties(1)
    letter = given.letter(state)

    assert go(letter) == Handed(sent=(letter.pk,))

    letter.refresh_from_db()
    assert (letter.status, letter.sent_at, letter.sent_by) == ("sent", NOW, "mail")
    assert (letter.attempts, letter.handover_started_at) == (1, NOW)
    (taken,) = mail_server.taken
    assert (taken.sender, taken.recipients) == (
        "isu@ccm.test",
        ("permanent_mission@state-0.test", "focal_point@state-0.test"),
    )
    message = taken.message
    assert message["Message-ID"] == "<1@ccm.test>"
    assert message["To"] == "permanent_mission of state-0 <permanent_mission@state-0.test>"
    assert message["Cc"] == "focal_point of state-0 <focal_point@state-0.test>"
    assert message["Reply-To"] == "answers@ccm.test"
    assert [part.get_content_type() for part in message.walk() if not part.is_multipart()] == [
        "text/plain",
        "text/html",
        "application/pdf",
    ]
    (pdf,) = message.iter_attachments()
    assert (pdf.get_filename(), pdf.get_content()) == ("CCM-1.pdf", given.PDF)
    assert [
        (row.outcome, row.code, row.answer, row.outcome_at)
        for row in LetterRecipient.objects.filter(letter=letter)
    ] == [("accepted", 250, "2.0.0 Taken", NOW)] * 2
    assert [
        (event.from_status, event.to_status) for event in LetterEvent.objects.filter(letter=letter)
    ] == [
        ("", "drafted"),
        ("drafted", "approved"),
        ("approved", "sending"),
        ("sending", "sent"),
    ]


def test_a_sent_letter_does_not_go_out_again(mail_server: MailServer) -> None:
    (state,) = given.parties(1)
    letter = given.letter(state)

    assert go(letter) == Handed(sent=(letter.pk,))
    assert go(letter, letter) == Handed()
    assert len(mail_server.taken) == 1


@pytest.mark.parametrize("status", ["drafted", "cancelled", "uncertain"])
def test_only_what_is_approved_goes_out(mail_server: MailServer, status: str) -> None:
    (state,) = given.parties(1)
    letter = given.draft(state)
    changes = {"cancelled_because": "by_staff"} if status == "cancelled" else {}
    Letter.objects.filter(pk=letter.pk).update(
        status=status, approved_sha256=letter.sha256, **changes
    )

    assert go(letter) == Handed()
    assert (status_of(letter), mail_server.taken) == (status, [])


# The last look


def test_no_letter_goes_out_after_the_report_arrived(mail_server: MailServer) -> None:
    (state,) = given.parties(1)
    letter = given.letter(state)
    recorded(state, "2026-03-02", by=records.user(), today=NOW.date())

    assert go(letter) == Handed(cancelled=(letter.pk,))

    letter.refresh_from_db()
    assert (letter.status, letter.cancelled_because) == ("cancelled", "report_arrived")
    assert (letter.handover_started_at, mail_server.taken) == (None, [])


def test_the_last_look_comes_when_only_the_letter_itself_is_left_to_send(
    mail_server: MailServer,
) -> None:
    letters = [given.letter(state) for state in given.parties(2)]
    seen: list[Step] = []
    mail_server.judge = lambda moment: seen.append(moment.step)
    LetterSettings.objects.update(reminders_from=None)

    assert go(*letters) == Handed(released=(letters[0].pk, letters[1].pk))

    envelope = [Step.SENDER, Step.RECIPIENT, Step.RECIPIENT]
    assert seen == [Step.GREETING, *envelope, *envelope]
    assert [status_of(letter) for letter in letters] == ["approved", "approved"]


MISSION, COPY = "permanent_mission@state-0.test", "focal_point@state-0.test"
TODAY = NOW.date()

Change = Callable[[State], object]


def hold(state: State, **values: Any) -> Hold:
    """A hold from today until the summer, unless the values say otherwise."""
    usual = {"reason": "Talks", "held_from": TODAY, "held_until": date(2026, 6, 1)}
    return Hold.objects.create(state=state, **usual | values)


def bounce(email: str, **values: Any) -> Bounce:
    return Bounce.objects.create(email=email, bounced_at=NOW, **values)


def contacts(state: State, kind: str) -> QuerySet[Contact]:
    return Contact.objects.filter(state=state, kind=kind)


STOPPED: dict[str, tuple[str, Change]] = {
    "held": ("held", hold),
    "held for this report": ("held", lambda state: hold(state, kind="initial", period=1)),
    "focal point left": (
        "address_changed",
        lambda state: contacts(state, "focal_point").update(serves_until=TODAY),
    ),
    "mission has another address": (
        "address_changed",
        lambda state: contacts(state, "permanent_mission").update(email="new@state-0.test"),
    ),
    "mission was deleted": (
        "address_changed",
        lambda state: contacts(state, "permanent_mission").delete(),
    ),
    "mission's address bounced": ("address_changed", lambda state: bounce(MISSION)),
    "its bounce was told in another case": (
        "address_changed",
        lambda state: bounce(MISSION.upper()),
    ),
    "deposit was taken back": (
        "not_owed",
        lambda state: state.treaty_actions.filter(kind="ratification").update(published_at=None),
    ),
    "deposit was another day": (
        "superseded",
        lambda state: state.treaty_actions.filter(kind="ratification").update(
            date=date(2010, 9, 1)
        ),
    ),
    "entries are not complete": (
        "not_owed",
        lambda state: Coverage.objects.update(complete_through=date(2026, 3, 1)),
    ),
    "report may have come": (
        "not_owed",
        lambda state: report(state, received="2026-03-01/2026-03-09"),
    ),
    "fell due before the first day, and nobody approved": (
        "superseded",
        lambda state: LetterSettings.objects.update(reminders_from=date(2026, 1, 1)),
    ),
}


@pytest.mark.parametrize("case", STOPPED)
def test_the_last_look_finds_what_changed_since_the_approval(
    mail_server: MailServer, case: str
) -> None:
    (state,) = given.parties(1)
    letter = given.letter(state)
    because, change = STOPPED[case]
    change(state)

    assert go(letter) == Handed(cancelled=(letter.pk,))

    letter.refresh_from_db()
    assert (letter.status, letter.cancelled_because) == ("cancelled", because)
    assert mail_server.taken == []


NOT_STOPPED: dict[str, Change] = {
    "another report is held": lambda state: hold(state, kind="annual"),
    "the hold is over": lambda state: hold(state, held_from=date(2026, 1, 1), held_until=TODAY),
    "the bounce was settled": lambda state: bounce(MISSION, settled_at=NOW),
    "the bounce passes": lambda state: bounce(MISSION, is_permanent=False),
}


@pytest.mark.parametrize("case", NOT_STOPPED)
def test_the_last_look_stops_nothing_that_may_go_out(mail_server: MailServer, case: str) -> None:
    (state,) = given.parties(1)
    letter = given.letter(state)
    NOT_STOPPED[case](state)

    assert go(letter) == Handed(sent=(letter.pk,))


def test_a_copy_to_an_address_that_bounced_is_left_out(mail_server: MailServer) -> None:
    (state,) = given.parties(1)
    letter = given.letter(state)
    bounce(COPY.title())

    assert go(letter) == Handed(sent=(letter.pk,))

    assert mail_server.taken[0].recipients == (MISSION,)
    assert mail_server.taken[0].message["Cc"] is None
    assert LetterRecipient.objects.get(letter=letter, role="cc").outcome == "pending"


def test_a_letter_that_is_too_old_does_not_go_out(mail_server: MailServer) -> None:
    (state,) = given.parties(1)
    letter = given.letter(state)

    assert go(letter, after=timedelta(days=7)) == Handed(cancelled=(letter.pk,))

    letter.refresh_from_db()
    assert (letter.cancelled_because, mail_server.taken) == ("superseded", [])


def test_what_fell_due_before_the_first_day_goes_out_once_a_person_approved_it(
    mail_server: MailServer,
) -> None:
    (state,) = given.parties(1)
    LetterSettings.objects.update(reminders_from=date(2026, 1, 1))
    letter = given.draft(state)
    given.approve(letter, by=records.user())

    assert go(letter) == Handed(sent=(letter.pk,))


# What the mail server answers


def test_a_server_that_is_busy_is_asked_again_after_a_pause_that_grows(
    mail_server: MailServer,
) -> None:
    (state,) = given.parties(1)
    letter = given.letter(state, valid_until=date(2026, 12, 31))
    mail_server.judge = lambda moment: "451 4.3.0 Busy" if moment.step is Step.DATA else None
    pauses, after = [], timedelta()

    for _ in range(len(PAUSES) + 1):
        assert go(letter, after=after) == Handed(failed=(letter.pk,))
        letter.refresh_from_db()
        if letter.next_attempt_at is None:
            break
        pauses.append(letter.next_attempt_at - (NOW + after))
        too_early = after + pauses[-1] - timedelta(seconds=1)
        assert go(letter, after=too_early) == Handed()
        after += pauses[-1]

    assert tuple(pauses) == PAUSES
    assert (letter.status, letter.attempts) == ("failed", len(PAUSES) + 1)
    assert last_reason(letter) == ("Not taken, before anything was handed over: 451 4.3.0 Busy")
    # That was the end: nobody tries again.
    assert go(letter, after=timedelta(days=90)) == Handed()
    assert mail_server.taken == []


def test_a_letter_that_failed_goes_out_at_the_next_try(mail_server: MailServer) -> None:
    (state,) = given.parties(1)
    letter = given.letter(state)
    mail_server.judge = lambda moment: "452 Full" if moment.step is Step.CONTENT else None
    assert go(letter) == Handed(failed=(letter.pk,))

    mail_server.judge = lambda moment: None
    assert go(letter, after=PAUSES[0]) == Handed(sent=(letter.pk,))

    letter.refresh_from_db()
    assert (letter.attempts, letter.next_attempt_at, mail_server.ids) == (2, None, ["<1@ccm.test>"])


def test_a_refusal_for_good_is_not_tried_again(mail_server: MailServer) -> None:
    (state,) = given.parties(1)
    letter = given.letter(state)
    mail_server.judge = lambda moment: "554 5.6.0 No" if moment.step is Step.CONTENT else None

    assert go(letter) == Handed(failed=(letter.pk,))

    letter.refresh_from_db()
    assert (letter.status, letter.next_attempt_at) == ("failed", None)
    assert last_reason(letter) == "Not taken: 554 5.6.0 No"


def test_refusals_are_recorded_for_each_address_and_an_unknown_mailbox_counts_as_bounced(
    mail_server: MailServer,
) -> None:
    (state,) = given.parties(1)
    letter = given.letter(state)
    mail_server.judge = lambda moment: (
        "550 5.1.1 No such user" if moment.address == "focal_point@state-0.test" else None
    )

    assert go(letter) == Handed(sent=(letter.pk,))

    rows = LetterRecipient.objects.filter(letter=letter).order_by("role")
    assert [(row.role, row.outcome, row.code, row.answer) for row in rows] == [
        ("cc", "refused", 550, "5.1.1 No such user"),
        ("to", "accepted", 250, "2.0.0 Taken"),
    ]
    (bounce,) = Bounce.objects.standing()
    assert (bounce.email, bounce.recipient, bounce.reason) == (
        "focal_point@state-0.test",
        rows[0],
        "550 5.1.1 No such user",
    )


@pytest.mark.parametrize("step", [Step.CONTENT, Step.TAKEN])
def test_a_connection_lost_after_data_leaves_one_letter_uncertain_and_the_rest_waiting(
    mail_server: MailServer, step: Step
) -> None:
    letters = [given.letter(state) for state in given.parties(3)]
    first, second, third = (letter.pk for letter in letters)
    mail_server.judge = lambda moment: DROP if moment.step is step else None

    assert go(*letters) == Handed(uncertain=(first,), released=(second, third))

    assert [status_of(letter) for letter in letters] == ["uncertain", "approved", "approved"]
    assert {row.outcome for row in LetterRecipient.objects.filter(letter=first)} == {"unknown"}
    assert [letter.attempts for letter in Letter.objects.order_by("pk")] == [1, 0, 0]
    # Nobody but a person sends an uncertain letter again.
    mail_server.judge = lambda moment: None
    later = timedelta(days=1)
    assert go(*letters, after=later) == Handed(sent=(second, third))
    assert len(mail_server.taken) == (3 if step is Step.TAKEN else 2)


def test_a_server_that_does_not_answer_costs_one_letter_a_try_and_the_rest_none(
    mail_server: MailServer,
) -> None:
    letters = [given.letter(state) for state in given.parties(3)]
    mail_server.judge = lambda moment: DROP if moment.step is Step.GREETING else None

    handed = go(*letters)

    assert handed == Handed(failed=(letters[0].pk,), released=(letters[1].pk, letters[2].pk))
    assert [letter.attempts for letter in Letter.objects.order_by("pk")] == [1, 0, 0]


def test_what_a_server_says_is_written_down_whatever_it_is(mail_server: MailServer) -> None:
    (state,) = given.parties(1)
    letter = given.letter(state)
    mail_server.judge = lambda moment: (
        "452 4.3.1 Fu\0ll up" if moment.step is Step.CONTENT else None
    )

    assert go(letter) == Handed(failed=(letter.pk,))
    assert last_reason(letter) == "Not taken: 452 4.3.1 Fu ll up"


def test_a_refused_letter_does_not_stop_those_behind_it(mail_server: MailServer) -> None:
    letters = [given.letter(state) for state in given.parties(3)]
    mail_server.judge = lambda moment: (
        "550 5.7.1 Policy" if moment.address == "permanent_mission@state-1.test" else None
    )

    assert go(*letters) == Handed(sent=(letters[0].pk, letters[2].pk), failed=(letters[1].pk,))
    assert mail_server.connections == 1


def test_an_address_that_is_none_fails_its_letter_alone(mail_server: MailServer) -> None:
    states = given.parties(2)
    contacts(states[0], "permanent_mission").update(email="no address")
    letters = [given.letter(state) for state in states]

    assert go(*letters) == Handed(sent=(letters[1].pk,), failed=(letters[0].pk,))
    assert last_reason(letters[0]) == (
        "Not taken, before anything was handed over: 'no address' is not an e-mail address."
    )


# Claims and leases


def test_of_two_workers_one_gets_the_letter() -> None:
    letters = [given.letter(state) for state in given.parties(2)]
    ids = [letter.pk for letter in letters]

    token, first = claim(letter_ids=ids[:1], now=NOW)
    other, second = claim(letter_ids=ids, now=NOW)

    assert (first, second) == (ids[:1], ids[1:])
    assert token != other


def test_a_lease_that_runs_out_before_the_handover_gives_the_letter_back() -> None:
    (state,) = given.parties(1)
    letter = given.letter(state)
    claim(letter_ids=[letter.pk], now=NOW)

    assert recover(now=NOW + LEASE - timedelta(seconds=1)) == ([], [])
    assert recover(now=NOW + LEASE) == ([letter.pk], [])
    assert recover(now=NOW + LEASE) == ([], [])
    assert status_of(letter) == "approved"


def test_a_lease_that_runs_out_after_the_handover_leaves_the_letter_uncertain() -> None:
    (state,) = given.parties(1)
    letter = given.letter(state)
    claim(letter_ids=[letter.pk], now=NOW)
    Letter.objects.update(handover_started_at=NOW, lease_until=NOW + HANDOVER_LEASE)

    assert recover(now=NOW + HANDOVER_LEASE) == ([], [letter.pk])
    assert status_of(letter) == "uncertain"


def test_a_worker_that_was_only_slow_still_says_how_it_ended(mail_server: MailServer) -> None:
    """Its lease ran out while the mail server kept it waiting, and the sweep gave up on it."""
    (state,) = given.parties(1)
    letter = given.letter(state)
    times = iter([NOW, NOW, NOW, NOW + timedelta(hours=1)])

    def clock() -> datetime:
        now = next(times, NOW + timedelta(hours=1))
        if now > NOW:
            recover(now=now)
        return now

    assert send(letter_ids=[letter.pk], clock=clock) == Handed(sent=(letter.pk,))

    assert [event.to_status for event in LetterEvent.objects.filter(letter=letter)][-3:] == [
        "sending",
        "uncertain",
        "sent",
    ]
    assert last_reason(letter) == (
        "The worker came back after all: The mail server took it: 2.0.0 Taken"
    )


def test_a_worker_whose_lease_ran_out_does_not_hand_over(mail_server: MailServer) -> None:
    (state,) = given.parties(1)
    letter = given.letter(state)
    times = iter([NOW, NOW])

    handed = send(letter_ids=[letter.pk], clock=lambda: next(times, NOW + LEASE))

    assert (handed, mail_server.taken) == (Handed(), [])
    assert recover(now=NOW + LEASE) == ([letter.pk], [])


@pytest.mark.parametrize(("count", "queries"), [(1, 31), (3, 59)])
def test_each_letter_costs_the_same_queries(
    mail_server: MailServer,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
    queries: int,
) -> None:
    letters = [given.letter(state) for state in given.parties(count)]

    with django_assert_num_queries(queries):
        assert len(go(*letters).sent) == count


# What a power cut may take


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("answer", ["250 2.0.0 Taken", "452 Full"])
def test_every_commit_waits_for_the_disk_but_that_of_the_outcome(
    mail_server: MailServer, answer: str
) -> None:
    """A handover that is lost would be a letter sent twice; a lost outcome waits for a person."""
    given.letter(given.parties(1)[0])
    mail_server.judge = lambda moment: answer if moment.step is Step.CONTENT else None
    waits: list[tuple[str, bool]] = []

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith('UPDATE "reports_letter" SET'):
            what = "handover" if sql.startswith('UPDATE "reports_letter" SET "hand') else "status"
            waits.append((what, waits_for_the_disk()))
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        go(Letter.objects.get())

    assert waits == [("status", True), ("handover", True), ("status", False)]
    assert waits_for_the_disk()


def waits_for_the_disk() -> bool:
    """Whether a transaction that is committed now would wait until the disk has it."""
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous" if is_sqlite else "SHOW synchronous_commit")
        (level,) = cursor.fetchone()
    return level in {2, "on"}


# What was sent stands


@pytest.mark.parametrize(
    "change",
    [
        {"status": "cancelled", "cancelled_because": "by_staff", "sent_at": None, "sent_by": ""},
        {"sent_at": NOW + timedelta(days=1)},
        {"text": "Another text"},
        {"pdf": b"another"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_database_lets_nobody_change_what_was_sent(
    mail_server: MailServer, change: dict[str, Any]
) -> None:
    (state,) = given.parties(1)
    letter = given.letter(state)
    go(letter)

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(**change)
    with pytest.raises(ProtectedError):
        letter.delete()
    assert status_of(letter) == "sent"


@pytest.mark.parametrize("change", [{"email": "x@y.test"}, {"name": "Another"}, {"role": "cc"}])
def test_the_database_lets_nobody_change_to_whom_it_went(change: dict[str, str]) -> None:
    (state,) = given.parties(1)
    letter = given.letter(state)

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        LetterRecipient.objects.filter(letter=letter, role="to").update(**change)
