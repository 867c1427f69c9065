"""“Record a received report”: from the list of what is owed to a receipt that counts."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from pytest_django import Settings

from reports.models import Coverage, TransparencyReport
from states.models import DocumentFile, State
from tests.admin import records
from tests.admin.conftest import Desk, messages
from tests.admin.records import Kind
from tests.reports import given

pytestmark = pytest.mark.django_db

Seat = Callable[..., Desk]
URL = "/admin/reports/transparencyreport/record/"
LIST = "/admin/reports/transparencyreport/"


@pytest.fixture(autouse=True)
def clock() -> Any:
    """20 August 2011, when no annual report had fallen due."""
    with time_machine.travel("2011-08-20T12:00:00Z", tick=False):
        yield


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def norway() -> State:
    """Bound from 1 August 2010: its initial report was due on 28 January 2011."""
    Coverage.objects.create(kind="initial", complete_through=date(2022, 8, 31))
    return records.party()


def rows(page: Any) -> list[tuple[str, str, str, str]]:
    """State, kind, due date and state of play of each row of the list."""
    return [
        (
            row.duty.standing.state.iso3,
            row.duty.kind,
            row.duty.due_on.isoformat(),
            row.duty.state_of_play.value,
        )
        for row in page.context["desk"].rows
    ]


def first_values(page: Any) -> dict[str, Any] | None:
    form = page.context["form"]
    return None if form is None else form.initial


def sent(desk: Desk, query: str = "", **typed: Any) -> Any:
    """Send the form with what the page proposed and what was typed."""
    proposed = first_values(desk.client.get(URL + query)) or {}
    values = {name: value for name, value in proposed.items() if value is not None}
    return desk.client.post(URL + query, values | typed, follow=True)


# The list of what is owed


def test_list_shows_what_fell_due_the_newest_first_then_what_comes(
    desk: Seat, norway: State
) -> None:
    france = records.party("FRA", "France", deposited="2009-09-25")
    given.report(france, received="2011-01-20")
    records.party("FJI", "Fiji", deposited="2010-05-28")
    looked_for = records.party("COG", "Congo", deposited="2010-09-02")
    given.report(looked_for)

    page = desk("Data entry").client.get(URL)

    assert page.status_code == 200
    assert rows(page) == [
        ("FJI", "initial", "2011-04-30", "overdue"),
        ("NOR", "initial", "2011-01-28", "overdue"),
        ("COG", "initial", "2011-08-28", "not_due"),
        ("COG", "annual", "2012-04-30", "not_due"),
        ("FJI", "annual", "2012-04-30", "not_due"),
        ("FRA", "annual", "2012-04-30", "not_due"),
        ("NOR", "annual", "2012-04-30", "not_due"),
    ]
    assert first_values(page) is None


@pytest.mark.parametrize("spelling", ["NOR", "norway", "Kingdom of Norway", "norw"])
def test_any_spelling_of_the_state_proposes_its_owed_report(
    desk: Seat, norway: State, spelling: str
) -> None:
    norway.names.create(
        language="en", kind="formal", name="the Kingdom of Norway", published_at="2010-01-01T00:00Z"
    )
    records.party("SWE", "Sweden")

    page = desk("Data entry").client.get(URL, {"state": spelling})

    assert {row[0] for row in rows(page)} == {"NOR"}
    assert first_values(page) == {"state": norway.pk, "kind": "initial", "year": None}
    assert page.context["desk"].sentence == (
        "Deposited 3 December 2008, so in force from 1 August 2010 (Article 17.1), so the initial "
        "report is due on 28 January 2011 (Article 7.1). It is 204 days overdue."
    )


def test_unknown_state_gets_the_nearest_names(desk: Seat, norway: State) -> None:
    page = desk("Data entry").client.get(URL, {"state": "Norwey"})

    assert page.context["desk"].filter.errors == {
        "state": ["No state is called “Norwey”. Did you mean: Norway?"]
    }
    assert rows(page) == []


def test_filters_of_the_public_list_hold_here_too(desk: Seat, norway: State) -> None:
    page = desk("Data entry").client.get(URL, {"kind": "initial", "state_of_play": "overdue"})

    assert rows(page) == [("NOR", "initial", "2011-01-28", "overdue")]


def test_one_click_in_the_list_proposes_that_report(desk: Seat, norway: State) -> None:
    clerk = desk("Data entry")
    row = list(clerk.client.get(URL).context["desk"].rows)[-1]

    page = clerk.client.get(URL + row.choose)

    assert first_values(page) == {"state": norway.pk, "kind": "annual", "year": 2011}
    assert [item.is_chosen for item in page.context["desk"].rows] == [False, True]


def test_report_that_fell_due_last_is_proposed_once_the_initial_one_is_in(
    desk: Seat, norway: State
) -> None:
    given.report(norway, received="2011-01-27")
    with time_machine.travel("2014-06-01T12:00:00Z", tick=False):
        # Later than the fixture's clock by more than a session lasts.
        page = desk("Data entry").client.get(URL, {"state": "NOR"})

    assert first_values(page) == {"state": norway.pk, "kind": "annual", "year": 2013}


def test_state_that_owes_nothing_gets_an_empty_form_for_a_voluntary_report(desk: Seat) -> None:
    signatory = records.state("COD", "Congo")
    records.action(signatory, Kind.SIGNATURE, "2009-03-18", published=True)

    page = desk("Data entry").client.get(URL, {"state": "COD"})

    assert (rows(page), first_values(page)) == ([], {"state": signatory.pk, "kind": "voluntary"})
    assert page.context["desk"].sentence == (
        "It owes no report of this kind that is not in: what came may be voluntary."
    )


def test_day_of_the_list_is_the_real_one_whatever_day_the_pages_show(
    desk: Seat, norway: State, settings: Settings
) -> None:
    settings.PORTAL_DATE = date(2010, 12, 1)

    page = desk("Data entry").client.get(URL, {"as_of": "2010-12-01", "kind": "initial"})

    assert rows(page) == [("NOR", "initial", "2011-01-28", "overdue")]


# Recording


def test_a_date_and_a_file_are_enough(desk: Seat, norway: State) -> None:
    clerk = desk("Data entry")

    page = sent(
        clerk,
        "?state=NOR",
        received_on="15.8.2011",
        uploads=[given.upload("a.pdf", "a"), given.upload("b.pdf", "b")],
        _save="Save",
    )

    report = TransparencyReport.objects.get()
    assert page.redirect_chain == [(URL, 302)]
    assert messages(page) == [
        f'Recorded: Norway, <a href="{LIST}{report.pk}/change/">Initial report</a>, received 15 '
        "August 2011."
    ]
    assert (report.received_on, report.kind, report.published_at) == (
        date(2011, 8, 15),
        "initial",
        None,
    )
    assert report.history.latest().history_user == clerk.user
    assert [file.original_name for file in DocumentFile.objects.order_by("pk")] == [
        "a.pdf",
        "b.pdf",
    ]
    assert not report.documents.get().is_public
    assert [row[:2] for row in rows(page)] == [("NOR", "annual")]


def test_second_date_makes_it_between_two_days(desk: Seat, norway: State) -> None:
    sent(desk("Data entry"), "?state=NOR", received_on="2011-01-01", received_until="2011-01-31")

    report = TransparencyReport.objects.get()
    assert (report.received_not_before, report.received_not_after) == (
        date(2011, 1, 1),
        date(2011, 1, 31),
    )


def test_other_button_leads_to_what_it_says(desk: Seat, norway: State) -> None:
    page = sent(desk("Data entry"), "?state=NOR", received_on="2011-08-15", _forms="Save")

    report = TransparencyReport.objects.get()
    assert page.redirect_chain == [(f"{LIST}{report.pk}/change/", 302)]


def test_why_it_counts_as_voluntary_is_said(desk: Seat) -> None:
    state = records.state()

    page = sent(desk("Data entry"), "?state=NOR", received_on="2011-08-15", kind="initial")

    assert TransparencyReport.objects.get(state=state).kind == "initial"
    assert messages(page)[1:] == [
        "Counts as voluntary as long as no deposit by Norway is published: it owes no report."
    ]


def test_recorded_by_somebody_else_meanwhile_is_refused_with_a_link(
    desk: Seat, norway: State
) -> None:
    first = given.report(norway, received="2011-08-01")

    page = sent(
        desk("Data entry"),
        "?other=1",
        state=norway.pk,
        kind="initial",
        received_on="2011-08-15",
        uploads=given.upload(),
    )

    assert page.context["form"].non_field_errors() == [
        "Recorded already: Initial report, received 1 August 2011. Correct that one, or choose "
        f'another kind or year for this one. <a href="{LIST}{first.pk}/change/">Open it.</a>'
    ]
    assert page.context["form"]["received_on"].value() == "2011-08-15"
    assert (TransparencyReport.objects.count(), DocumentFile.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        (
            {"received_on": "2011-08-21"},
            {
                "__all__": [
                    "21 August 2011 lies in the future: give the day on which the report was "
                    "received."
                ]
            },
        ),
        (
            {"received_on": "8/31/2011"},
            {
                "received_on": [
                    "This is not a date: write it as 2011-08-20, 20.8.2011 or 20/08/2011."
                ]
            },
        ),
        (
            {"received_on": ""},
            {"received_on": ["This field is required."]},
        ),
    ],
)
def test_refusal_stands_on_the_form_and_nothing_is_kept(
    desk: Seat, norway: State, typed: dict[str, str], errors: dict[str, list[str]]
) -> None:
    page = sent(desk("Data entry"), "?state=NOR", uploads=given.upload(), **typed)

    assert page.status_code == 200
    assert page.context["form"].errors == errors
    assert (TransparencyReport.objects.count(), DocumentFile.objects.count()) == (0, 0)


def test_file_that_is_not_taken_refuses_the_whole_recording(desk: Seat, norway: State) -> None:
    bad = given.upload("report.docx")

    page = sent(desk("Data entry"), "?state=NOR", received_on="2011-08-15", uploads=bad)

    assert list(page.context["form"].errors) == ["uploads"]
    assert TransparencyReport.objects.count() == 0


# Who may, and the ways in


@pytest.mark.parametrize(
    ("role", "status"), [("Data entry", 200), ("Editor", 200), ("Auditor", 403)]
)
def test_roles_that_may_record(desk: Seat, norway: State, role: str, status: int) -> None:
    assert desk(role).client.get(URL).status_code == status


def test_nobody_records_without_signing_in(client: Any, norway: State) -> None:
    assert client.get(URL).status_code == 302
    assert client.post(URL, {"state": norway.pk}).status_code == 302


def test_adding_a_report_leads_to_what_is_owed(desk: Seat) -> None:
    response = desk("Data entry").client.get(reverse("admin:reports_transparencyreport_add"))

    assert (response.status_code, response["Location"]) == (302, URL)


@pytest.mark.parametrize("path", ["/admin/reports/", LIST, URL])
def test_queue_to_be_read_is_one_click_away_with_its_number(
    desk: Seat, norway: State, path: str
) -> None:
    waiting = given.report(norway, received="2011-08-15")
    given.report(norway, "voluntary", "2009-08-15", read_through_on=date(2009, 8, 16))
    clerk = desk("Data entry")

    text = clerk.client.get(path).content.decode()

    assert f'<a href="{LIST}?reading=waiting">1 report waits to be read through</a>' in text
    queue = clerk.client.get(LIST, {"reading": "waiting"})
    assert list(queue.context["cl"].result_list) == [waiting]


def test_page_costs_as_many_queries_with_one_state_as_with_five(
    desk: Seat, norway: State, django_assert_num_queries: Callable[[int], Any]
) -> None:
    clerk = desk("Data entry")
    clerk.client.get(URL)
    with django_assert_num_queries(12):
        clerk.client.get(URL)

    for number in range(4):
        records.party(f"X{number}X", f"State {number}", deposited="2009-01-01")

    with django_assert_num_queries(12):
        clerk.client.get(URL)
