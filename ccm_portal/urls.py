"""Every address of the portal."""

from django.contrib import admin
from django.urls import include, path

from actions.duties import pages as deadlines
from ccm_portal.audit import views as audit
from ccm_portal.site import (
    changes,
    discovery,
    figures_page,
    home,
    pages,
    search,
    state_findings,
    state_page,
    state_pdf,
)
from ccm_portal.site.tables import views as tables
from ccm_portal.site.themes import views as themes
from ccm_portal.watching.metrics import metrics
from reports.documents import may_be_shown
from reports.letters.sending.provider_events import mail_events
from states import file_views

handler400 = "ccm_portal.site.failure.bad_request"
handler500 = "ccm_portal.site.failure.server_error"

urlpatterns = [
    path("", home.home, name="home"),
    path("growth.csv", home.growth_csv, name="growth_csv"),
    path("", include("states.urls")),
    path("", include("reports.urls")),
    path("", include("actions.urls")),
    path("deadlines/", deadlines.page, name="deadlines"),
    path("deadlines.csv", deadlines.as_csv, name="deadlines_csv"),
    path("deadlines.ics", deadlines.as_ics, name="deadlines_ics"),
    path("progress-reports/", include("actions.reconciliation.urls")),
    path("states/<str:key>/", state_page.state, name="state"),
    path("states/<str:key>/findings/", state_findings.state_findings, name="state_findings"),
    path("states/<str:key>.csv", state_page.state_csv, name="state_csv"),
    path("states/<str:key>.pdf", state_pdf.state_pdf, name="state_pdf"),
    path("figures/", figures_page.figures, name="figures"),
    path("figures.csv", figures_page.figures_csv, name="figures_csv"),
    path("compare/", changes.compare, name="compare"),
    path("themes/", themes.theme_list, name="themes"),
    path("themes/<slug:code>/", themes.theme, name="theme"),
    path("themes/<slug:code>.csv", themes.theme_csv, name="theme_csv"),
    path("", include("actions.editions.urls")),
    path("search/", search.search, name="search"),
    path("data/", tables.data, name="data"),
    path("data/dictionary.csv", tables.dictionary, name="data_dictionary"),
    path("data/<slug:code>.<slug:form>", tables.table, name="data_table"),
    path("about/", pages.about, name="about"),
    path("about/accessibility/", pages.accessibility, name="accessibility"),
    path("robots.txt", discovery.robots, name="robots"),
    path("sitemap.xml", discovery.sitemap, name="sitemap"),
    path("favicon.ico", discovery.favicon, name="favicon"),
    path("api/v1/", include("ccm_portal.api.urls")),
    path(
        "files/<uuid:public_id>/<str:name>",
        file_views.download,
        {"may_be_shown": may_be_shown},
        name="document_file",
    ),
    path("admin/files/<uuid:public_id>/", file_views.download_in_admin, name="document_file_admin"),
    path("metrics", metrics, name="metrics"),
    path("admin/changes/", admin.site.admin_view(audit.trail), name="audit"),
    path("admin/changes.csv", admin.site.admin_view(audit.trail_csv), name="audit_csv"),
    path("admin/account/", include("ccm_portal.sign_in.urls")),
    path("mail-events/", mail_events, name="mail_events"),
    path("admin/", admin.site.urls),
]
