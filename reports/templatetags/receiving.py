"""The ways into receiving reports, on the pages of the data entry."""

from typing import Any

from django import template

from reports.documents import waiting_to_be_read
from reports.models import TransparencyReport
from states.admin.record import has_permission

register = template.Library()


@register.inclusion_tag("admin/reports/_receiving_links.html", takes_context=True)
def receiving_links(context: template.RequestContext) -> dict[str, Any]:
    """Where to record a report, and how many wait to be read through."""
    request = context["request"]
    may_view = has_permission(request, "view", TransparencyReport)
    return {
        "may_view": may_view,
        "may_record": has_permission(request, "add", TransparencyReport),
        "waiting": waiting_to_be_read().count() if may_view else 0,
    }
