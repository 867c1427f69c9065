"""Set algebra with open members: what is certain stays certain however the open ones turn out."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from ccm_portal.figures import Evidence, StateSet

from .toy import proven

LETTERS = "ABC"


@st.composite
def state_sets(draw: st.DrawFn) -> StateSet:
    standing = draw(st.lists(st.sampled_from(["in", "open", "out"]), min_size=3, max_size=3))
    members = dict(zip(LETTERS, standing, strict=True))
    return StateSet(
        certain=frozenset(letter for letter, how in members.items() if how == "in"),
        undetermined=frozenset(letter for letter, how in members.items() if how == "open"),
    )


def resolutions(states: StateSet) -> list[frozenset[str]]:
    """Every set that the open members may turn out to make."""
    openings = sorted(states.undetermined)
    return [
        states.certain
        | {letter for letter, belongs in zip(openings, choice, strict=True) if belongs}
        for choice in product([False, True], repeat=len(openings))
    ]


@given(state_sets(), state_sets())
@settings(deadline=None)
def test_certain_and_possible_are_exactly_the_bounds_of_all_resolutions(
    left: StateSet, right: StateSet
) -> None:
    for answer, combine in (
        (left | right, frozenset.union),
        (left & right, frozenset.intersection),
        (left - right, frozenset.difference),
    ):
        outcomes = [combine(a, b) for a in resolutions(left) for b in resolutions(right)]
        assert answer.certain == frozenset.intersection(*outcomes)
        assert answer.possible == frozenset.union(*outcomes)


@given(state_sets(), state_sets())
@settings(deadline=None)
def test_certain_and_undetermined_have_no_member_in_common(left: StateSet, right: StateSet) -> None:
    for answer in (left, left | right, left & right, left - right):
        assert answer.certain & answer.undetermined == frozenset()
        assert answer.possible == answer.certain | answer.undetermined


@given(state_sets(), state_sets(), state_sets())
@settings(deadline=None)
def test_union_and_intersection_can_be_put_in_any_order(
    one: StateSet, two: StateSet, three: StateSet
) -> None:
    assert one | two == two | one
    assert one & two == two & one
    assert (one | two) | three == one | (two | three)
    assert (one & two) & three == one & (two & three)
    assert one | one == one
    assert one & one == one


@given(state_sets(), state_sets(), state_sets())
@settings(deadline=None)
def test_taking_away_twice_is_taking_away_both(
    one: StateSet, two: StateSet, three: StateSet
) -> None:
    assert one - two - three == one - (two | three)


def test_what_is_certain_is_not_open_as_well() -> None:
    states = StateSet(certain=frozenset("AB"), undetermined=frozenset("BC"))

    assert states.undetermined == frozenset("C")


def test_evidence_of_both_sides_is_kept_once() -> None:
    deposit, report = Evidence(text="Ratification"), Evidence(text="Report")
    left = proven({"A": [deposit], "B": [deposit]})
    right = proven({"A": [deposit, report]})

    assert (left & right).evidence["A"] == (deposit, report)
    assert (left | right).evidence == {"A": (deposit, report), "B": (deposit,)}
    assert (left - right).evidence["B"] == (deposit,)
