"""Pages and downloads of the action plans."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actions.evaluation import Evaluation
from actions.models import Action, ActionPlan
from ccm_portal.as_of import AsOf
from ccm_portal.exports import csv_response
from ccm_portal.links import Links

from . import action_page, plan_page


def plan_list(request: HttpRequest) -> HttpResponse:
    """All plans, the one in force first."""
    as_of: AsOf = request.as_of  # type: ignore[attr-defined]
    plans = list(ActionPlan.objects.published().select_related("adopted_at"))
    context = {"plans": plans, "on": as_of.day}
    return render(request, "actions/plan_list.html", context)


def plan(request: HttpRequest, code: str) -> HttpResponse:
    """A plan with its themes, actions and indicators."""
    found = _plan(code)
    page = plan_page.build(found, _evaluation(request))
    links = Links(request.as_of)  # type: ignore[attr-defined]
    context = {"page": page, "csv_url": links.to("actions:plan_csv", found.code)}
    return render(request, "actions/plan.html", context)


def plan_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The numbers of a plan's page: a row an action and a row an indicator."""
    found = _plan(code)
    evaluation = _evaluation(request)
    day = evaluation.on.isoformat()
    rows = list(plan_page.rows(plan_page.build(found, evaluation), day))
    return csv_response(rows, plan_page.COLUMNS, filename=f"{found.code}-{day}.csv")


def action(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """An action with what is reported of each state."""
    found = _action(code, number)
    page = action_page.build(found, _evaluation(request))
    links = Links(request.as_of)  # type: ignore[attr-defined]
    context = {
        "page": page,
        "csv_url": links.to("actions:action_csv", found.plan.code, found.number),
    }
    return render(request, "actions/action.html", context)


def action_csv(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """An action's states: a row a state and piece of evidence."""
    found = _action(code, number)
    evaluation = _evaluation(request)
    day = evaluation.on.isoformat()
    rows = list(action_page.rows(action_page.build(found, evaluation), day))
    name = f"{found.plan.code}-action-{found.number}-{day}.csv"
    return csv_response(rows, action_page.COLUMNS, filename=name)


def _evaluation(request: HttpRequest) -> Evaluation:
    as_of: AsOf = request.as_of  # type: ignore[attr-defined]
    return Evaluation.load(as_of.day, language=get_language() or "en")


def _plan(code: str) -> ActionPlan:
    """Raises `Http404` where there is none, or none that is published."""
    plans = ActionPlan.objects.published().select_related("adopted_at", "document")
    found = plans.filter(code=code).first()
    if found is None:
        raise Http404(_("No action plan has this address."))
    return found


def _action(code: str, number: int) -> Action:
    """Raises `Http404` where there is none, or none that is published."""
    actions = Action.objects.published().select_related("plan", "theme", "by_meeting")
    found = actions.filter(plan__code=code, number=number).first()
    if found is None:
        raise Http404(_("The plan has no action with this number."))
    return found
