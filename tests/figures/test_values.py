"""Beside sets: occurrences, quantities, shares and growth."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccm_portal.figures import Figure, Kind, StateSet, evaluate
from ccm_portal.figures.values import percent

from .test_sets import resolutions, state_sets
from .toy import known, vocabulary

ON = date(2011, 8, 20)


def answer(expression: str, **sets: StateSet) -> Figure:
    return evaluate(expression, vocabulary(**sets), ON)


@pytest.mark.parametrize(
    ("expression", "count", "undetermined", "total", "most", "unit"),
    [
        ("papers", 3, 1, 3, 4, "papers"),
        ("papers & p", 2, 1, 2, 3, "papers"),
        ("p & papers", 2, 1, 2, 3, "papers"),
        ("papers - p", 1, 0, 1, 1, "papers"),
        ("papers & q", 0, 1, 0, 1, "papers"),
        ("papers | papers", 3, 1, 3, 4, "papers"),
        ("actors(papers)", 2, 1, 2, 3, "actors"),
        ("p - papers", 0, 1, 0, 1, "states"),
        ("tonnes", 1, 2, Decimal("1.5"), None, "tonnes"),
        ("tonnes & r", 1, 1, Decimal("1.5"), Decimal("5.5"), "tonnes"),
        ("tonnes - r", 0, 1, 0, None, "tonnes"),
        ("actors(tonnes)", 1, 2, 1, 3, "states"),
        ("share(p, r)", 1, 0, Decimal("50.0"), Decimal("50.0"), "percent"),
        ("share(p, p)", 2, 0, Decimal(100), Decimal(100), "percent"),
        ("share(p, group.one)", 0, 0, None, None, "percent"),
        ("growth(1MSP, dated)", 3, 0, Decimal("50.0"), Decimal("50.0"), "percent"),
        ("growth(2008-12-31, dated)", 3, 0, None, None, "percent"),
        ("at_least(p)", 2, 0, 2, None, "states"),
        ("at_least(p) & r", 1, 0, 1, None, "states"),
        ("p - at_least(q)", 0, 1, 0, 1, "states"),
    ],
)
def test_a_figure_has_what_is_certain_and_what_it_may_come_to(
    expression: str,
    count: int,
    undetermined: int,
    total: Decimal | int | None,
    most: Decimal | int | None,
    unit: str,
) -> None:
    figure = answer(expression, p=known("AB"), q=known("B"), r=known("AC"))

    assert (figure.count, figure.undetermined) == (count, undetermined)
    assert (figure.total, figure.most, figure.unit) == (total, most, unit)


def test_growth_keeps_the_states_of_both_days() -> None:
    figure = answer("growth(1MSP, dated)")

    assert figure.kind is Kind.GROWTH
    assert figure.states.certain == set("ABC")
    assert figure.whole is not None
    assert figure.whole.certain == set("AB")


@pytest.mark.parametrize(
    ("fraction", "shown"),
    [
        (Fraction(14, 46), "30.4"),
        (Fraction(1, 3), "33.3"),
        (Fraction(2, 3), "66.7"),
        (Fraction(1), "100.0"),
        (Fraction(0), "0.0"),
        # All and none are said only where it is all and none.
        (Fraction(9999, 10000), "99.9"),
        (Fraction(1, 10000), "0.1"),
    ],
)
def test_percent_has_one_decimal(fraction: Fraction, shown: str) -> None:
    assert str(percent(fraction)) == shown


@given(state_sets(), state_sets())
@settings(deadline=None)
def test_a_share_lies_between_its_bounds_however_the_open_members_turn_out(
    subject: StateSet, whole: StateSet
) -> None:
    figure = answer("share(p, q)", p=subject, q=whole)

    outcomes = [
        Fraction(len(one & other), len(other))
        for one, other in product(resolutions(subject), resolutions(whole))
        if other
    ]
    if outcomes:
        assert figure.total == percent(min(outcomes))
        assert figure.most == percent(max(outcomes))
    else:
        assert figure.total is None


@given(st.sampled_from(["papers", "tonnes"]), state_sets())
@settings(deadline=None)
def test_what_is_narrowed_and_what_is_taken_away_add_up(name: str, states: StateSet) -> None:
    decided = StateSet(certain=states.certain)
    within = answer(f"{name} & p", p=decided)
    without = answer(f"{name} - p", p=decided)
    whole = answer(name)

    assert (within.total or 0) + (without.total or 0) == whole.total
    assert within.undetermined + without.undetermined == whole.undetermined
