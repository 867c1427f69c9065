"""The overview: its numbers, their lists, and what it costs."""

import pytest
from django.test import Client
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries

from ccm_portal.site.home import Home

from .conftest import counted, numbers

HOME_QUERIES = 23


def home(client: Client, as_of: str) -> Home:
    shown: Home = client.get("/", {"as_of": as_of}).context["home"]
    return shown


@pytest.mark.usefixtures("dataset")
@pytest.mark.parametrize(
    ("as_of", "counts"),
    [
        ("2008-12-03", [4, 88, 105]),
        ("2010-11-12", [46, 62, 89]),
        ("2011-08-20", [60, 49, 88]),
        ("2025-06-01", [111, 12, 74]),
    ],
)
def test_parties_signatories_and_others_add_up(
    client: Client, as_of: str, counts: list[int]
) -> None:
    shares = home(client, as_of).headline.shares

    assert [share.number.count for share in shares] == counts
    assert sum(counts) == 197


@pytest.mark.usefixtures("dataset")
@pytest.mark.parametrize("as_of", ["2008-12-03", "2011-08-20", "2025-06-01"])
def test_every_number_leads_to_as_many_states(client: Client, as_of: str) -> None:
    shown = numbers(client.get("/", {"as_of": as_of}).content.decode())

    assert len(shown) >= 18
    assert [(url, counted(client, url)) for url, _ in shown] == shown


@pytest.mark.usefixtures("dataset")
def test_the_bracket_counts_from_the_latest_formal_meeting(client: Client) -> None:
    since = home(client, "2011-08-20").headline.since

    assert since is not None
    assert (since.meeting.code, since.at_meeting.count) == ("1MSP", 46)
    assert (since.joined.count, since.percent, since.withdrawn.count) == (14, 30, 0)


@pytest.mark.usefixtures("dataset")
def test_the_bracket_tells_who_left_since_the_meeting(client: Client) -> None:
    since = home(client, "2025-06-01").headline.since

    assert since is not None
    assert (since.meeting.code, since.at_meeting.count) == ("12MSP", 112)
    assert (since.joined.count, since.withdrawn.count, since.remaining) == (0, 1, 111)


@pytest.mark.usefixtures("dataset")
def test_before_the_first_meeting_there_is_no_bracket(client: Client) -> None:
    assert home(client, "2010-11-11").headline.since is None


@pytest.mark.usefixtures("dataset")
def test_before_the_thirtieth_deposit_nothing_is_said_of_days_to_come(client: Client) -> None:
    shown = home(client, "2009-06-01")

    assert str(shown.headline.shares[0].sentence).endswith(
        "bound: 23 more deposits are needed for entry into force"
    )
    assert (shown.entering_into_force, shown.reports.coming.days) == ((), ())


@pytest.mark.usefixtures("dataset")
def test_the_newest_deposits_and_the_next_days_are_those_of_the_date(client: Client) -> None:
    shown = home(client, "2011-08-20")

    assert [(str(item.on), item.standing.state.iso3) for item in shown.deposits[:3]] == [
        ("2011-08-03", "SEN"),
        ("2011-06-29", "GRD"),
        ("2011-06-27", "BWA"),
    ]
    assert [
        (str(due.on), due.days_left, [item.standing.state.iso3 for item in due.deadlines])
        for due in shown.reports.coming.days[:2]
    ] == [
        ("2011-08-28", "in 8 days", ["MCO", "TUN"]),
        ("2011-09-28", "in 39 days", ["CPV", "VCT"]),
    ]


@pytest.mark.usefixtures("dataset")
def test_the_marks_of_the_reports_add_up_to_those_due(client: Client) -> None:
    reports = home(client, "2011-08-20").reports

    assert [(group.play, group.number.count) for group in reports.marks] == [
        ("in_time", 20),
        ("received", 3),
        ("late", 6),
        ("overdue", 9),
        ("not_known", 1),
    ]
    assert [row.deadline.days_late for row in reports.overdue.rows] == [
        204, 204, 143, 112, 112, 112, 82, 51, 20,
    ]  # fmt: skip


@pytest.mark.usefixtures("dataset")
def test_the_chart_begins_with_the_signing_and_ends_with_the_date(client: Client) -> None:
    growth = home(client, "2011-08-20").growth

    assert growth.finding == "From 4 States Parties on 3 December 2008 to 60."
    assert [(mark.label, mark.value) for mark in growth.charts[0].landmarks] == [
        ("30th deposit", 30),
        ("In force", 38),
        ("1MSP, Vientiane", 46),
    ]
    assert client.get("/growth.csv", {"as_of": "2011-08-20"}).content.decode().splitlines()[-1] == (
        "2011-08-03,60,49,109"
    )


@pytest.mark.usefixtures("dataset")
def test_the_overview_makes_few_queries_with_197_states(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(HOME_QUERIES):
        client.get("/?as_of=2011-08-20")


@pytest.mark.usefixtures("dataset")
def test_no_region_is_called_the_last_where_two_have_as_many(client: Client) -> None:
    first_day, later = (
        home(client, "2008-12-03").world.finding,
        home(client, "2011-08-20").world.finding,
    )

    assert strip_tags(first_day) == (
        "States Parties by region: Africa 1, Americas 0, Asia and the Pacific 0, Europe 3."
    )
    assert strip_tags(later) == (
        "Europe has the most States Parties, 25; Asia and the Pacific the fewest, 6."
    )
