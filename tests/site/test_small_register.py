"""Pages over a register of few states: what they cost, what they hide, what they say of nothing."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.admin import records
from tests.admin.records import Kind

from .test_home import HOME_QUERIES

ABOUT_FINDINGS = 8


@pytest.mark.django_db
def test_the_overview_makes_as_many_queries_with_three_states(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    records.party("NOR", "Norway")
    records.party("SEN", "Senegal", deposited="2011-08-03")
    records.state("BRA", "Brazil")
    records.meeting("1MSP", "2010-11-12")

    # There are no indicators here, so that nothing is asked about findings.
    with django_assert_num_queries(HOME_QUERIES - ABOUT_FINDINGS):
        client.get("/?as_of=2011-08-20")


@pytest.mark.django_db
def test_an_empty_register_gets_sentences(client: Client) -> None:
    response = client.get("/")

    assert response.status_code == 200
    assert [share.number.count for share in response.context["home"].headline.shares] == [0, 0, 0]
    assert "No instrument has been deposited by this date." in response.content.decode()


@pytest.mark.django_db
def test_a_page_sets_no_cookie_and_does_not_vary_by_sign_in(client: Client) -> None:
    response = client.get("/")

    assert dict(response.cookies) == {}
    assert "Vary" not in response


@pytest.mark.django_db
def test_drafts_and_documents_that_are_not_public_stay_unseen(client: Client) -> None:
    norway = records.party("NOR", "Norway")
    records.action(norway, Kind.WITHDRAWAL, "2020-01-01", note="canary draft")
    records.action(
        records.party("SWE", "Sweden"),
        Kind.PROVISIONAL_APPLICATION,
        "2009-01-01",
        published=True,
        document=records.document("cable", public=False, title="canary cable"),
        place="canary page",
    )

    pages = [
        client.get(address).content.decode()
        for address in (
            "/states/norway/",
            "/states/norway.csv",
            "/states/sweden/",
            "/states/sweden.csv",
            "/figures/?expression=provisional_application",
            "/figures.csv?expression=provisional_application",
        )
    ]

    assert [page.count("canary") for page in pages] == [0] * 6
    assert pages[2].count("A document that is not public") == 1


@pytest.mark.django_db
def test_an_official_date_is_shown_with_its_reason_and_source(client: Client) -> None:
    finland = records.state("FIN", "Finland")
    deposit = records.action(finland, Kind.ACCESSION, "2011-01-10", published=True)
    records.official_date(deposit, "2011-08-01", published=True)

    page = client.get("/states/finland/", {"as_of": "2011-08-20"}).content.decode()

    assert page.count("Officially effective 1 August 2011.") == 1
    assert page.count("As the depositary notified.") >= 1
