"""The map of the overview: every state by its status, and what the map shows in a sentence."""

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ccm_portal.charts import world_map
from ccm_portal.charts.world_map import Territory, WorldMap
from ccm_portal.links import Links
from states.models import Region
from states.register import Register, Standing, Status

FROM_THE_GROUND_UP = (Status.NOT_PARTY, Status.SIGNATORY, Status.PARTY)


@dataclass(frozen=True)
class World:
    """The map with the sentence that says what it shows."""

    map: WorldMap
    finding: SafeString


def build(register: Register, links: Links) -> World:
    """The map of the register's day. No query."""
    layers: dict[str, list[Territory]] = {status.value: [] for status in FROM_THE_GROUND_UP}
    labels = {status: str(status.label) for status in FROM_THE_GROUND_UP}
    for standing in register:
        status = standing.status
        layers[status.value].append(_territory(standing, labels[status], links))
    return World(map=world_map.draw(layers), finding=_finding(register, links))


def _territory(standing: Standing, status: str, links: Links) -> Territory:
    state = standing.state
    return Territory(
        iso3=state.iso3,
        title=f"{state.name}: {status}",
        url=links.to("state", state.slug),
        dot=world_map.place_of_dot(state.iso3),
    )


def _finding(register: Register, links: Links) -> SafeString:
    """Where most and where fewest parties are, the regions in the order in which they are shown."""
    if not register.parties:
        return format_html("{}", _("No State has joined yet."))
    counts = [
        (sum(party.state.ccm_region == region.value for party in register.parties), region)
        for region in Region
    ]
    most, fewest = max(counts, key=lambda item: item[0]), min(counts, key=lambda item: item[0])
    if any(sum(count == end[0] for count, _region in counts) > 1 for end in (most, fewest)):
        return _spread(counts, links)
    return format_html(
        _("{first} has the most States Parties, {most}; {last} the fewest, {fewest}."),
        first=str(most[1].label),
        most=links.states(most[0], status="party", region=most[1].value),
        last=str(fewest[1].label),
        fewest=links.states(fewest[0], status="party", region=fewest[1].value),
    )


def _spread(counts: list[tuple[int, Region]], links: Links) -> SafeString:
    """Every region with its parties: where two have as many, neither is the most or the fewest."""
    return format_html(
        _("States Parties by region: {regions}."),
        regions=format_html_join(
            ", ",
            "{} {}",
            (
                (region.label, links.states(count, status="party", region=region.value))
                for count, region in counts
            ),
        ),
    )
