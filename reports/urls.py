"""Addresses of the pages of `reports`."""

from django.urls import path

from . import views
from .atom_feed import PublishedReports

app_name = "reports"

urlpatterns = [
    path("reports/", views.register, name="register"),
    path("reports.csv", views.register_csv, name="csv"),
    path("reports/rates.csv", views.rates_csv, name="rates_csv"),
    path("reports/overdue/", views.overdue_list, name="overdue"),
    path("reports/feed.atom", PublishedReports(), name="feed"),
    path("reports/<slug:slug>/", views.of_state, name="state"),
    path("reports/<slug:slug>/<slug:key>/", views.report, name="report"),
]
