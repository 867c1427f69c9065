"""The list of states and the meetings, as pages and as files."""

import csv

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.admin import records
from tests.admin.records import Kind

LIST_QUERIES = 7
MEETING_QUERIES = 8


@pytest.fixture
def small(db: None) -> None:
    """Norway joined and is bound, Senegal joined in August 2011, Brazil did nothing."""
    records.party("NOR", "Norway")
    records.party("SEN", "Senegal", deposited="2011-08-03")
    records.state("BRA", "Brazil")
    records.meeting("1MSP", "2010-11-12")


def shown(client: Client, **query: str) -> list[str]:
    rows = client.get("/states/", {"as_of": "2011-08-20", **query}).context["rows"]
    return [row.name for row in rows]


@pytest.mark.usefixtures("small")
def test_the_list_filters_and_sorts(client: Client) -> None:
    assert shown(client) == ["Brazil", "Norway", "Senegal"]
    assert shown(client, status="in_force") == ["Norway"]
    assert shown(client, sort="-deposited") == ["Senegal", "Norway", "Brazil"]


@pytest.mark.usefixtures("small")
def test_a_wrong_filter_is_named_and_the_rest_still_shown(client: Client) -> None:
    response = client.get("/states/", {"status": "bogus", "as_of": "2011-08-20"})

    assert response.content.decode().count("“bogus” is not known here") == 1
    assert len(response.context["rows"]) == 3


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("address", ["/states.csv?", "/states/?format=csv&"])
def test_the_file_has_the_rows_of_the_page(client: Client, address: str) -> None:
    answer = client.get(f"{address}status=party&sort=-deposited&as_of=2011-08-20")
    rows = list(csv.DictReader(answer.content.decode().splitlines()))

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert [(row["iso3"], row["deposited_on"], row["entry_into_force"]) for row in rows] == [
        ("SEN", "2011-08-03", "2012-02-01"),
        ("NOR", "2008-12-03", "2010-08-01"),
    ]


@pytest.mark.django_db
def test_the_list_says_by_which_name_a_state_was_found(client: Client) -> None:
    eswatini = records.state("SWZ", "Eswatini")
    eswatini.names.update(valid_from="2018-06-01")
    first = eswatini.names.get()
    first.pk, first.name, first.valid_from, first.valid_until = (
        None,
        "Swaziland",
        None,
        "2018-06-01",
    )
    first.save()

    reasons = [
        client.get("/states/", {"q": text, "as_of": as_of}).context["rows"][0].found_by
        for text, as_of in (
            ("swazi", "2020-01-01"),
            ("eswatini", "2011-08-20"),
            ("eswatini", "2020-01-01"),
        )
    ]

    assert reasons == [
        "“Swaziland” was the name of this State until June 2018.",
        "“Eswatini” is the name of this State from June 2018.",
        "",
    ]


@pytest.mark.usefixtures("small")
def test_a_name_that_nobody_bears_gets_a_suggestion(client: Client) -> None:
    context = client.get("/states/", {"q": "Norwya"}).context

    assert context["suggestions"] == ["Norway"]


@pytest.mark.usefixtures("small")
def test_the_list_makes_few_queries_with_three_states(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/states/?as_of=2011-08-20")
    with django_assert_num_queries(MEETING_QUERIES):
        client.get("/meetings/?as_of=2011-08-20")


@pytest.mark.django_db
def test_the_list_makes_as_many_queries_with_many_states(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(197):
        code = f"{chr(65 + number // 26)}{chr(65 + number % 26)}"
        made = records.state(f"{code}X", f"State {number}", iso2=code)
        records.action(made, Kind.ACCESSION, "2011-01-10", published=True)
        if number < 20:
            records.meeting(f"{number + 1}MSP", f"2011-02-{number + 1:02}")

    with django_assert_num_queries(LIST_QUERIES):
        client.get("/states/?as_of=2011-08-20")
    with django_assert_num_queries(MEETING_QUERIES):
        client.get("/meetings/?as_of=2011-08-20")


@pytest.mark.usefixtures("small")
def test_meetings_held_show_membership_and_those_to_come_do_not(client: Client) -> None:
    records.meeting("2MSP", "2011-09-16")

    context = client.get("/meetings/", {"as_of": "2011-08-20"}).context

    assert [(row.meeting.code, row.parties.count) for row in context["held"]] == [("1MSP", 1)]
    assert [(row.meeting.code, row.parties) for row in context["to_come"]] == [("2MSP", None)]


@pytest.mark.django_db
def test_a_file_with_a_wrong_filter_is_refused_with_the_reason(client: Client) -> None:
    response = client.get("/states.csv", {"status": "members"})

    assert response.status_code == 400
    assert "“members” is not known here: use party, in_force," in response.content.decode()
