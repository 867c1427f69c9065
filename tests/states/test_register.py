"""Who is bound, since when: the rules on made-up histories, and what holds for every history."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from states.register import Event, Register, Status

from .histories import DAYS, EVENTS, HISTORIES, event, history, standing

SIGNED = event("signature", "2008-12-03")
RATIFIED = event("ratification", "2011-03-24")
WITHDRAWN = event("withdrawal", "2024-09-06")


@pytest.mark.parametrize(
    ("on", "status", "is_bound", "is_withdrawn"),
    [
        ("2008-12-02", Status.NOT_PARTY, False, False),
        ("2008-12-03", Status.SIGNATORY, False, False),
        ("2011-03-23", Status.SIGNATORY, False, False),
        # Article 16: a party to the community from the deposit; Article 17.2: bound later.
        ("2011-03-24", Status.PARTY, False, False),
        ("2011-08-31", Status.PARTY, False, False),
        ("2011-09-01", Status.PARTY, True, False),
        # Article 20.3: bound for six months after the notification.
        ("2024-09-06", Status.PARTY, True, False),
        ("2025-03-05", Status.PARTY, True, False),
        ("2025-03-06", Status.NOT_PARTY, False, True),
    ],
)
def test_a_state_signs_joins_and_withdraws(
    on: str, status: Status, is_bound: bool, is_withdrawn: bool
) -> None:
    stands = standing(on, SIGNED, RATIFIED, WITHDRAWN)

    assert (stands.status, stands.is_bound, stands.is_withdrawn) == (status, is_bound, is_withdrawn)


def test_a_state_that_signs_and_ratifies_on_one_day_is_a_party() -> None:
    stands = standing("2008-12-03", SIGNED, event("ratification", "2008-12-03"))

    assert stands.status is Status.PARTY
    assert stands.signature == SIGNED


def test_article_17_1_nobody_knew_the_entry_into_force_before_the_thirtieth_deposit() -> None:
    ratified = event("ratification", "2008-12-03")

    assert standing("2010-02-15", SIGNED, ratified).entry_into_force is None
    assert standing("2010-02-16", SIGNED, ratified).entry_into_force == date(2010, 8, 1)


@pytest.mark.parametrize(
    "kind", ["ratification", "acceptance", "approval", "accession", "succession"]
)
def test_every_kind_of_deposit_makes_a_party(kind: str) -> None:
    stands = standing("2012-01-01", event(kind, "2011-03-24"))

    assert (stands.status, stands.is_bound) == (Status.PARTY, True)


def test_a_state_that_joins_again_counts_from_its_latest_deposit() -> None:
    again = event("accession", "2027-01-15")
    before = standing("2027-01-14", SIGNED, RATIFIED, WITHDRAWN, again)
    after = standing("2027-07-01", SIGNED, RATIFIED, WITHDRAWN, again)

    assert (before.status, before.is_withdrawn) == (Status.NOT_PARTY, True)
    assert (after.status, after.is_bound, after.is_withdrawn) == (Status.PARTY, True, False)
    assert (after.deposited, after.entry_into_force) == (again, date(2027, 7, 1))
    assert (after.withdrawal, after.withdrawn_on) == (None, None)


@pytest.mark.parametrize(
    ("on", "status", "withdrawn_on"),
    [
        ("2025-03-06", Status.PARTY, None),
        ("2030-01-01", Status.PARTY, None),
    ],
)
def test_article_20_3_a_state_in_an_armed_conflict_stays_bound(
    on: str, status: Status, withdrawn_on: date | None
) -> None:
    waiting = event("withdrawal", "2024-09-06", officially=None)
    stands = standing(on, SIGNED, RATIFIED, waiting)

    assert (stands.status, stands.withdrawn_on, stands.is_bound) == (status, withdrawn_on, True)


@pytest.mark.parametrize(
    ("on", "status"), [("2027-01-30", Status.PARTY), ("2027-01-31", Status.NOT_PARTY)]
)
def test_article_20_3_the_withdrawal_takes_effect_when_the_conflict_ends(
    on: str, status: Status
) -> None:
    late = event("withdrawal", "2024-09-06", officially="2027-01-31")

    assert standing(on, SIGNED, RATIFIED, late).status is status


def test_an_official_date_of_entry_into_force_wins_over_the_rule() -> None:
    ratified = event("ratification", "2011-03-24", officially="2011-10-01")

    assert standing("2011-09-30", SIGNED, ratified).is_bound is False
    assert standing("2011-10-01", SIGNED, ratified).is_bound is True


@pytest.mark.parametrize(
    ("on", "lasts"),
    [("2011-03-23", False), ("2011-03-24", True), ("2011-08-31", True), ("2011-09-01", False)],
)
def test_article_18_provisional_application_lasts_until_entry_into_force(
    on: str, lasts: bool
) -> None:
    declared = event("provisional_application", "2011-03-24")
    stands = standing(on, SIGNED, RATIFIED, declared)

    assert stands.provisional_application == (declared if lasts else None)


def test_article_18_a_declaration_does_not_outlive_its_membership() -> None:
    declared = event("provisional_application", "2011-03-24")
    again = event("accession", "2027-01-15")
    stands = standing("2027-02-01", SIGNED, RATIFIED, declared, WITHDRAWN, again)

    assert stands.provisional_application is None


@given(HISTORIES, DAYS)
@settings(deadline=None)
def test_the_statuses_always_add_up_to_all_states(events: dict[str, list[Event]], on: date) -> None:
    register = history(events).on(on)
    groups = (register.parties, register.signatories, register.not_party)

    assert sorted(standing.state.iso3 for group in groups for standing in group) == [
        "AAA",
        "BBB",
        "CCC",
    ]
    assert {*register.withdrawn} <= {*register.not_party}
    assert {*register.bound} <= {*register.parties}


@given(HISTORIES, EVENTS, DAYS)
@settings(deadline=None)
def test_an_event_to_come_never_changes_an_answer_about_the_past(
    events: dict[str, list[Event]], more: list[Event], on: date
) -> None:
    later = [done for done in more if done.on > on]
    longer = events | {"AAA": sorted(events["AAA"] + later, key=lambda done: done.on)}

    def answers(register: Register) -> list[Any]:
        return [
            (
                stands.status,
                stands.is_bound,
                stands.is_withdrawn,
                stands.signature,
                stands.deposited,
                stands.entry_into_force,
                stands.withdrawn_on,
                stands.provisional_application,
            )
            for stands in register
        ]

    assert answers(history(longer).on(on)) == answers(history(events).on(on))
