"""The calendar of coming deadlines and the feed of published reports, as programs read them."""

from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
from django.test import Client
from icalendar import Calendar, Event

from reports.models import TransparencyReport
from states.models import TreatyAction
from tests.admin import records

from .conftest import Kind, report

ATOM = {"a": "http://www.w3.org/2005/Atom"}
DOMAIN = "article7.convention-on-cluster-munitions"


def events(client: Client, **query: str) -> list[Event]:
    answer = client.get("/deadlines.ics", query)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    parts = Calendar.from_ical(answer.content).walk("VEVENT")
    return [part for part in parts if isinstance(part, Event)]


def entries(client: Client) -> list[tuple[str, str]]:
    root = ElementTree.fromstring(client.get("/reports/feed.atom").content)
    return [
        (entry.findtext("a:id", "", ATOM), entry.findtext("a:title", "", ATOM))
        for entry in root.findall("a:entry", ATOM)
    ]


@pytest.mark.django_db
def test_the_calendar_has_the_next_deadline_of_each_kind_as_whole_days(client: Client) -> None:
    records.party("SEN", "Senegal", deposited="2011-08-03")

    found = events(client, as_of="2011-08-20")

    assert [
        (str(item["UID"]), str(item["SUMMARY"]), item.decoded("DTSTART"), item.decoded("DTEND"))
        for item in found
    ] == [
        (f"initial-SEN-2011@{DOMAIN}", "Senegal: initial report due",
         date(2012, 7, 30), date(2012, 7, 31)),
        (f"annual-SEN-2012@{DOMAIN}", "Senegal: annual report for 2012 due",
         date(2013, 4, 30), date(2013, 5, 1)),
    ]  # fmt: skip
    assert str(found[0]["DESCRIPTION"]) == (
        "Deposited 3 August 2011, so in force from 1 February 2012 (Article 17.2), so the initial "
        "report is due on 30 July 2012 (Article 7.1)."
    )


@pytest.mark.django_db
def test_an_event_keeps_its_identifier_when_the_due_date_moves(client: Client) -> None:
    records.party("SEN", "Senegal", deposited="2011-08-03")
    before = events(client, as_of="2011-08-20")[0]

    TreatyAction.objects.filter(date="2011-08-03").update(date="2011-07-30")
    after = events(client, as_of="2011-08-20")[0]

    assert before["UID"] == after["UID"]
    assert (str(before.decoded("DTSTART")), str(after.decoded("DTSTART"))) == (
        "2012-07-30",
        "2012-06-29",
    )


@pytest.mark.django_db
def test_a_report_that_is_in_is_no_coming_deadline(client: Client) -> None:
    senegal = records.party("SEN", "Senegal", deposited="2011-08-03")
    report(senegal, Kind.INITIAL, "2011-08-10")

    assert [str(item["UID"]) for item in events(client, as_of="2011-08-20")] == [
        f"annual-SEN-2012@{DOMAIN}"
    ]


@pytest.mark.django_db
def test_the_calendar_of_one_state_has_that_state_alone(client: Client) -> None:
    records.party("SEN", "Senegal", deposited="2011-08-03")
    records.party("NOR", "Norway")

    found = events(client, as_of="2011-08-20", state="NOR")

    assert [str(item["UID"]) for item in found] == [f"annual-NOR-2011@{DOMAIN}"]


@pytest.mark.django_db
def test_the_feed_names_published_reports_the_newest_first(client: Client) -> None:
    norway = records.party("NOR", "Norway")
    first = report(norway, Kind.INITIAL, "2011-01-27", published=True)
    second = report(norway, Kind.ANNUAL, "2012-04-27", year=2011, published=True)
    report(norway, Kind.ANNUAL, "2013-04-27", year=2012)
    TransparencyReport.objects.filter(pk=second.pk).update(
        published_at=datetime(2021, 1, 1, tzinfo=UTC)
    )
    found = entries(client)

    TransparencyReport.objects.filter(pk=first.pk).update(
        published_at=datetime(2022, 1, 1, tzinfo=UTC)
    )

    assert [title for _, title in found] == [
        "Norway: Annual report 2011",
        "Norway: Initial report",
    ]
    assert entries(client) == found[::-1]
    assert {identifier.startswith("urn:uuid:") for identifier, _ in found} == {True}
