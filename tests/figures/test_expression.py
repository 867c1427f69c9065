"""How an expression is read: what binds, what is refused, and where."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccm_portal.figures import ExpressionError, parse
from ccm_portal.figures.expression import (
    DEEPEST_NESTING,
    LONGEST_EXPRESSION,
    Argument,
    Call,
    Landmark,
    Name,
    Operation,
    names_in,
)


def with_all_parentheses(node: Argument) -> str:
    match node:
        case Name(name=name):
            return name
        case Landmark(text=text):
            return text
        case Operation(sign=sign, left=left, right=right):
            return f"({with_all_parentheses(left)} {sign} {with_all_parentheses(right)})"
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(map(with_all_parentheses, arguments))})"


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("a", "a"),
        ("  a\n", "a"),
        ("a.b.c_d2", "a.b.c_d2"),
        ("a|b|c", "((a | b) | c)"),
        ("a & b & c", "((a & b) & c)"),
        # `&` and `-` bind equally, from left to right.
        ("a - b & c", "((a - b) & c)"),
        ("a & b - c", "((a & b) - c)"),
        ("a - b - c", "((a - b) - c)"),
        ("a - (b - c)", "(a - (b - c))"),
        # Both bind tighter than `|`.
        ("a | b & c", "(a | (b & c))"),
        ("a & b | c", "((a & b) | c)"),
        ("a | b - c | d", "((a | (b - c)) | d)"),
        ("(a | b) & c", "((a | b) & c)"),
        ("((a))", "a"),
        # Functions, days and meetings.
        ("f()", "f()"),
        ("since(1MSP, a | b)", "since(1MSP, (a | b))"),
        ("since (2011-09-16,a)&b", "(since(2011-09-16, a) & b)"),
        ("due.by(2011-09-16)", "due.by(2011-09-16)"),
        ("f(g(a), 2RC, b-c)", "f(g(a), 2RC, (b - c))"),
        ("a-b", "(a - b)"),
    ],
)
def test_an_expression_is_read_with_its_precedence(text: str, read_as: str) -> None:
    assert with_all_parentheses(parse(text)) == read_as


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("", 0, "the end stands where the name of a set or an opening parenthesis is needed."),
        ("  ", 0, "the end stands where the name of a set or an opening parenthesis is needed."),
        ("a b", 2, "“b” stands where an operator (& - |) or the end is needed."),
        ("a &", 3, "the end stands where the name of a set or an opening parenthesis is needed."),
        ("| a", 0, "“|” stands where the name of a set or an opening parenthesis is needed."),
        ("a & & b", 4, "“&” stands where the name of a set or an opening parenthesis is needed."),
        ("(a", 2, "the end stands where “)” is needed."),
        ("a)", 1, "“)” stands where an operator (& - |) or the end is needed."),
        ("()", 1, "“)” stands where the name of a set or an opening parenthesis is needed."),
        ("f(a,)", 4, "“)” stands where the name of a set or an opening parenthesis is needed."),
        ("f(a b)", 4, "“b” stands where “)” is needed."),
        ("1MSP", 0, "“1MSP” stands where the name of a set or an opening parenthesis is needed."),
        ("a & 2011-09-16", 4, None),
        ("a..b", 1, "“.” has no meaning in an expression."),
        ("a & $x", 4, "“$” has no meaning in an expression."),
        ("a\t;", 2, "“;” has no meaning in an expression."),
        ("__import__('os')", 11, "“'” has no meaning in an expression."),
    ],
)
def test_a_mistake_is_named_with_its_position(
    text: str, position: int, message: str | None
) -> None:
    with pytest.raises(ExpressionError) as raised:
        parse(text)

    assert raised.value.position == position
    if message is not None:
        assert raised.value.message == message


def test_a_mistake_in_words_counts_characters_from_one_and_suggests() -> None:
    error = ExpressionError("no set is called “partys”.", 4, "parties")

    assert str(error) == "At character 5: no set is called “partys”. Did you mean “parties”?"


def test_an_expression_that_is_too_long_is_refused() -> None:
    assert with_all_parentheses(parse("a".ljust(LONGEST_EXPRESSION))) == "a"
    with pytest.raises(ExpressionError) as raised:
        parse("a".ljust(LONGEST_EXPRESSION + 1))
    assert raised.value.position == LONGEST_EXPRESSION


def test_parentheses_may_nest_up_to_a_depth() -> None:
    deepest = DEEPEST_NESTING - 1

    assert with_all_parentheses(parse("(" * deepest + "a" + ")" * deepest)) == "a"
    with pytest.raises(ExpressionError) as raised:
        parse("(" * DEEPEST_NESTING + "a" + ")" * DEEPEST_NESTING)
    assert raised.value.position == DEEPEST_NESTING


def test_names_are_listed_from_left_to_right() -> None:
    names = list(names_in(parse("a - since(1MSP, b | c) & (d - a)")))

    assert [(name.name, name.position) for name in names] == [
        ("a", 0),
        ("b", 16),
        ("c", 20),
        ("d", 26),
        ("a", 30),
    ]


def test_the_longest_chain_can_be_read_and_walked() -> None:
    chain = "|".join("a" * (LONGEST_EXPRESSION // 2))

    assert len(list(names_in(parse(chain)))) == LONGEST_EXPRESSION // 2


ANYTHING = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="ab.|&-(), 1MSP2011\n", max_size=200),
    st.lists(
        st.sampled_from(["a", "f(", "(", ")", "&", "|", "-", ",", "1MSP", "2011-09-16", " "]),
        max_size=400,
    ).map("".join),
)


@given(text=ANYTHING)
@settings(max_examples=500, deadline=None)
def test_any_text_is_read_or_refused_at_a_position_within_it(text: str) -> None:
    begun, position = time.monotonic(), 0
    try:
        parse(text)
    except ExpressionError as error:
        position = error.position

    assert 0 <= position <= len(text)
    assert time.monotonic() - begun < 30  # Many minutes where reading goes back and forth.
