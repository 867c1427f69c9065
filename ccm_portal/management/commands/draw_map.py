"""`manage.py draw_map`: the map files, drawn once from Natural Earth's outlines."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from ccm_portal.charts import cartography, world_map
from ccm_portal.charts.cartography import Shape
from ccm_portal.charts.topology import Topology
from states.models import State
from states.names import NameBook

WORLD_TOLERANCE = 0.7 / 230
LOCATOR_TOLERANCE = 0.7 / 1500
"""In radii of the Earth: 0.7 of a pixel of the page, of which a radius has about so many."""


class Command(BaseCommand):
    help = (
        "Draws static/map/ and the places of dots and labels from countries-50m.json of the npm "
        "package world-atlas (Natural Earth, 1:50 million). Needed only when the outlines change."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="countries-50m.json")

    def handle(self, *args: Any, **options: Any) -> None:
        topology = Topology.read(json.loads(options["file"].read_text(encoding="utf-8")))
        names, codes = NameBook.load(), dict(State.objects.values_list("pk", "iso3"))

        def iso3_of(name: str) -> str:
            return codes.get(names.find(name) or 0, "")

        coarse = cartography.shapes(topology, iso3_of, tolerance=WORLD_TOLERANCE)
        view = cartography.world_view(coarse)
        svg, dots = cartography.world(coarse, view)
        folder = Path(settings.BASE_DIR) / "static" / "map"
        (folder / "locator").mkdir(parents=True, exist_ok=True)
        (folder / "world.svg").write_text(svg, encoding="utf-8")
        locators = {}
        for shape, others in _with_neighbours(topology, iso3_of):
            locators[shape.iso3] = drawn = cartography.locator(shape, others)
            (folder / "locator" / f"{shape.iso3}.svg").write_text(drawn.svg, encoding="utf-8")
        data = cartography.as_data(view, dots, locators)
        world_map.DATA.write_text(
            json.dumps(data, separators=(",", ":")).replace('},"', '},\n"') + "\n",
            encoding="utf-8",
        )
        missing = sorted(set(codes.values()) - set(locators))
        self.stdout.write(f"{len(locators)} locators, {len(dots)} dots; without: {missing}")


def _with_neighbours(topology: Topology, iso3_of: Any) -> list[tuple[Shape, list[Shape]]]:
    """Each state with outlines as fine as its locator can show: large states need fewer points."""
    by_size: list[tuple[Shape, list[Shape]]] = []
    for tolerance, until in ((LOCATOR_TOLERANCE, 0.35), (4 * LOCATOR_TOLERANCE, 99.0)):
        shapes = cartography.shapes(topology, iso3_of, tolerance=tolerance)
        shapes += [cartography.without_outline(iso3) for iso3 in cartography.WITHOUT_OUTLINE]
        done = {shape.iso3 for shape, _ in by_size} | {""}
        by_size += [
            (shape, shapes)
            for shape in shapes
            if shape.iso3 not in done and cartography.width_around(shape) < until
        ]
    return by_size
