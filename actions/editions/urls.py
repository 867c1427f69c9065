"""Addresses of the pages of progress reports."""

from django.urls import path, re_path

from . import views

app_name = "editions"

urlpatterns = [
    path("progress-reports/", views.edition_list, name="list"),
    path("progress-reports/<slug:code>/", views.edition, name="edition"),
    path("progress-reports/<slug:code>/changes/", views.changes, name="changes"),
    path("progress-reports/<slug:code>/chapters/<slug:chapter>/", views.edition, name="chapter"),
    re_path(
        r"^progress-reports/(?P<code>[-\w]+)/report\.(?P<form>docx|pdf|json|html)$",
        views.file,
        name="file",
    ),
]
