"""The audit trail: who changed what, when, from what to what, in the admin and as CSV."""

import csv
from datetime import date
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ccm_portal.audit.trail import Change, Filters, entries, places, visible_histories
from states.models import Organization
from tests.admin import records
from tests.admin.conftest import Desk

pytestmark = pytest.mark.django_db

NOON = "2026-03-02T12:00:00+00:00"


def rows(client: Client, **query: str) -> list[dict[str, str]]:
    answer: Any = client.get("/admin/changes.csv", query)
    assert answer.status_code == 200
    return list(csv.DictReader(StringIO(answer.getvalue().decode(), newline="")))


def changed_by(person: User, record: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(record, name, value)
    record._history_user = person
    record.save()


@pytest.fixture
def auditor() -> Desk:
    return Desk("Auditor")


def test_an_entry_says_who_when_from_what_to_what(auditor: Desk) -> None:
    clerk = records.user("Data entry")
    norway = records.state()
    untc = records.document("untc", title="Status table")
    with time_machine.travel(NOON, tick=False):
        action = records.action(norway, "signature", "2008-12-03")
        changed_by(clerk, action, date=date(2008, 12, 4), document=untc)

    found = rows(auditor.client, model="states.TreatyAction", kind="~")

    assert [(row["field"], row["before"], row["after"]) for row in found] == [
        ("date", "2008-12-03", "2008-12-04"),
        ("source", "", "Status table"),
    ]
    assert {(row["at"], row["by"], row["record"]) for row in found} == {
        ("2026-03-02T12:00:00+00:00", "data-entry", str(action.pk))
    }


def test_additions_deletions_and_roles_are_in_it(auditor: Desk) -> None:
    body = Organization.objects.create(code="icrc", name="Red Cross", kind="un")
    body.delete()
    clerk = records.user("Data entry", name="clerk")
    clerk.groups.add(Group.objects.get(name="Editor"))

    of_body = rows(auditor.client, model="states.Organization")
    of_clerk = rows(auditor.client, model="auth.User", record=str(clerk.pk))

    assert (of_body[0]["kind"], of_body[0]["field"]) == ("deleted", "")
    assert ("name", "", "Red Cross") in [(r["field"], r["before"], r["after"]) for r in of_body]
    assert (of_clerk[0]["field"], of_clerk[0]["before"], of_clerk[0]["after"]) == (
        "groups",
        "Data entry",
        "Data entry, Editor",
    )
    assert "password" not in {row["field"] for row in of_clerk}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {"a", "b"}),
        ({"since": "2026-03-02"}, {"b"}),
        ({"until": "2026-03-01"}, {"a"}),
        ({"kind": "-"}, set()),
        ({"model": "states.Organization"}, {"a", "b"}),
        ({"model": "states.Meeting"}, set()),
    ],
)
def test_filters(auditor: Desk, query: dict[str, str], expected: set[str]) -> None:
    for code, day in (("a", "2026-03-01T23:59:59+00:00"), ("b", "2026-03-02T00:00:00+00:00")):
        with time_machine.travel(day, tick=False):
            Organization.objects.create(code=code, name=code, kind="un")

    found = rows(auditor.client, **query)

    assert {row["title"] for row in found if row["model"] == "states.Organization"} == expected


def test_a_wrong_filter_is_told_and_no_error(auditor: Desk) -> None:
    page = auditor.client.get("/admin/changes/", {"since": "yesterday", "model": "nothing"})

    assert page.status_code == 200
    assert set(page.context["form"].errors) == {"since", "model"}
    assert auditor.client.get("/admin/changes.csv", {"by": "x"}).status_code == 400


def test_no_cell_of_the_export_runs_as_a_formula(auditor: Desk) -> None:
    Organization.objects.create(code="x", name='=HYPERLINK("http://x")', kind="un")

    found = rows(auditor.client, model="states.Organization")

    assert '\'=HYPERLINK("http://x")' in {row["after"] for row in found}


def test_nobody_sees_histories_that_their_role_does_not_let_them_see() -> None:
    idle = User.objects.create_user("idle", is_staff=True)
    client = Client()
    client.force_login(idle)

    assert client.get("/admin/changes/").status_code == 403
    assert client.get("/admin/changes.csv").status_code == 403
    assert "auth.User" not in visible_histories(records.user("Data entry"))
    assert {"auth.User", "states.Contact"} <= set(visible_histories(records.user("Auditor")))


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_for_any_number_of_entries(
    django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    chief = records.user()
    norway = records.state()
    for number in range(count):
        action = records.action(norway, "signature", f"2008-12-0{number + 3}")
        changed_by(chief, action, note="Seen.")
    histories = {"states.TreatyAction": visible_histories(chief)["states.TreatyAction"]}

    # The entries, each with the one before, the people, and the states that fields lead to.
    with django_assert_num_queries(5):
        found = entries(histories, list(places(histories, Filters(kind="~"))))

    assert [entry.changes for entry in found] == [(Change("note", "", "Seen."),)] * count


def test_the_page_shows_an_entry_and_leads_to_the_export(auditor: Desk) -> None:
    changed_by(
        records.user(), Organization.objects.create(code="x", name="Old", kind="un"), name="New"
    )

    page = auditor.client.get("/admin/changes/", {"model": "states.Organization", "kind": "~"})

    text = page.content.decode()
    assert "<del>Old</del> → <ins>New</ins>" in text
    assert "/admin/changes.csv?model=states.Organization&amp;kind=~" in text
