"""What the register takes from the database: published records, in a fixed number of queries."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from states.register import Register, Source, Status, parties
from tests.admin import records
from tests.admin.records import Kind

pytestmark = pytest.mark.django_db


def test_drafts_are_invisible() -> None:
    norway = records.state("NOR", "Norway")
    signature = records.action(norway, Kind.SIGNATURE, "2008-12-03", published=True)
    records.action(norway, Kind.RATIFICATION, "2008-12-03", published=False)
    records.official_date(signature, "2009-01-01", published=False)

    stands = Register.load(date(2011, 8, 20)).by_iso3["NOR"]

    assert [done.kind for done in stands.events] == ["signature"]
    assert stands.events[0].official is None
    assert stands.status is Status.SIGNATORY


def test_a_draft_name_is_not_used() -> None:
    norway = records.state("NOR", "Norway")
    norway.names.create(language="en", kind="formal", name="Kingdom of Norway")

    facts = Register.load(date(2011, 8, 20)).by_iso3["NOR"].state

    assert (facts.name, facts.formal_name) == ("Norway", "Norway")


def test_an_extension_is_seen_once_it_and_its_meeting_are_published_and_over() -> None:
    norway = records.party("NOR", "Norway")
    hidden = records.meeting("8MSP", "2018-09-05", published=False)
    records.extension(norway, "3", hidden, "2020-01-01", published=True)
    held = records.meeting("9MSP", "2019-09-04")
    records.extension(norway, "4", held, "2022-08-01", published=True)
    records.extension(norway, "3", held, "2021-08-01", published=False)

    def articles(on: date) -> list[str]:
        return [given.article for given in Register.load(on).by_iso3["NOR"].extensions]

    assert articles(date(2019, 9, 3)) == []
    assert articles(date(2019, 9, 4)) == ["4"]


def test_a_source_that_is_not_public_shows_nothing_but_its_existence() -> None:
    norway = records.state("NOR", "Norway")
    open_record = records.document("untc", url="https://example.org/untc")
    secret = records.document("note", public=False, url="https://example.org/secret")
    records.action(
        norway, Kind.SIGNATURE, "2008-12-03", published=True, document=open_record, place="row 1"
    )
    records.action(
        norway, Kind.RATIFICATION, "2009-01-01", published=True, document=secret, place="page 2"
    )

    sources = [done.source for done in Register.load(date(2011, 8, 20)).by_iso3["NOR"].events]

    assert sources == [
        Source(title="Record untc", place="row 1", url="https://example.org/untc"),
        Source(title="", place="", url="", is_public=False),
    ]


def test_parties_as_a_queryset_follow_the_register() -> None:
    records.party("NOR", "Norway", deposited="2008-12-03")
    records.party("LTU", "Lithuania", deposited="2011-03-24")
    records.state("BRA", "Brazil")

    assert list(parties(date(2011, 3, 23)).values_list("iso3", flat=True)) == ["NOR"]
    assert list(parties(date(2011, 3, 24)).values_list("iso3", flat=True)) == ["LTU", "NOR"]


@pytest.mark.parametrize("how_many", [3, 197])
def test_loading_costs_four_queries_however_many_states(
    how_many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(how_many):
        made = records.state(f"S{number:02X}", f"State {number}", iso2=f"{number:02X}")
        records.action(made, Kind.ACCESSION, "2011-01-01", published=True)

    with django_assert_num_queries(4):
        register = Register.load(date(2011, 8, 20))
        assert len(register.parties) == how_many

    with django_assert_num_queries(0):
        register.history.on(date(2009, 1, 1))
