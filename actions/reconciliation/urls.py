"""Addresses of reconciliations, under those of their editions."""

from django.urls import path

from . import page

app_name = "reconciliation"

urlpatterns = [
    path("<slug:code>/reconciliation/", page.reconciliation, name="page"),
    path("<slug:code>/reconciliation.csv", page.figures_csv, name="csv"),
    path("<slug:code>/reconciliation/checks.csv", page.checks_csv, name="checks_csv"),
]
