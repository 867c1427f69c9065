"""Addresses of the pages of `states`."""

from django.urls import path

from . import views

app_name = "states"

urlpatterns = [
    path("states/", views.state_list, name="list"),
    path("states.csv", views.state_list_csv, name="csv"),
    path("meetings/", views.meetings, name="meetings"),
]
