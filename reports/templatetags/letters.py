"""What needs a person about letters, for the front page of the data entry."""

from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext

from ccm_portal.as_of import today
from reports.admin.letters import outbox
from reports.letters import warnings
from reports.models import Letter
from states.admin.record import has_permission

register = template.Library()


@register.inclusion_tag("admin/reports/letter/_notice.html", takes_context=True)
def letters_notice(context: template.RequestContext) -> dict[str, Any]:
    """Letters that wait for somebody, states that cannot be written to, runs that were missed."""
    request = context["request"]
    if not has_permission(request, "view", Letter):
        return {"may_view": False}
    page = outbox.load(on=today(), now=timezone.now())
    return {
        "may_view": True,
        "waiting": warnings.waiting(),
        "bounced": [problem for problem in page.problems if problem.bounced],
        "missing": [problem for problem in page.problems if not problem.bounced],
        "soon": [problem for problem in page.problems if problem.next_on],
        "is_switched_on": page.plan.is_switched_on,
        "not_vouched": page.not_vouched if page.plan.is_switched_on else (),
        "missed": [job for job in page.jobs if job.is_missed],
        "pause": page.pause,
        "unmailed": page.unmailed,
        "without_links": page.without_links,
    }


@register.filter
def translated(text: str) -> str:
    """A reason that is stored in English, in the language of the page where it is known."""
    return gettext(text) if text else ""
