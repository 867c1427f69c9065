"""The three roles, and what each may do in the data entry."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection

from states.models import State, TreatyAction
from tests.admin import records
from tests.admin.conftest import Desk

pytestmark = pytest.mark.django_db

migration = import_module("states.migrations.0002_roles")

RECORDS = {
    "treatyaction",
    "statename",
    "officialdate",
    "extensiondecision",
    "meeting",
    "contact",
    "document",
    "organization",
}
ENTER = {f"{action}_{record}" for action in ("add", "change") for record in RECORDS}
EDIT = (
    {f"delete_{record}" for record in RECORDS}
    | {f"publish_{record}" for record in RECORDS - {"contact", "organization"}}
    | {"change_state"}
)
VIEW = {f"view_{record}" for record in RECORDS | {"state"}} | {
    f"view_historical{record}" for record in RECORDS | {"state"}
}
KINDS = RECORDS | {"state"} | {f"historical{record}" for record in RECORDS | {"state"}}


def permissions(role: str) -> set[str]:
    """What a role may do with the records of this module; other modules have their own."""
    granted = Group.objects.get(name=role).permissions.values_list("codename", flat=True)
    return {name for name in granted if name.split("_", 1)[1] in KINDS}


def test_roles_have_their_permissions_and_no_other() -> None:
    assert permissions("Auditor") == VIEW
    assert permissions("Data entry") == VIEW | ENTER
    assert permissions("Editor") == VIEW | ENTER | EDIT


def test_roles_can_be_taken_back_and_made_again_on_an_empty_table_of_permissions() -> None:
    """A fresh database has no permissions yet when the migration runs."""
    migration.remove_roles(apps, SimpleNamespace(connection=connection))
    Permission.objects.filter(content_type__app_label="states").delete()
    assert list(Group.objects.filter(name__in=["Data entry", "Editor", "Auditor"])) == []

    records.make_roles()
    assert permissions("Editor") == VIEW | ENTER | EDIT


@pytest.mark.parametrize(
    ("role", "may_add", "may_import"),
    [("Data entry", True, True), ("Editor", True, True), ("Auditor", False, False)],
)
def test_list_offers_what_the_role_may_do(role: str, may_add: bool, may_import: bool) -> None:
    page = Desk(role).get(TreatyAction, "changelist")

    context = page.context
    assert (context["has_add_permission"], context["has_import_permission"]) == (
        may_add,
        may_import,
    )
    assert context["has_export_permission"]


@pytest.mark.parametrize("role", ["Data entry", "Editor", "Auditor"])
def test_nobody_adds_or_deletes_states(role: str) -> None:
    desk = Desk(role)

    assert desk.get(State, "add").status_code == 403
    assert desk.get(State, "delete", records.state().pk).status_code == 403


def test_auditor_reads_everything_and_changes_nothing() -> None:
    auditor, norway = Desk("Auditor"), records.party()
    signature = norway.treaty_actions.first()
    assert signature is not None

    assert auditor.get(TreatyAction, "history", signature.pk).status_code == 200
    page = auditor.get(State, "change", norway.pk)
    assert (page.status_code, page.context["has_change_permission"]) == (200, False)
    assert auditor.save(norway, {"note": "x"}).status_code == 403
    assert auditor.save(signature, {"note": "x"}).status_code == 403
    assert auditor.get(TreatyAction, "import").status_code == 403
