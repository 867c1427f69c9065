"""What an expression means on a day."""

import time
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccm_portal.figures import ExpressionError, StateSet, Window, evaluate

from .test_expression import ANYTHING
from .test_sets import resolutions, state_sets
from .toy import known, vocabulary

ON = date(2011, 8, 20)


def certain(expression: str, sets: dict[str, StateSet] | None = None, *, on: date = ON) -> str:
    return "".join(sorted(evaluate(expression, vocabulary(**sets or {}), on).states.certain))


@pytest.mark.parametrize(
    ("expression", "letters"),
    [
        ("p", "ABC"),
        ("p | q", "ABCD"),
        ("p & q", "BC"),
        ("p - q", "A"),
        ("p - q & r", ""),
        ("p - (q & r)", "AB"),
        ("p | q & r", "ABCD"),
        ("p & q | r", "BCDE"),
        ("q - p | p - q", "AD"),
        ("group.one", ""),
    ],
)
def test_sets_are_put_together(expression: str, letters: str) -> None:
    sets = {"p": known("ABC"), "q": known("BCD"), "r": known("CDE")}

    assert certain(expression, sets) == letters


def test_a_figure_counts_the_certain_and_the_open_apart() -> None:
    states = StateSet(certain=frozenset("AB"), undetermined=frozenset("C"))

    figure = evaluate("p", vocabulary(p=states), ON)

    assert (figure.count, figure.undetermined, figure.total, figure.unit) == (2, 1, 2, "states")
    assert (figure.expression, figure.on) == ("p", ON)


@pytest.mark.parametrize(
    ("expression", "letters"),
    [
        ("dated", "ABC"),
        # After the last day of the meeting, which does not count itself.
        ("since(1MSP, dated)", "C"),
        ("since(1msp, dated)", "C"),
        ("since(2010-11-11, dated)", "BC"),
        ("since(2010-11-12, dated)", "C"),
        ("since(2MSP, dated)", ""),
        ("dated - since(2009-06-01, dated)", "A"),
        ("since(2009-06-01, dated - since(1MSP, dated))", "B"),
        # The later of two days counts, whichever stands outside.
        ("since(1MSP, since(2009-06-01, dated))", "C"),
        ("since(2009-06-01, since(1MSP, dated))", "C"),
        ("born_by(2010-11-12)", "AB"),
        ("born_by(1MSP) - born_by(2009-01-01)", "B"),
        ("at(1MSP, dated)", "AB"),
        ("at(2011-08-20, dated)", "ABC"),
        ("at(2010-01-01, dated | at(2009-06-01, dated))", "A"),
        ("since(2009-06-01, at(1MSP, dated))", "B"),
        # Before each state's own entry into force: C has none, and B's was on that very day.
        ("before_eif(dated)", "A"),
        ("dated - before_eif(dated)", "BC"),
        ("since(2009-01-01, before_eif(dated))", ""),
    ],
)
def test_time_is_looked_at_through_a_window(expression: str, letters: str) -> None:
    assert certain(expression) == letters


def test_nothing_later_than_the_day_is_looked_at() -> None:
    assert certain("dated", on=date(2010, 11, 11)) == "A"
    assert certain("dated", on=date(2010, 11, 12)) == "AB"


@pytest.mark.parametrize(
    ("expression", "position", "message", "suggestion"),
    [
        ("p & grup.one", 4, "no set is called “grup.one”.", "group.one"),
        ("zzz", 0, "no set is called “zzz”.", ""),
        (
            "p.no",
            0,
            "“p” is not recorded as a yes or a no, so it has no “.no”.",
            "",
        ),
        ("p | sinse(1MSP, p)", 4, "no function is called “sinse”.", "since"),
        ("born_bi(1MSP)", 0, "no function is called “born_bi”.", "born_by"),
        ("since(9MSP, p)", 6, "“9MSP” is neither a day nor the code of a meeting.", ""),
        ("since(2011-02-30, p)", 6, "“2011-02-30” is neither a day nor the code of a meeting.", ""),
        ("since(1MSP, 2MSP)", 12, "“2MSP” is a day, where a set is needed.", ""),
        (
            "p & since(1MSP)",
            4,
            "“since” takes a day or a meeting and a set: since(1MSP, parties).",
            "",
        ),
        (
            "since(p, p)",
            0,
            "“since” needs a day such as 2011-09-16 or a meeting such as 1MSP here.",
            "",
        ),
        (
            "since(1MSP, p, q)",
            0,
            "“since” takes a day or a meeting and a set: since(1MSP, parties).",
            "",
        ),
        ("at(p)", 0, "“at” takes a day or a meeting and a set: at(1MSP, parties).", ""),
        (
            "at(2MSP, p)",
            3,
            "“at” looks back, and 2011-09-16 comes after the day asked for, 2011-08-20.",
            "",
        ),
        (
            "growth(2MSP, p)",
            7,
            "“growth” looks back, and 2011-09-16 comes after the day asked for, 2011-08-20.",
            "",
        ),
        (
            "p & share(p, q)",
            4,
            "“share” gives a percentage, not a set: it can only stand alone.",
            "",
        ),
        ("share(p)", 0, "“share” takes two sets: share(parties, un_members).", ""),
        ("p | papers", 2, "“|” cannot put together a set of states and occurrences.", ""),
        ("tonnes - tonnes", 7, "“-” cannot put together a quantity and a quantity.", ""),
        ("tonnes | items", 7, "amounts in tonnes and in items have no common sum.", ""),
        ("share(p, papers)", 0, "“share” cannot put together a set of states and occurrences.", ""),
        ("share(tonnes, items)", 0, "amounts in tonnes and in items have no common sum.", ""),
        ("before_if(p)", 0, "no function is called “before_if”.", "before_eif"),
        ("said.non", 0, "no set is called “said.non”.", "said"),
        ("born_by()", 0, "“born_by” takes one day or meeting: born_by(2011-09-16).", ""),
        (
            "born_by(p)",
            0,
            "“born_by” needs a day such as 2011-09-16 or a meeting such as 1MSP here.",
            "",
        ),
    ],
)
def test_what_is_not_known_is_named_with_its_position(
    expression: str, position: int, message: str, suggestion: str
) -> None:
    with pytest.raises(ExpressionError) as raised:
        evaluate(expression, vocabulary(), ON)

    error = raised.value
    assert (error.position, error.message, error.suggestion) == (position, message, suggestion)


EXPRESSIONS = st.recursive(
    st.sampled_from(["p", "q", "r"]),
    lambda inner: st.builds("({} {} {})".format, inner, st.sampled_from("|&-"), inner),
    max_leaves=8,
)


@given(EXPRESSIONS, state_sets(), state_sets(), state_sets())
@settings(deadline=None)
def test_however_the_open_members_turn_out_the_figure_holds(
    expression: str, p: StateSet, q: StateSet, r: StateSet
) -> None:
    figure = evaluate(expression, vocabulary(p=p, q=q, r=r), ON)

    for outcomes in product(resolutions(p), resolutions(q), resolutions(r)):
        sets = dict(zip("pqr", map(StateSet, outcomes), strict=True))
        outcome = evaluate(expression, vocabulary(**sets), ON).states.certain
        assert figure.states.certain <= outcome <= figure.states.possible


@given(text=ANYTHING)
@settings(max_examples=300, deadline=None)
def test_any_text_gives_an_answer_or_an_error_within_it_soon(text: str) -> None:
    begun, position = time.monotonic(), 0
    try:
        evaluate(text, vocabulary(), ON)
    except ExpressionError as error:
        position = error.position

    assert 0 <= position <= len(text)
    assert time.monotonic() - begun < 30  # Many minutes where reading goes back and forth.


def test_the_longest_chain_is_answered() -> None:
    chain = "|".join("p" * 1000)

    assert certain(chain, {"p": known("A")}) == "A"


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2010, 11, 12), False),
        (date(2010, 11, 13), True),
        (date(2011, 8, 20), True),
        (date(2011, 8, 21), False),
    ],
)
def test_a_window_begins_after_its_first_day_and_ends_on_its_last(day: date, holds: bool) -> None:
    assert Window(until=ON, after=date(2010, 11, 12)).holds(day) is holds
