"""Labels never cover each other, whatever the marks."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ccm_portal.charts import ticks
from ccm_portal.charts.labels import GAP, Place, Wish, place
from ccm_portal.charts.scale import TimeScale

WIDTH = 700

wishes = some.lists(
    some.builds(
        Wish,
        at=some.floats(0, WIDTH),
        width=some.floats(10, 200),
        priority=some.integers(0, 9),
        prefers=some.sampled_from(["start", "end"]),
    ),
    max_size=20,
)


def span(wish: Wish, found: Place) -> tuple[float, float]:
    if found.side == "start":
        return wish.at, wish.at + GAP + wish.width
    return wish.at - GAP - wish.width, wish.at


@given(wishes, some.integers(1, 4))
def test_labels_stay_inside_and_apart(asked: list[Wish], tiers: int) -> None:
    placed = [
        (found.tier, *span(wish, found))
        for wish, found in zip(asked, place(asked, width=WIDTH, tiers=tiers), strict=True)
        if found is not None
    ]

    assert all(begin >= 0 and end <= WIDTH for _, begin, end in placed)
    for number, (tier, begin, end) in enumerate(placed):
        for other_tier, other_begin, other_end in placed[number + 1 :]:
            assert tier != other_tier or begin >= other_end or other_begin >= end


@given(wishes)
def test_the_most_important_label_gets_a_place_where_it_fits(asked: list[Wish]) -> None:
    fitting = [wish for wish in asked if GAP + wish.width <= max(wish.at, WIDTH - wish.at)]
    if not fitting:
        return
    first = Wish(fitting[0].at, fitting[0].width, priority=-1)

    assert place([*asked, first], width=WIDTH)[-1] is not None


@pytest.mark.parametrize(
    ("is_mirrored", "positions"), [(False, [0, 50, 100, 100]), (True, [100, 50, 0, 0])]
)
def test_time_runs_from_the_side_where_reading_starts(
    is_mirrored: bool, positions: list[float]
) -> None:
    scale = TimeScale(date(2010, 1, 1), date(2010, 1, 11), is_mirrored=is_mirrored)

    days = [date(2010, 1, 1), date(2010, 1, 6), date(2010, 1, 11), date(2012, 1, 1)]

    assert [scale.at(day) for day in days] == positions


def test_one_tick_is_drawn_a_state() -> None:
    ladder = ticks.ladder((("party", 60), ("signatory", 49), ("not-party", 88)))

    assert [group.path.count("M") for group in ladder.groups] == [60, 49, 88]
    assert [ticks.squares(name, 7).fill.count("M") for name in ("party", "signatory")] == [7, 7]
    assert ticks.wrapped(36, height=20, per_row=35).height == 45
