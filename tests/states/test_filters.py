"""The one filter over the register: which states, in which order, and what it refuses."""

from datetime import date

import pytest

from states.filters import RegisterFilter
from states.register import History, Register

ON = date(2011, 8, 20)


@pytest.fixture
def register(dataset: History) -> Register:
    return dataset.on(ON)


def found(register: Register, **asked: str) -> list[str]:
    return [standing.state.iso3 for standing in RegisterFilter(asked).apply(register)]


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 197),
        ({"status": "party"}, 60),
        ({"status": "in_force"}, 52),
        ({"status": "awaiting_entry_into_force"}, 8),
        ({"status": "signatory"}, 49),
        ({"status": "not_party"}, 88),
        ({"status": "withdrawn"}, 0),
        ({"status": "party", "region": "africa"}, 17),
        ({"region": "europe", "status": "signatory"}, 8),
        ({"un_group": "eastern_european", "region": "asia_pacific"}, 0),
    ],
)
def test_filters_narrow_together(register: Register, asked: dict[str, str], count: int) -> None:
    assert len(found(register, **asked)) == count


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("eswatini", ["SWZ"]),  # a later name
        ("Swaziland", ["SWZ"]),  # the name of the day
        ("CÔTE D'IVOIRE", ["CIV"]),
        ("cote divoire", ["CIV"]),
        ("Laos", ["LAO"]),
        ("nor", ["PRK", "NOR", "MKD"]),
        ("  ", None),
        ("zzzz", []),
    ],
)
def test_a_name_of_any_time_and_spelling_finds_its_state(
    register: Register, text: str, iso3: list[str] | None
) -> None:
    shown = found(register, q=text)

    assert len(shown) == 197 if iso3 is None else set(shown) >= set(iso3)
    assert iso3 != [] or shown == []


def test_a_code_finds_its_state(register: Register) -> None:
    assert "CHE" in found(register, q="che")
    assert "SWZ" in found(register, q="SZ")


@pytest.mark.parametrize("key", ["signed", "deposited", "in_force"])
def test_states_without_a_date_come_last_in_both_directions(register: Register, key: str) -> None:
    upwards, downwards = found(register, sort=key), found(register, sort=f"-{key}")
    without = {
        standing.state.iso3
        for standing in register
        if {
            "signed": standing.signature,
            "deposited": standing.deposited,
            "in_force": standing.entry_into_force,
        }[key]
        is None
    }

    assert set(upwards[-len(without) :]) == set(downwards[-len(without) :]) == without
    assert upwards[0] != downwards[0]


def test_the_latest_deposit_comes_first_when_asked_for(register: Register) -> None:
    assert found(register, sort="-deposited")[:2] == ["SEN", "GRD"]


def test_names_run_backwards(register: Register) -> None:
    assert found(register, sort="-name") == found(register)[::-1]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        (
            "status",
            "partys",
            "“partys” is not known here: use party, in_force, awaiting_entry_into_force, "
            "signatory, not_party, withdrawn.",
        ),
        (
            "region",
            "moon",
            "“moon” is not known here: use africa, americas, asia_pacific, europe.",
        ),
        (
            "sort",
            "-size",
            "“-size” is not an order: use name, status, signed, deposited, in_force, with a "
            "minus sign in front for the last first.",
        ),
        ("q", "x" * 101, "A name may have 100 characters at most."),
    ],
)
def test_a_wrong_value_gets_a_sentence_and_is_left_aside(
    register: Register, field: str, value: str, sentence: str
) -> None:
    form = RegisterFilter({field: value})

    assert form.errors == {field: [sentence]}
    assert len(form.apply(register)) == 197
