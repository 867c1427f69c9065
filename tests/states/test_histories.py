"""Impossible histories are refused, each with its reason; the real ones are all possible."""

import csv
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from states import convention
from states.histories import DEPOSITS, Act, Code, effect_of_withdrawal, impossibilities
from states.models import TreatyAction

Kind = TreatyAction.Kind
TODAY = date(2026, 1, 1)
DATASET = Path(__file__).resolve().parents[2] / "states" / "dataset" / "treaty_actions.csv"


def act(kind: str, on: str, effect: str = "", *, suspended: bool = False) -> Act:
    return Act(
        kind=kind,
        on=date.fromisoformat(on),
        takes_effect_on=date.fromisoformat(effect) if effect else None,
        is_suspended=suspended,
    )


SIGNED = act("signature", "2008-12-03")
RATIFIED = act("ratification", "2010-11-29")
WITHDRAWN = act("withdrawal", "2020-01-10")

POSSIBLE = {
    "nothing at all": [],
    "signature (15)": [SIGNED],
    "signature on the last day (15)": [act("signature", "2010-07-31")],
    "signature, then ratification (16.1)": [SIGNED, RATIFIED],
    "signature and ratification on one day (16.1)": [SIGNED, act("ratification", "2008-12-03")],
    "acceptance by a signatory (16.1)": [SIGNED, act("acceptance", "2009-07-14")],
    "approval by a signatory (16.1)": [SIGNED, act("approval", "2009-07-14")],
    "accession without signature (16.2)": [act("accession", "2011-06-29")],
    "accession before entry into force (16.2)": [act("accession", "2009-06-29")],
    "succession without signature": [act("succession", "2012-01-01")],
    "withdrawal by a party (20.2)": [SIGNED, RATIFIED, WITHDRAWN],
    "accession once the withdrawal took effect (20.3)": [
        SIGNED,
        RATIFIED,
        WITHDRAWN,
        act("accession", "2020-07-10"),
    ],
    "accession once the withdrawal officially took effect (20.3)": [
        SIGNED,
        RATIFIED,
        act("withdrawal", "2020-01-10", "2021-03-01"),
        act("accession", "2021-03-01"),
    ],
    "second withdrawal after joining again (20.2)": [
        SIGNED,
        RATIFIED,
        WITHDRAWN,
        act("accession", "2020-07-10"),
        act("withdrawal", "2022-01-10"),
    ],
    "provisional application with the deposit (18)": [
        act("accession", "2014-09-02"),
        act("provisional_application", "2014-09-02"),
    ],
    "provisional application on the eve of entry into force (18)": [
        SIGNED,
        RATIFIED,
        act("provisional_application", "2011-04-30"),
    ],
    "provisional application before a later official entry into force (18)": [
        act("accession", "2014-09-02", "2015-06-01"),
        act("provisional_application", "2015-05-31"),
    ],
    "provisional application after joining again (18)": [
        act("accession", "2014-09-02"),
        act("provisional_application", "2014-09-02"),
        act("withdrawal", "2016-01-01"),
        act("accession", "2017-01-01"),
        act("provisional_application", "2017-01-01"),
    ],
    "an act of today": [act("accession", TODAY.isoformat())],
}


@pytest.mark.parametrize("history", POSSIBLE.values(), ids=POSSIBLE.keys())
def test_possible_history_has_no_objection(history: list[Act]) -> None:
    assert impossibilities(history, today=TODAY) == []


RATIFICATIONS = ("ratification", "acceptance", "approval")
# What was done before, the impossible act, its code, and its sentence.
IMPOSSIBLE = {
    "ratification without signature (16.1)": (
        [],
        act("ratification", "2011-01-01"),
        Code.NOT_SIGNED,
        "Only a state that signed can ratify, accept or approve (Article 16.1): enter its "
        "signature first, or an accession if it never signed.",
    ),
    "accession by a signatory (16)": (
        [SIGNED],
        act("accession", "2011-01-01"),
        Code.SIGNATORY_ACCEDES,
        "A state that signed, as this one did on 3 December 2008, joins by ratification, "
        "acceptance or approval; accession is for states that did not sign (Article 16).",
    ),
    "two deposits (16)": (
        [SIGNED, RATIFIED],
        act("accession", "2012-01-01"),
        Code.DEPOSITED_TWICE,
        "A state deposits one instrument, and this one did on 29 November 2010 (Article 16): "
        "before another one it must have withdrawn (Article 20).",
    ),
    "succession by a party (16)": (
        [SIGNED, RATIFIED],
        act("succession", "2012-01-01"),
        Code.DEPOSITED_TWICE,
        "A state deposits one instrument, and this one did on 29 November 2010 (Article 16): "
        "before another one it must have withdrawn (Article 20).",
    ),
    "accession before the withdrawal takes effect (20.3)": (
        [SIGNED, RATIFIED, WITHDRAWN],
        act("accession", "2020-07-09"),
        Code.WITHDRAWAL_NOT_IN_EFFECT,
        "The withdrawal of 10 January 2020 takes effect on 10 July 2020 (Article 20.3): "
        "the state can join again from that day on.",
    ),
    "accession before the official effect of the withdrawal (20.3)": (
        [SIGNED, RATIFIED, act("withdrawal", "2020-01-10", "2021-03-01")],
        act("accession", "2021-02-28"),
        Code.WITHDRAWAL_NOT_IN_EFFECT,
        "The withdrawal of 10 January 2020 takes effect on 1 March 2021 (Article 20.3): "
        "the state can join again from that day on.",
    ),
    "accession while an armed conflict holds up the withdrawal (20.3)": (
        [SIGNED, RATIFIED, act("withdrawal", "2020-01-10", suspended=True)],
        act("accession", "2025-01-01"),
        Code.WITHDRAWAL_NOT_IN_EFFECT,
        "The withdrawal of 10 January 2020 has officially not taken effect (Article 20.3), "
        "so the state is still party and cannot join again.",
    ),
    "ratification after a withdrawal (16.2)": (
        [SIGNED, RATIFIED, WITHDRAWN],
        act("ratification", "2021-01-01"),
        Code.REJOINS_BY_ACCESSION,
        "A state that withdrew joins again by accession (Article 16.2): enter an accession.",
    ),
    "withdrawal without deposit (20.2)": (
        [SIGNED],
        act("withdrawal", "2011-01-01"),
        Code.WITHDRAWN_BEFORE_DEPOSIT,
        "Only a State Party can withdraw (Article 20.2), and no earlier deposit is recorded: "
        "enter the deposit first, or check the date.",
    ),
    "two withdrawals (20.2)": (
        [SIGNED, RATIFIED, WITHDRAWN],
        act("withdrawal", "2021-01-01"),
        Code.WITHDRAWN_TWICE,
        "This state notified its withdrawal on 10 January 2020 and has not joined again since: "
        "only a State Party can withdraw (Article 20.2).",
    ),
    "an act of tomorrow": (
        [],
        act("accession", "2026-01-02"),
        Code.IN_THE_FUTURE,
        "2 January 2026 lies in the future: the depositary cannot have received anything after "
        "today.",
    ),
    "an act before the opening for signature (15)": (
        [],
        act("signature", "2008-12-02"),
        Code.BEFORE_OPENING,
        "2 December 2008 is too early: the Convention was opened for signature on 3 December "
        "2008 (Article 15).",
    ),
    "signature after entry into force (15)": (
        [],
        act("signature", "2010-08-01"),
        Code.NOT_OPEN_FOR_SIGNATURE,
        "The Convention was open for signature from 3 December 2008 until it entered into force "
        "on 1 August 2010 (Article 15): from then on a state joins by accession.",
    ),
    "signing twice (15)": (
        [SIGNED],
        act("signature", "2009-01-01"),
        Code.SIGNED_TWICE,
        "A state signs once, and this one signed on 3 December 2008 (Article 15): correct that "
        "signature instead of adding another.",
    ),
    "signature after a deposit (16)": (
        [act("accession", "2009-01-01")],
        act("signature", "2009-01-02"),
        Code.SIGNED_AFTER_DEPOSIT,
        "A state that deposited its instrument on 1 January 2009 cannot sign after it "
        "(Article 16): check both dates.",
    ),
    "provisional application without deposit (18)": (
        [SIGNED],
        act("provisional_application", "2009-01-01"),
        Code.PROVISIONAL_BEFORE_DEPOSIT,
        "Provisional application is declared at the time of the deposit (Article 18), and none "
        "is recorded up to 1 January 2009: enter the deposit first, or check the date.",
    ),
    "provisional application after the withdrawal took effect (18)": (
        [SIGNED, RATIFIED, WITHDRAWN],
        act("provisional_application", "2020-07-10"),
        Code.PROVISIONAL_BEFORE_DEPOSIT,
        "Provisional application is declared at the time of the deposit (Article 18), and none "
        "is recorded up to 10 July 2020: enter the deposit first, or check the date.",
    ),
    "provisional application on the day of entry into force (18)": (
        [SIGNED, RATIFIED],
        act("provisional_application", "2011-05-01"),
        Code.PROVISIONAL_AFTER_ENTRY_INTO_FORCE,
        "Provisional application ends with entry into force (Article 18), for this state on "
        "1 May 2011: it cannot be declared from then on.",
    ),
    "provisional application twice (18)": (
        [SIGNED, RATIFIED, act("provisional_application", "2010-11-29")],
        act("provisional_application", "2010-12-01"),
        Code.PROVISIONAL_TWICE,
        "This state declared provisional application on 29 November 2010 (Article 18): correct "
        "that declaration instead of adding another.",
    ),
}


@pytest.mark.parametrize(
    ("before", "impossible", "code", "sentence"), IMPOSSIBLE.values(), ids=IMPOSSIBLE.keys()
)
def test_impossible_act_is_named_with_its_reason(
    before: list[Act], impossible: Act, code: Code, sentence: str
) -> None:
    [found] = impossibilities([impossible, *before], today=TODAY)

    assert (found.act, found.code, found.sentence) == (impossible, code, sentence)


@pytest.mark.parametrize("kind", RATIFICATIONS)
def test_each_form_of_ratification_needs_a_signature(kind: str) -> None:
    [found] = impossibilities([act(kind, "2011-01-01")], today=TODAY)

    assert found.code == Code.NOT_SIGNED


@pytest.mark.parametrize("kind", ["signature", "ratification", "accession", "succession"])
def test_withdrawal_on_the_day_of_joining_comes_before_it(kind: str) -> None:
    """Article 20.2 gives the right to withdraw to each State Party."""
    history = [act(kind, "2009-01-01"), act("withdrawal", "2009-01-01")]

    codes = {found.act.kind: found.code for found in impossibilities(history, today=TODAY)}

    assert codes[Kind.WITHDRAWAL] == Code.WITHDRAWN_BEFORE_DEPOSIT


def test_one_mistake_gets_one_sentence() -> None:
    """What follows an impossible deposit is read as if the deposit had been made."""
    history = [RATIFIED, act("provisional_application", "2010-11-29"), WITHDRAWN]

    assert [found.act for found in impossibilities(history, today=TODAY)] == [RATIFIED]


@pytest.mark.parametrize(
    ("withdrawal", "effect"),
    [
        (act("withdrawal", "2024-09-06"), date(2025, 3, 6)),
        (act("withdrawal", "2024-08-31"), date(2025, 2, 28)),
        (act("withdrawal", "2024-09-06", "2026-01-01"), date(2026, 1, 1)),
        (act("withdrawal", "2024-09-06", suspended=True), None),
    ],
)
def test_withdrawal_takes_effect_after_six_months_or_as_officially_given(
    withdrawal: Act, effect: date | None
) -> None:
    """Article 20.3."""
    assert effect_of_withdrawal(withdrawal) == effect


def real_histories() -> dict[str, list[Act]]:
    histories: dict[str, list[Act]] = defaultdict(list)
    with DATASET.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            histories[row["iso3"]].append(act(row["kind"], row["date"]))
    return histories


def test_every_history_of_the_dataset_is_possible() -> None:
    histories = real_histories()

    found = {state: impossibilities(acts, today=TODAY) for state, acts in histories.items()}

    assert len(histories) > 100
    assert {state: reasons for state, reasons in found.items() if reasons} == {}


days = st.dates(min_value=date(2008, 11, 1), max_value=date(2027, 1, 1))
acts = st.builds(Act, kind=st.sampled_from(list(Kind)), on=days)
# Few kinds on few days, so that possible histories come up often.
near_acts = st.builds(
    Act,
    kind=st.sampled_from([Kind.SIGNATURE, Kind.RATIFICATION, Kind.ACCESSION, Kind.WITHDRAWAL]),
    on=st.sampled_from([date(2009, 1, 1) + timedelta(days=200 * step) for step in range(12)]),
)
histories = st.lists(st.one_of(acts, near_acts), max_size=6)


def possible_part(history: list[Act]) -> list[Act]:
    """The acts that remain when the impossible ones are taken out, again and again."""
    while found := impossibilities(history, today=TODAY):
        history = [entry for entry in history if entry not in {item.act for item in found}]
    return history


@given(histories, st.integers(min_value=0, max_value=6))
def test_any_beginning_of_a_possible_history_is_possible(history: list[Act], length: int) -> None:
    possible = sorted(possible_part(history), key=lambda entry: entry.on)
    while 0 < length < len(possible) and possible[length].on == possible[length - 1].on:
        length += 1

    assert impossibilities(possible[:length], today=TODAY) == []


@given(histories.flatmap(lambda history: st.tuples(st.just(history), st.permutations(history))))
def test_order_of_entry_does_not_matter(orders: tuple[list[Act], list[Act]]) -> None:
    as_entered, shuffled = (impossibilities(order, today=TODAY) for order in orders)

    assert as_entered == shuffled


@given(histories)
def test_possible_history_alternates_between_deposit_and_withdrawal(history: list[Act]) -> None:
    """A state joins, and only then withdraws, and only then joins again (Articles 16 and 20)."""
    steps = sorted(
        (entry.on, entry.kind not in DEPOSITS)
        for entry in possible_part(history)
        if entry.kind in DEPOSITS or entry.kind == Kind.WITHDRAWAL
    )

    assert [is_withdrawal for _, is_withdrawal in steps] == [
        position % 2 == 1 for position in range(len(steps))
    ]


@given(histories)
def test_possible_history_has_no_signature_outside_article_15(history: list[Act]) -> None:
    signatures = [entry for entry in possible_part(history) if entry.kind == Kind.SIGNATURE]

    assert len(signatures) <= 1
    assert all(convention.is_open_for_signature(entry.on) for entry in signatures)


@given(histories, st.integers(min_value=1, max_value=4000))
def test_nothing_later_than_today_is_possible(history: list[Act], days_ahead: int) -> None:
    late = Act(kind=Kind.ACCESSION, on=TODAY + timedelta(days=days_ahead))

    found = impossibilities([*history, late], today=TODAY)

    assert [item.code for item in found if item.act == late] == [Code.IN_THE_FUTURE]
