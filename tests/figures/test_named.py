"""Names that stand for expressions: followed, bounded, and with their mistakes in place."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccm_portal.figures import Evaluator, ExpressionError, StateSet, evaluate, evaluate_all
from ccm_portal.figures.evaluator import MOST_STEPS
from ccm_portal.figures.naming import names_of

from .test_expression import ANYTHING
from .toy import known, vocabulary

ON = date(2011, 8, 20)
SETS = {"p": known("ABC"), "q": known("BCD")}


def certain(expression: str, **named: str) -> str:
    figure = evaluate(expression, vocabulary(**SETS), ON, named=named)
    return "".join(sorted(figure.states.certain))


@pytest.mark.parametrize(
    ("expression", "letters"),
    [
        ("both", "BC"),
        ("either - both", "AD"),
        ("p & nested", "A"),
        # A name is looked at through the window in which it is used.
        ("since(1MSP, days)", "C"),
        ("at(1MSP, days)", "AB"),
    ],
)
def test_a_name_stands_for_its_expression(expression: str, letters: str) -> None:
    named = {"both": "p & q", "either": "p | q", "nested": "either - both", "days": "dated"}

    assert certain(expression, **named) == letters


def test_a_recorded_name_cannot_be_given_another_meaning() -> None:
    assert certain("p", p="q") == "ABC"


@pytest.mark.parametrize(
    ("expression", "named", "position", "message"),
    [
        (
            "q | a",
            {"a": "a"},
            4,
            "in what “a” stands for, at character 1: “a” is defined by itself: a → a.",
        ),
        (
            "b",
            {"a": "p & b", "b": "q | a"},
            0,
            "in what “a” stands for, at character 5: “b” is defined by itself: b → a → b.",
        ),
        (
            "q & since(1MSP, a)",
            {"a": "since(2009-01-01, a)"},
            16,
            "in what “a” stands for, at character 19: “a” is defined by itself: a → a.",
        ),
        (
            "q & a",
            {"a": "p & grup.one"},
            4,
            "in what “a” stands for, at character 5: no set is called “grup.one”. "
            "Did you mean “group.one”?",
        ),
        (
            "q & a",
            {"a": "p &"},
            4,
            "in what “a” stands for, at character 4: the end stands where the name of a set or an "
            "opening parenthesis is needed.",
        ),
    ],
)
def test_a_mistake_in_what_a_name_stands_for_is_placed_at_the_name(
    expression: str, named: dict[str, str], position: int, message: str
) -> None:
    with pytest.raises(ExpressionError) as raised:
        evaluate(expression, vocabulary(**SETS), ON, named=named)

    assert (raised.value.position, raised.value.message) == (position, message)


def test_a_mistyped_name_of_ones_own_is_suggested() -> None:
    with pytest.raises(ExpressionError) as raised:
        evaluate("obligatd", vocabulary(), ON, named={"obligated": "p"})

    assert raised.value.suggestion == "obligated"


def test_names_may_stand_inside_each_other_up_to_a_depth() -> None:
    named = {f"n{number}": f"n{number + 1}" for number in range(100)} | {"n100": "p"}

    assert certain("n80", **named) == "ABC"
    with pytest.raises(ExpressionError) as raised:
        certain("n0", **named)
    assert raised.value.position == 0


def test_names_that_double_each_other_are_worked_out_once() -> None:
    named = {f"n{number}": f"n{number + 1} | n{number + 1}" for number in range(25)} | {"n25": "p"}

    assert certain("n0", **named) == "ABC"


def test_an_expression_that_would_take_too_long_is_refused() -> None:
    chain = " | ".join(["p"] * 450)
    named = {f"n{number}": chain for number in range(MOST_STEPS // 400)}

    with pytest.raises(ExpressionError) as raised:
        certain(" | ".join(named), **named)
    assert raised.value.position >= 0


def test_a_mistake_leaves_the_answers_to_other_expressions_alone() -> None:
    evaluator = Evaluator(vocabulary(**SETS), ON, {"a": "a", "b": "p & q"})

    answers = evaluate_all(["a", "b", "b | ", "q & b"], evaluator)

    assert [isinstance(answer, ExpressionError) for answer in answers] == [True, False, True, False]


def test_names_are_known_before_anything_is_loaded() -> None:
    named = {"a": "p & since(1MSP, q)", "b": "b | r"}

    names, detailed = names_of(["a", "since(1MSP, b)", "not ( read"], named)

    assert sorted(names) == ["a", "p"]
    assert sorted(detailed) == ["b", "q", "r"]


PIECES = st.lists(
    st.sampled_from(
        [
            "p",
            "q",
            "said.no",
            "papers",
            "tonnes",
            "n0",
            "n1",
            "n2",
            "since(1MSP,",
            "share(",
            "growth(1MSP,",
            "at(1MSP,",
            "actors(",
            "at_least(",
            "before_eif(",
            "organisations(",
            "(",
            ")",
            "&",
            "|",
            "-",
            ",",
            "2011-09-16",
        ]
    ),
    max_size=60,
).map(" ".join)


@given(text=st.one_of(ANYTHING, PIECES), named=st.lists(st.one_of(ANYTHING, PIECES), max_size=3))
@settings(max_examples=400, deadline=None)
def test_any_expression_with_any_names_gives_an_answer_or_a_positioned_error(
    text: str, named: list[str]
) -> None:
    position = 0
    names = {f"n{number}": expression for number, expression in enumerate(named)}
    evaluator = Evaluator(vocabulary(p=StateSet(frozenset("A"), frozenset("B"))), ON, names)
    (answer,) = evaluate_all([text], evaluator)
    if isinstance(answer, ExpressionError):
        position = answer.position
    else:
        shown = (answer.count, answer.undetermined, answer.total, answer.most, answer.unit)
        assert shown is not None

    assert 0 <= position <= len(text)
