"""The maps show every state once, in its place."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as some

from ccm_portal.charts import cartography, world_map
from ccm_portal.charts.projection import area, centre, project, simplified, unwrapped
from ccm_portal.charts.topology import Topology
from ccm_portal.charts.world_map import Territory

MAPS = Path(settings.BASE_DIR) / "static" / "map"
SQUARE = ((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0))


def paths(file: Path) -> dict[str, str]:
    return dict(re.findall(r'<path id="(\w+)" d="([^"]*)"/>', file.read_text(encoding="utf-8")))


def test_the_projection_keeps_areas_and_its_poles() -> None:
    """Values of the projection's authors, for a sphere of radius 1 (equator, pole, 45°)."""
    assert project(11, 0) == (0, 0)
    assert project(191, 0)[0] == pytest.approx(2.7066, abs=1e-4)
    assert project(11, 90)[1] == pytest.approx(-1.3173, abs=1e-4)
    equator = [project(*place) for place in ((11, 0), (12, 0), (12, 1), (11, 1))]
    north = [project(*place) for place in ((11, 60), (12, 60), (12, 61), (11, 61))]
    assert area(north) / area(equator) == pytest.approx(0.4924, abs=1e-3)  # as on the sphere


def test_an_outline_across_the_date_line_stays_whole() -> None:
    fiji = [(179.0, -17.0), (-179.9, -17.0), (-179.9, -16.0), (179.0, -16.0)]

    assert [round(x, 1) for x, _ in unwrapped(fiji)] == [179.0, 180.1, 180.1, 179.0]


def test_a_window_cuts_an_outline_at_its_sides() -> None:
    cut = cartography.clip(SQUARE, (1, 1, 3, 9))

    assert area(cut) == 6
    assert centre(cut) == (2, 2.5)
    assert cartography.clip(SQUARE, (5, 5, 9, 9)) == []


def test_a_name_stands_within_its_outline_alone() -> None:
    assert cartography.holds(SQUARE, (2, 2))
    assert not cartography.holds(SQUARE, (5, 2))
    assert not cartography.holds([(0, 0), (4, 0), (4, 1), (1, 1), (1, 4), (0, 4)], (2, 2))


@given(
    some.lists(
        some.tuples(some.integers(-50, 50).map(float), some.integers(-50, 50).map(float)),
        min_size=1,
        max_size=30,
    )
)
def test_a_thinned_line_keeps_its_ends_and_invents_no_point(
    line: list[tuple[float, float]],
) -> None:
    thin = simplified(line, 2.0)

    assert (thin[0], thin[-1]) == (line[0], line[-1])
    assert [point for point in thin if point not in line] == []
    assert simplified(line, 0.0)[0] == line[0]


def test_neighbours_share_their_thinned_border() -> None:
    contents = {
        "transform": {"scale": [0.1, 0.1], "translate": [0, 0]},
        "arcs": [
            [[0, 0], [1, 50], [-1, 50]],
            [[0, 100], [-100, 0], [0, -100], [100, 0]],
            [[0, 100], [100, 0], [0, -100], [-100, 0]],
        ],
        "objects": {
            "countries": {
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "West"}},
                    {"type": "MultiPolygon", "arcs": [[[0, 2]]], "properties": {"name": "East"}},
                ]
            }
        },
    }

    west, east = Topology.read(contents).countries(tolerance=0.05)

    assert len(west.polygons[0][0]) == 4  # the bend of the border lies within the tolerance
    assert set(west.polygons[0][0]) & set(east.polygons[0][0]) == {project(0, 0), project(0, 10)}


def test_each_state_is_an_outline_or_a_dot_and_has_a_locator() -> None:
    outlines = set(paths(MAPS / "world.svg")) - {"land"}
    locators = {file.stem for file in (MAPS / "locator").glob("*.svg")}
    dots = {code for code in locators if world_map.place_of_dot(code)}

    assert len(locators) == 197
    assert outlines | dots == locators
    assert outlines & dots == set()
    assert {"TUV", "MLT", "NRU", "VAT"} <= dots


@pytest.mark.parametrize("code", ["LAO", "RUS", "FJI", "MLT", "TUV"])
def test_a_locator_holds_its_state_and_the_land_around(code: str) -> None:
    drawn = paths(MAPS / "locator" / f"{code}.svg")

    assert set(drawn) == {"land", "state"}
    assert drawn["state"].startswith("M") or world_map.locator(code, "party", {})


def test_a_locator_names_neighbours_where_their_names_fit() -> None:
    names = {"CHN": "China", "THA": "Thailand", "KHM": "Cambodia", "VNM": "A very long name" * 9}

    shown = world_map.locator("LAO", "party", names)

    assert shown is not None
    assert {label.text for label in shown.labels} >= {"China", "Thailand"}
    assert not any(label.text.startswith("A very") for label in shown.labels)
    assert world_map.locator("XXX", "party", names) is None


def test_dots_stand_apart_from_outlines_within_a_layer() -> None:
    states = [
        Territory("LAO", "Laos", "/states/laos/", world_map.place_of_dot("LAO")),
        Territory("MLT", "Malta", "/states/malta/", world_map.place_of_dot("MLT")),
    ]

    (layer,) = world_map.draw({"party": states}).layers

    assert [state.iso3 for state in layer.outlines] == ["LAO"]
    assert [state.iso3 for state in layer.dots] == ["MLT"]
