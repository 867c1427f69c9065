"""Tags of the pages on reports: circles, delays on their scale, quantities with their unit."""

from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ccm_portal.charts.delays import Delay, Delays, Tick
from reports import contents, marks
from reports.models import DeclaredQuantity

register = template.Library()


@register.simple_tag
def circle(play: str) -> SafeString:
    """The circle of a report."""
    return marks.circle(str(play))


@register.simple_tag
def delay(line: Delay, chart: Delays) -> SafeString:
    """One line over the marks of the scale, which all lines of a table share."""
    return format_html(
        '<svg class="delay" width="100%" height="22" aria-hidden="true" focusable="false">{grid}'
        '<line class="delay-time" x1="{begun}%" x2="{due}%" y1="11" y2="11"/>'
        '<rect class="delay-bar" x="{bar}%" y="7" width="{width}%" height="8"/>'
        '<line class="delay-due" x1="{due}%" x2="{due}%" y1="4" y2="18"/>'
        '<line class="delay-now" x1="{now}%" x2="{now}%" y1="-12" y2="34"/></svg>',
        grid=_grid(chart.ticks),
        begun=line.begun_x,
        due=line.due_x,
        bar=line.bar_x,
        width=line.bar_width,
        now=chart.now,
    )


@lru_cache(maxsize=64)
def _grid(ticks: tuple[Tick, ...]) -> SafeString:
    return format_html_join(
        "",
        '<line class="delay-grid" x1="{0}%" x2="{0}%" y1="0" y2="22"/>',
        ((it.x,) for it in ticks),
    )


@register.filter
def amount(line: DeclaredQuantity) -> str:
    """A declared quantity with its unit, “not given” where the report gives none."""
    return contents.amount(line)
