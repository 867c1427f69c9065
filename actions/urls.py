"""Addresses of the pages of `actions`."""

from django.urls import path

from .plans import views as plans

app_name = "actions"

urlpatterns = [
    path("actions/", plans.plan_list, name="plans"),
    path("actions/<slug:code>/", plans.plan, name="plan"),
    path("actions/<slug:code>.csv", plans.plan_csv, name="plan_csv"),
    path("actions/<slug:code>/<int:number>/", plans.action, name="action"),
    path("actions/<slug:code>/<int:number>.csv", plans.action_csv, name="action_csv"),
]
