"""Equal Earth, the projection of the maps: areas keep their proportion, so no state looks larger.

The projection of Bojan Šavrič, Tom Patterson and Bernhard Jenny (2018), centred on 11° E, so
that the cut runs through the Bering Strait and divides no state.
"""

from collections.abc import Iterable, Sequence
from math import asin, cos, radians, sin, sqrt

CENTRE = 11.0
"""The meridian in the middle, in degrees east."""

Point = tuple[float, float]

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = sqrt(3) / 2


def project(longitude: float, latitude: float) -> Point:
    """A place in degrees as x to the right and y downwards, in radii of the Earth.

    Longitudes may lie beyond the cut, for outlines that cross it.
    """
    angle = asin(_M * sin(radians(latitude)))
    square = angle * angle
    sixth = square * square * square
    x = (
        radians(longitude - CENTRE)
        * cos(angle)
        / (_M * (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)))
    )
    return x, -angle * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))


def unwrapped(ring: Iterable[Point]) -> list[Point]:
    """An outline in degrees without a jump at 180°, on the side of the cut where most of it is."""
    turned: list[Point] = []
    for longitude, latitude in ring:
        turns = round((turned[-1][0] - longitude) / 360) if turned else 0
        turned.append((longitude + 360 * turns, latitude))
    middle = sum(longitude for longitude, _ in turned) / max(len(turned), 1)
    shift = -360 * round((middle - CENTRE) / 360)
    return [(longitude + shift, latitude) for longitude, latitude in turned]


def area(ring: Sequence[Point]) -> float:
    """The area within an outline, in the square of its unit."""
    return abs(_twice_area(ring)) / 2


def centre(ring: Sequence[Point]) -> Point:
    """The point on which the area within an outline balances."""
    twice = _twice_area(ring)
    if not twice:
        return ring[0]
    sums = [
        ((ax + bx) * (ax * by - bx * ay), (ay + by) * (ax * by - bx * ay))
        for (ax, ay), (bx, by) in _sides(ring)
    ]
    return sum(x for x, _ in sums) / (3 * twice), sum(y for _, y in sums) / (3 * twice)


def simplified(line: Sequence[Point], tolerance: float) -> list[Point]:
    """A line with the points left out that lie within the tolerance (Douglas and Peucker)."""
    if len(line) < 3:
        return list(line)
    kept = {0, len(line) - 1}
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        furthest, at = 0.0, 0
        for index in range(first + 1, last):
            distance = _distance(line[index], line[first], line[last])
            if distance > furthest:
                furthest, at = distance, index
        if furthest > tolerance:
            kept.add(at)
            waiting += [(first, at), (at, last)]
    return [line[index] for index in sorted(kept)]


def _sides(ring: Sequence[Point]) -> Iterable[tuple[Point, Point]]:
    return zip(ring, [*ring[1:], ring[0]], strict=True)


def _twice_area(ring: Sequence[Point]) -> float:
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in _sides(ring))


def _distance(point: Point, begin: Point, end: Point) -> float:
    """How far a point lies from the stretch between two others."""
    dx, dy = end[0] - begin[0], end[1] - begin[1]
    px, py = point[0] - begin[0], point[1] - begin[1]
    length = dx * dx + dy * dy
    along = min(max((px * dx + py * dy) / length, 0.0), 1.0) if length else 0.0
    return sqrt((px - along * dx) ** 2 + (py - along * dy) ** 2)
