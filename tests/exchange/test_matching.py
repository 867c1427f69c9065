"""Which recorded row a row of a file means."""

import pytest

from states.exchange.matching import Keys, Match, Wanted, match

SEVERAL = "Several recorded rows fit: say in a column “id” which one is meant."


def acts(*wanted: Wanted, recorded: list[tuple[int, Keys, str]]) -> list[Match[str]]:
    """Matches for keys of which each may stand once in a file, as with treaty actions."""
    return match(wanted, recorded, once=[True, True])


def contacts(*wanted: Wanted, recorded: list[tuple[int, Keys, str]]) -> list[Match[str]]:
    """Matches where the less precise key may repeat, as with contacts."""
    return match(wanted, recorded, once=[True, False])


def test_the_precise_key_goes_before_the_other() -> None:
    recorded: list[tuple[int, Keys, str]] = [
        (1, ("day 1", "first"), "A"),
        (2, ("day 2", "second"), "B"),
    ]

    found = acts(Wanted(2, ("day 2", "first")), Wanted(3, ("day 9", "second")), recorded=recorded)

    assert found == [Match("B"), Match()]


def test_the_other_key_finds_a_row_whose_precise_key_was_corrected() -> None:
    assert acts(Wanted(2, ("day 9", "first")), recorded=[(1, ("day 1", "first"), "A")]) == [
        Match("A")
    ]


def test_an_earlier_act_put_in_front_is_new() -> None:
    recorded: list[tuple[int, Keys, str]] = [(1, ("day 5", "first"), "A")]

    found = acts(Wanted(2, ("day 1", "first")), Wanted(3, ("day 5", "second")), recorded=recorded)

    assert found == [Match(), Match("A")]


def test_an_id_goes_before_every_key() -> None:
    recorded: list[tuple[int, Keys, str]] = [(1, ("a", None), "A"), (2, ("b", None), "B")]

    assert acts(Wanted(2, ("a", None), id=2), recorded=recorded) == [Match("B")]


@pytest.mark.parametrize(
    ("second", "refusal"),
    [
        (Wanted(3, ("a", "other")), "The row repeats row 2: each may stand once in a file."),
        (Wanted(3, ("other", "first")), "The row repeats row 2: each may stand once in a file."),
        (Wanted(3, ("b", None), id=1), "The row repeats row 2: each may stand once in a file."),
        (Wanted(3, ("b", None), id=9), "No row with the id 9 is recorded."),
    ],
)
def test_a_row_that_repeats_another_or_names_a_wrong_id_is_refused(
    second: Wanted, refusal: str
) -> None:
    first = Wanted(2, ("a", "first"), id=1)

    found = acts(first, second, recorded=[(1, ("a", "first"), "A")])

    assert found == [Match("A"), Match(refusal=refusal)]


def test_rows_without_a_readable_key_match_nothing_and_repeat_nothing() -> None:
    found = acts(Wanted(2, (None, None)), Wanted(3, (None, None)), recorded=[(1, ("a", "b"), "A")])

    assert found == [Match(), Match()]


def test_two_services_of_one_person_are_told_apart_by_their_first_day() -> None:
    recorded: list[tuple[int, Keys, str]] = [
        (1, ("Ann 2010", "Ann"), "A"),
        (2, ("Ann 2015", "Ann"), "B"),
    ]

    found = contacts(
        Wanted(2, ("Ann 2015", "Ann")), Wanted(3, ("Ann 2010", "Ann")), recorded=recorded
    )

    assert found == [Match("B"), Match("A")]


def test_a_row_that_fits_several_recorded_ones_is_refused() -> None:
    recorded: list[tuple[int, Keys, str]] = [
        (1, ("Ann 2010", "Ann"), "A"),
        (2, ("Ann 2015", "Ann"), "B"),
    ]

    assert contacts(Wanted(2, ("Ann 2020", "Ann")), recorded=recorded) == [Match(refusal=SEVERAL)]
    assert contacts(
        Wanted(2, ("Ann 2010", "Ann")), Wanted(3, ("Ann 2020", "Ann")), recorded=recorded
    ) == [Match("A"), Match("B")]
