"""Where the states of a figure lie: certain ones solid, open ones hatched, over plain land."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from actions.evaluation import Member
from ccm_portal.charts import world_map
from ccm_portal.charts.world_map import Territory, WorldMap
from ccm_portal.links import Links
from states.register import Register, Standing, Status


@dataclass(frozen=True)
class FigureMap:
    """The map of a figure, in the shape that the partial for maps takes."""

    map: WorldMap


def draw(members: Iterable[Member], register: Register, links: Links) -> FigureMap | None:
    """The map of a figure's states among all others; None where it has none. No query."""
    found = {member.key: member for member in members if member.standing is not None}
    if not found:
        return None
    # The layers are drawn as the statuses are: plain, hatched, solid.
    layers: dict[str, list[Territory]] = {
        layer.value: [] for layer in (Status.NOT_PARTY, Status.SIGNATORY, Status.PARTY)
    }
    for standing in register:
        member = found.get(standing.state.iso3)
        layers[_layer(member).value].append(_territory(standing, member, links))
    return FigureMap(world_map.draw(layers))


def _layer(member: Member | None) -> Status:
    if member is None:
        return Status.NOT_PARTY
    return Status.PARTY if member.is_certain else Status.SIGNATORY


def _territory(standing: Standing, member: Member | None, links: Links) -> Territory:
    name = standing.state.name
    is_open = member is not None and not member.is_certain
    return Territory(
        iso3=standing.state.iso3,
        title=_("%(state)s: open") % {"state": name} if is_open else name,
        url=links.to("state", standing.state.slug),
        dot=world_map.place_of_dot(standing.state.iso3),
    )
