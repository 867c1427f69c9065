"""Outlines of countries that share their borders, read from a TopoJSON file."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .projection import Point, project, simplified, unwrapped

Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]


@dataclass(frozen=True)
class Country:
    """A country of the file: its name there and its polygons, each an outline with its holes."""

    name: str
    polygons: tuple[Polygon, ...]


@dataclass(frozen=True)
class Topology:
    """The lines of a file, in degrees, and the countries that they make up."""

    arcs: tuple[tuple[Point, ...], ...]
    geometries: tuple[Mapping[str, Any], ...]

    @classmethod
    def read(cls, contents: Mapping[str, Any]) -> "Topology":
        """From the parsed file. Its lines are stored as steps from one point to the next."""
        scale, shift = contents["transform"]["scale"], contents["transform"]["translate"]

        def line(steps: Iterable[tuple[int, int]]) -> tuple[Point, ...]:
            x = y = 0
            points = []
            for dx, dy in steps:
                x, y = x + dx, y + dy
                points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
            return tuple(points)

        return cls(
            arcs=tuple(line(arc) for arc in contents["arcs"]),
            geometries=tuple(contents["objects"]["countries"]["geometries"]),
        )

    def countries(self, *, tolerance: float) -> list[Country]:
        """The countries, projected, with lines simplified to a tolerance in radii of the Earth.

        A border is simplified once for both its countries, so that no gap opens between them.
        """
        kept = [self._thinned(arc, tolerance) for arc in self.arcs]
        return [
            Country(geometry["properties"]["name"], tuple(_polygons(geometry, kept.__getitem__)))
            for geometry in self.geometries
        ]

    def _thinned(self, arc: tuple[Point, ...], tolerance: float) -> list[Point]:
        turned = unwrapped(arc)
        places = {project(*point): original for point, original in zip(turned, arc, strict=True)}
        is_closed = len(arc) > 3 and arc[0] == arc[-1]
        line = [project(*point) for point in turned]
        if is_closed:  # an island of one line: from a point to itself nothing would be left
            half = len(line) // 2
            return [
                places[place]
                for part in (line[: half + 1], line[half:])
                for place in simplified(part, tolerance)
            ]
        return [places[place] for place in simplified(line, tolerance)]


def _polygons(geometry: Mapping[str, Any], arc: Callable[[int], list[Point]]) -> Iterable[Polygon]:
    many = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for rings in many:
        yield tuple(_ring(indices, arc) for indices in rings)


def _ring(indices: Iterable[int], arc: Callable[[int], list[Point]]) -> Ring:
    """Lines joined to an outline; ~index says that a line runs backwards."""
    points: list[Point] = []
    for index in indices:
        line = arc(index) if index >= 0 else arc(~index)[::-1]
        points += line[1:] if points else line
    return tuple(project(*point) for point in unwrapped(points[:-1]))
