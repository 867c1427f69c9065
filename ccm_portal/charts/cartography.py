"""Draws the map files from outlines of countries: the world, and one locator for each state.

Run once by `manage.py draw_map`; what it writes is served as it is. Units are those of the viewBox:
`SCALE` of them make a pixel of the page, so that whole numbers are fine enough.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import hypot

from .projection import Point, area, centre, project
from .topology import Country, Polygon, Ring, Topology

SCALE = 2
WORLD_WIDTH = 1240 * SCALE
LOCATOR = (290 * SCALE, 260 * SCALE)
DOT_BELOW = 9 * SCALE * SCALE
"""The area under which a state is too small to be seen and becomes a dot."""
SMALLEST_ISLAND = 1.5 * SCALE * SCALE
SMALLEST_VIEW = 0.2
"""A locator shows at least this much of the Earth's radius from side to side: about 1,300 km."""
LABEL_AREA = 1400 * SCALE
MOST_LABELS = 6
FURTHEST_PART = 1.2

# Parts that the file draws by themselves and the United Nations as a part of a state.
PART_OF = {
    "N. Cyprus": "CYP",
    "Somaliland": "SOM",
    "Taiwan": "CHN",
    "Hong Kong": "CHN",
    "Macao": "CHN",
    "Åland": "FIN",
}
# Spellings of the file that are no name of the state.
ABBREVIATED = {
    "Marshall Is.": "MHL",
    "St. Vin. and Gren.": "VCT",
    "Eq. Guinea": "GNQ",
    "Dem. Rep. Congo": "COD",
    "Bosnia and Herz.": "BIH",
    "Antigua and Barb.": "ATG",
}
LEFT_OUT = {"Antarctica"}
# The file lacks Tuvalu: Funafuti, in degrees east and north.
WITHOUT_OUTLINE = {"TUV": (179.2, -8.5)}


@dataclass
class Shape:
    """The outlines of one state in radii of the Earth; `iso3` is "" for all other land."""

    iso3: str
    polygons: list[Polygon] = field(default_factory=list)

    @property
    def main(self) -> Polygon:
        return max(self.polygons, key=lambda polygon: area(polygon[0]))


@dataclass(frozen=True)
class Label:
    """A neighbour's place in a locator, and how wide a name may be there."""

    iso3: str
    x: int
    y: int
    room: int


@dataclass(frozen=True)
class DrawnLocator:
    """A locator's file and what the page has to know of it."""

    svg: str
    labels: tuple[Label, ...]
    dot: tuple[int, int] | None


@dataclass(frozen=True)
class View:
    """A window on the projected Earth: its corner and how many units a radius has."""

    left: float
    top: float
    scale: float
    width: int
    height: int

    def ring(self, ring: Iterable[Point]) -> list[Point]:
        return [((x - self.left) * self.scale, (y - self.top) * self.scale) for x, y in ring]


def shapes(topology: Topology, iso3_of: Callable[[str], str], *, tolerance: float) -> list[Shape]:
    """The states' outlines, parts put together. `iso3_of` knows the names of states, or says ""."""
    found: dict[str, Shape] = {}
    for country in topology.countries(tolerance=tolerance):
        if country.name not in LEFT_OUT:
            iso3 = _iso3(country, iso3_of)
            found.setdefault(iso3, Shape(iso3)).polygons.extend(country.polygons)
    return list(found.values())


def _iso3(country: Country, iso3_of: Callable[[str], str]) -> str:
    return PART_OF.get(country.name) or ABBREVIATED.get(country.name) or iso3_of(country.name) or ""


def world_view(states: Sequence[Shape]) -> View:
    """The window that holds all land."""
    points = [point for shape in states for polygon in shape.polygons for point in polygon[0]]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    scale = (WORLD_WIDTH - 4) / (right - left)
    margin = 2 / scale
    height = round((bottom - top + 2 * margin) * scale)
    return View(left - margin, top - margin, scale, WORLD_WIDTH, height)


def world(states: Sequence[Shape], view: View) -> tuple[str, dict[str, tuple[int, int]]]:
    """The file of the world map, and where the dots of the smallest states stand."""
    dots, paths = {}, []
    for shape in sorted(states, key=lambda shape: shape.iso3):
        rings = [[view.ring(ring) for ring in polygon] for polygon in shape.polygons]
        whole = sum(area(polygon[0]) for polygon in rings)
        if shape.iso3 and whole < DOT_BELOW:
            x, y = centre(max((polygon[0] for polygon in rings), key=area))
            dots[shape.iso3] = (round(x), round(y))
            continue
        outlines = [ring for polygon in rings for ring in polygon if area(ring) >= SMALLEST_ISLAND]
        paths.append(_path(shape.iso3 or "land", outlines))
    for iso3, place in WITHOUT_OUTLINE.items():
        ((x, y),) = view.ring([project(*place)])
        dots[iso3] = (round(x), round(y))
    return _file(paths, view), dots


def locator(shape: Shape, states: Sequence[Shape]) -> DrawnLocator:
    """The file of one state among its neighbours."""
    view = _around(shape)
    window = (-20.0, -20.0, view.width + 20.0, view.height + 20.0)
    own = _clipped(shape, view, window)
    land: list[list[Point]] = []
    labels: list[tuple[float, Label]] = []
    for other in states:
        if other.iso3 != shape.iso3:
            rings = _clipped(other, view, window)
            land += rings
            if other.iso3 and rings:
                labels += _label(other.iso3, max(rings, key=area), view)
    labels.sort(key=lambda item: -item[0])
    is_small = sum(area(ring) for ring in own) < 4 * DOT_BELOW
    x, y = centre(max(own, key=area)) if own else (view.width / 2, view.height / 2)
    return DrawnLocator(
        svg=_file([_path("land", land), _path("state", own)], view),
        labels=tuple(label for _, label in labels[:MOST_LABELS]),
        dot=(round(x), round(y)) if is_small else None,
    )


def width_around(shape: Shape) -> float:
    """How much of the Earth's radius a state's locator shows from side to side."""
    view = _around(shape)
    return view.width / view.scale


def without_outline(iso3: str) -> Shape:
    """A state that the file lacks, as a very small triangle in its place."""
    x, y = project(*WITHOUT_OUTLINE[iso3])
    return Shape(iso3, [(((x, y), (x + 1e-5, y), (x, y + 1e-5)),)])


def _around(shape: Shape) -> View:
    """The window around a state's main part and what lies near it, with room for neighbours."""
    main = shape.main[0]
    left, top, right, bottom = _box([main])
    size, (mx, my) = hypot(right - left, bottom - top), centre(main)
    near = [
        polygon[0]
        for polygon in shape.polygons
        if hypot(centre(polygon[0])[0] - mx, centre(polygon[0])[1] - my)
        < max(FURTHEST_PART * size, SMALLEST_VIEW / 3)
        and area(polygon[0]) >= area(main) / 400
    ]
    left, top, right, bottom = _box(near)
    width, height = LOCATOR
    across = max((right - left) * 1.45, (bottom - top) * 1.6 * width / height, SMALLEST_VIEW)
    scale = width / across
    x, y = (left + right) / 2, (top + bottom) / 2
    return View(x - across / 2, y - across * height / width / 2, scale, width, height)


def _box(rings: Iterable[Iterable[Point]]) -> tuple[float, float, float, float]:
    points = [point for ring in rings for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _clipped(
    shape: Shape, view: View, window: tuple[float, float, float, float]
) -> list[list[Point]]:
    rings = [view.ring(ring) for polygon in shape.polygons for ring in polygon]
    cut = (clip(ring, window) for ring in rings)
    return [ring for ring in cut if len(ring) > 2 and area(ring) >= 2]


def clip(ring: Sequence[Point], window: tuple[float, float, float, float]) -> list[Point]:
    """An outline cut at the sides of a window (Sutherland and Hodgman)."""
    found = list(ring)
    for axis, limit, sign in (
        (0, window[0], 1),
        (1, window[1], 1),
        (0, window[2], -1),
        (1, window[3], -1),
    ):
        found = list(_cut(found, axis, limit, sign))
    return found


def _cut(ring: Sequence[Point], axis: int, limit: float, sign: int) -> Iterator[Point]:
    for index, point in enumerate(ring):
        before = ring[index - 1]
        is_in, was_in = (sign * (place[axis] - limit) >= 0 for place in (point, before))
        if is_in != was_in:
            share = (limit - before[axis]) / (point[axis] - before[axis])
            crossing = [before[0] + share * (point[0] - before[0])]
            crossing.append(before[1] + share * (point[1] - before[1]))
            yield crossing[0], crossing[1]
        if is_in:
            yield point


def _label(iso3: str, ring: Ring | list[Point], view: View) -> Iterator[tuple[float, Label]]:
    seen = clip(ring, (0, 0, view.width, view.height))
    size = area(seen) if len(seen) > 2 else 0
    if size < LABEL_AREA:
        return
    x, y = centre(seen)
    if not holds(seen, (x, y)):
        return
    left, _, right, _ = _box([seen])
    room = min(2 * min(x - left, right - x), 2 * (x - 8), 2 * (view.width - 8 - x))
    if 20 < y < view.height - 12:
        yield size, Label(iso3, round(x), round(y), round(room))


def holds(ring: Sequence[Point], point: Point) -> bool:
    """Whether a point lies within an outline: a line from it to the side crosses it oddly often."""
    x, y = point
    crossed = [
        ax + (y - ay) / (by - ay) * (bx - ax) > x
        for (ax, ay), (bx, by) in pairwise([*ring, ring[0]])
        if (ay > y) != (by > y)
    ]
    return sum(crossed) % 2 == 1


def _path(name: str, rings: Iterable[Sequence[Point]]) -> str:
    return f'<path id="{name}" d="{"".join(_outline(ring) for ring in rings)}"/>'


def _outline(ring: Sequence[Point]) -> str:
    """An outline as a path in whole numbers, each point as its step from the one before."""
    rounded = [(round(x), round(y)) for x, y in ring]
    points = [point for index, point in enumerate(rounded) if point != rounded[index - 1]]
    if len(points) < 3:
        return ""
    steps = "".join(
        f"{_number(bx - ax)}{_number(by - ay)}" for (ax, ay), (bx, by) in pairwise(points)
    )
    return f"M{points[0][0]} {points[0][1]}l{steps.lstrip()}z"


def _number(value: int) -> str:
    return str(value) if value < 0 else f" {value}"


def _file(paths: Iterable[str], view: View) -> str:
    lines = "\n".join(paths)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {view.width} {view.height}">\n'
        f"{lines}\n</svg>\n"
    )


def as_data(
    view: View, dots: Mapping[str, tuple[int, int]], locators: Mapping[str, DrawnLocator]
) -> dict[str, object]:
    """What pages have to know beside the files, ready for JSON."""
    return {
        "width": view.width,
        "height": view.height,
        "dots": dict(sorted(dots.items())),
        "locators": {
            iso3: {
                "dot": drawn.dot,
                "labels": [[label.iso3, label.x, label.y, label.room] for label in drawn.labels],
            }
            for iso3, drawn in sorted(locators.items())
        },
    }
