"""The world by status, and one state among its neighbours: which file, which places, which marks.

The outlines lie in static files that `manage.py draw_map` wrote; a page names them, so that they
take its colours and travel once.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .labels import text_width

DATA = Path(__file__).parent / "world_map.json"
DOT = 6
LABEL_SIZE = 24


@dataclass(frozen=True)
class Territory:
    """A state on the map: `dot` is its place where it is too small for an outline."""

    iso3: str
    title: str
    url: str
    dot: tuple[int, int] | None


@dataclass(frozen=True)
class Layer:
    """All states of one status."""

    name: str
    territories: tuple[Territory, ...]

    @property
    def outlines(self) -> tuple[Territory, ...]:
        return tuple(item for item in self.territories if item.dot is None)

    @property
    def dots(self) -> tuple[Territory, ...]:
        return tuple(item for item in self.territories if item.dot is not None)


@dataclass(frozen=True)
class WorldMap:
    """The map: layers from the ground up, in a box of `width` by `height` units."""

    width: int
    height: int
    layers: tuple[Layer, ...]


@dataclass(frozen=True)
class Text:
    """A neighbour's name in its place."""

    x: int
    y: int
    text: str


@dataclass(frozen=True)
class Locator:
    """One state among its neighbours: its file and its status, and their names."""

    file: str
    status: str
    width: int
    height: int
    dot: tuple[int, int] | None
    labels: tuple[Text, ...]


def draw(layers: Mapping[str, list[Territory]]) -> WorldMap:
    """The world map. Names of layers are statuses; the first lies lowest."""
    data = _data()
    return WorldMap(
        width=data["width"],
        height=data["height"],
        layers=tuple(Layer(name, tuple(states)) for name, states in layers.items()),
    )


def place_of_dot(iso3: str) -> tuple[int, int] | None:
    """Where the dot of a state stands that is too small for an outline; None for the others."""
    dot = _data()["dots"].get(iso3)
    return (dot[0], dot[1]) if dot else None


def locator(iso3: str, status: str, names: Mapping[str, str]) -> Locator | None:
    """One state among its neighbours, by the names of the day; None where there is no file."""
    drawn = _data()["locators"].get(iso3)
    if drawn is None:
        return None
    dot = drawn["dot"]
    wide = [(names.get(code, ""), x, y, room) for code, x, y, room in drawn["labels"]]
    return Locator(
        file=f"map/locator/{iso3}.svg",
        status=status,
        width=580,
        height=520,
        dot=(dot[0], dot[1]) if dot else None,
        labels=tuple(
            Text(x, y, name) for name, x, y, room in wide if name and _width(name) <= room
        ),
    )


def _width(name: str) -> float:
    return text_width(name) * 2


@cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return found
