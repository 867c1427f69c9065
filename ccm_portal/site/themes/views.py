"""The pages of the themes: a list, and a dashboard for each."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actions.evaluation import Evaluation
from actions.models import Action
from ccm_portal.as_of import AsOf
from ccm_portal.exports import Row, csv_response
from ccm_portal.kept import kept
from ccm_portal.links import Links
from ccm_portal.site import growth
from reports.sections import overview_section
from states.meetings import formal_meetings
from states.membership import membership

from .answers import Answers
from .catalogue import THEMES
from .dashboard import Builder, Dashboard
from .description import Chart, Description
from .discussion import discussion
from .evidence_end import evidence_end

CSV_COLUMNS = ("iso3", "name", "group", "deadline", "column", "expression", "answer", "as_of")


@dataclass(frozen=True)
class ThemeLine:
    """A theme in the list of themes."""

    theme: Description
    url: str
    lead: SafeString


def theme_list(request: HttpRequest) -> HttpResponse:
    """All themes with what is most important of each."""
    as_of: AsOf = request.as_of  # type: ignore[attr-defined]
    links = Links(as_of)
    evaluation = Evaluation.load(as_of.day, language=get_language() or "en")
    expressions = [
        expression
        for theme in THEMES.values()
        for said in theme.lead
        for expression in said.expressions
    ]
    answers = Answers.of(evaluation, expressions, links)
    lines = [
        ThemeLine(theme, links.to("theme", theme.code), answers.sentences(theme.lead))
        for theme in THEMES.values()
    ]
    return render(request, "site/theme_list.html", {"lines": lines})


def theme(request: HttpRequest, code: str) -> HttpResponse:
    """The dashboard of a theme."""
    as_of: AsOf = request.as_of  # type: ignore[attr-defined]
    links = Links(as_of)
    evaluation = Evaluation.load(as_of.day, language=get_language() or "en")
    dashboard = _dashboard(code, evaluation, links)
    context: dict[str, object] = {
        "dashboard": dashboard,
        "theme": dashboard.theme,
        "actions": _actions(dashboard.theme),
        "csv_url": links.to("theme_csv", code),
        "evidence": evidence_end(dashboard.theme, as_of.day),
        "discussion": discussion(dashboard.theme, as_of.day, links),
    }
    if dashboard.theme.chart is Chart.GROWTH:
        meetings = formal_meetings()
        steps = membership(evaluation.register)
        drawn = growth.build(steps, on=as_of.day, meetings=meetings, links=links)
        context["growth"] = drawn
    if dashboard.theme.chart is Chart.REPORTS:
        meetings = formal_meetings()
        context["reports"] = overview_section(evaluation.reporting, as_of.day, meetings, links)
    return render(request, "site/theme.html", context)


def theme_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The table of states of a theme as a CSV file, a row for each mark."""
    as_of: AsOf = request.as_of  # type: ignore[attr-defined]
    evaluation = Evaluation.load(as_of.day)
    dashboard = _dashboard(code, evaluation, Links(as_of))
    rows = list(_rows(dashboard, as_of.day.isoformat()))
    return csv_response(rows, CSV_COLUMNS, filename=f"{code}-{as_of.day.isoformat()}.csv")


def _dashboard(code: str, evaluation: Evaluation, links: Links) -> Dashboard:
    if code not in THEMES:
        raise Http404(_("No theme has this address."))
    return Builder.load(THEMES[code], evaluation, links).dashboard()


def _actions(theme: Description) -> list[Action]:
    """The actions of published plans that belong to the theme. One query where nothing is kept."""
    actions = kept("actions of themes", make=_actions_of_themes)
    return [action for action in actions if action.theme and action.theme.code in theme.themes]


def _actions_of_themes() -> tuple[Action, ...]:
    found = Action.objects.published().filter(theme__isnull=False)
    return tuple(found.select_related("plan", "theme"))


def _rows(dashboard: Dashboard, day: str) -> list[Row]:
    expressions = {str(part.title): part.expression for part in dashboard.theme.columns}
    return [
        (
            row.standing.state.iso3,
            row.standing.state.name,
            group.title,
            row.deadline.due_on if row.deadline else None,
            cell.title,
            expressions[cell.title],
            "" if not cell.url else "open" if cell.is_open else "yes",
            day,
        )
        for group in dashboard.groups
        for row in group.rows
        for cell in row.cells
    ]
