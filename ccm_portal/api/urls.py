"""Every address of the API, version 1."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView

from actions.api import views as actions
from actions.duties import api as duties
from actions.editions import api as editions
from actions.reconciliation.api import ReconciliationView
from ccm_portal.rest.views import NowhereView
from reports.api import views as reports
from reports.documents import shown
from states.api import views as states

from .docs import DocsView
from .figures import FiguresView, MembersView
from .root import RootView

app_name = "v1"

documents = states.DocumentsView.as_view(may_be_named=shown)

urlpatterns = [
    path("", RootView.as_view(), name="root"),
    path("states/", states.StatesView.as_view(), name="states"),
    path("states/<str:iso3>/", states.StateView.as_view(), name="state"),
    path("treaty-actions/", states.TreatyActionsView.as_view(), name="treaty-actions"),
    path("meetings/", states.MeetingsView.as_view(), name="meetings"),
    path("documents/", documents, name="documents"),
    path("names/", states.NamesView.as_view(), name="names"),
    path("status/", states.StatusView.as_view(), name="status"),
    path("deadlines/", duties.DeadlinesView.as_view(), name="deadlines"),
    path("reports/", reports.ReportsView.as_view(), name="reports"),
    path("reports/<int:pk>/", reports.ReportView.as_view(), name="report"),
    path("progress-reports/", editions.EditionsView.as_view(), name="progress-reports"),
    path("progress-reports/<slug:code>/", editions.EditionView.as_view(), name="progress-report"),
    path("action-plans/", actions.PlansView.as_view(), name="action-plans"),
    path("action-plans/<slug:code>/", actions.PlanView.as_view(), name="action-plan"),
    path("actions/", actions.ActionsView.as_view(), name="actions"),
    path("actions/<slug:code>/<int:number>/", actions.ActionView.as_view(), name="action"),
    path("indicators/", actions.IndicatorsView.as_view(), name="indicators"),
    path("findings/", actions.FindingsView.as_view(), name="findings"),
    path("figures/", FiguresView.as_view(), name="figures"),
    path("figures/members/", MembersView.as_view(), name="figure-members"),
    path(
        "progress-reports/<slug:code>/reconciliation/",
        ReconciliationView.as_view(),
        name="reconciliation",
    ),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(), name="docs"),
    # Only with a slash at the end, so that an address without it still gets one.
    re_path(r"^.*/$", NowhereView.as_view(), name="nowhere"),
]
