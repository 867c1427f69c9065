"""`manage.py status`: the membership on a day, for people, scripts and spreadsheets."""

import json
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from states.models import State, StateName
from tests.admin import records
from tests.admin.records import Kind

KEYS = ["on", "states_parties", "in_force", "signatories", "states_not_party", "withdrawn"]


def status(**options: Any) -> str:
    out = StringIO()
    call_command("status", **options, stdout=out)
    return out.getvalue()


def numbers(**options: Any) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(status(format="json", **options))
    return answer


@pytest.fixture
def register(db: None) -> None:
    """Norway joined at once, Lithuania came and left, Haiti signed, Brazil has a draft."""
    records.party("NOR", "Norway")
    lithuania = records.state("LTU", "Lithuania", iso2="LT")
    records.action(lithuania, Kind.SIGNATURE, "2008-12-03", published=True)
    records.action(lithuania, Kind.RATIFICATION, "2011-03-24", published=True)
    records.action(lithuania, Kind.WITHDRAWAL, "2024-09-06", published=True)
    haiti = records.state("HTI", "Haiti", iso2="HT")
    records.action(haiti, Kind.SIGNATURE, "2009-10-28", published=True)
    brazil = records.state("BRA", "Brazil", iso2="BR")
    records.action(brazil, Kind.ACCESSION, "2010-01-01", published=False)


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("on", "counts"),
    [
        # From the Convention's adoption on; before its opening nobody is anything.
        ("2008-05-30", (0, 0, 0, 4, 0)),
        ("2008-12-03", (1, 0, 1, 2, 0)),
        ("2011-03-24", (2, 1, 1, 1, 0)),
        ("2011-09-01", (2, 2, 1, 1, 0)),
        ("2025-03-05", (2, 2, 1, 1, 0)),
        ("2025-03-06", (1, 1, 1, 2, 1)),
        # The future: what is recorded is taken to stand.
        ("2099-12-31", (1, 1, 1, 2, 1)),
    ],
)
def test_json_has_the_numbers_of_the_day(on: str, counts: tuple[int, ...]) -> None:
    answer = numbers(on=on)

    assert list(answer) == KEYS
    assert answer == dict(zip(KEYS, (on, *counts), strict=True))


@pytest.mark.usefixtures("register")
def test_csv_has_a_row_a_state_in_order_of_name() -> None:
    assert status(on="2025-03-06", format="csv") == (
        "iso3,name,status,signed_on,deposited_on,entry_into_force,withdrawn_on\n"
        "BRA,Brazil,not_party,,,,\n"
        "HTI,Haiti,signatory,2009-10-28,,,\n"
        "LTU,Lithuania,not_party,2008-12-03,2011-03-24,2011-09-01,2025-03-06\n"
        "NOR,Norway,party,2008-12-03,2008-12-03,2010-08-01,\n"
    )


@pytest.mark.usefixtures("register")
def test_csv_gives_the_latest_deposit_of_a_state_that_joined_again() -> None:
    lithuania = State.objects.get(iso3="LTU")
    records.action(lithuania, Kind.ACCESSION, "2026-02-10", published=True)

    row = status(on="2026-03-01", format="csv").splitlines()[3]

    assert row == "LTU,Lithuania,party,2008-12-03,2026-02-10,2026-08-01,"


@pytest.mark.usefixtures("register")
def test_csv_gives_the_names_of_the_day() -> None:
    brazil = State.objects.get(iso3="BRA")
    change = date(2016, 5, 17)
    StateName.objects.filter(state=brazil).update(name="Zubrowka", valid_until=change)
    brazil.names.create(
        language="en", kind="short", name="Brazil", valid_from=change, published_at=timezone.now()
    )

    def names(on: str) -> list[str]:
        return [line.split(",")[1] for line in status(on=on, format="csv").splitlines()[1:]]

    assert names("2016-05-16") == ["Haiti", "Lithuania", "Norway", "Zubrowka"]
    assert names("2016-05-17") == ["Brazil", "Haiti", "Lithuania", "Norway"]


@pytest.mark.usefixtures("register")
def test_text_tells_both_meanings_of_state_party() -> None:
    assert status(on="2011-06-01") == (
        "Convention on Cluster Munitions: status on 1 June 2011\n"
        "\n"
        "    2  States Parties, by deposit\n"
        "    1      of them bound: the Convention is in force\n"
        "    1  signatories that have not joined\n"
        "    1  states not party\n"
        "    0      of them withdrawn\n"
        "    4  states in all\n"
        "\n"
        "“State Party” has two meanings: the community counts a state from the day it deposits "
        "its\n"
        "instrument; the Convention binds it from entry into force (Article 17).\n"
    )


@pytest.mark.usefixtures("register")
def test_without_a_day_the_portals_date_is_taken(settings: Settings) -> None:
    settings.PORTAL_DATE = date(2011, 8, 20)

    assert numbers()["on"] == "2011-08-20"


@pytest.mark.usefixtures("register")
def test_without_a_day_and_a_portals_date_today_is_taken(settings: Settings) -> None:
    settings.PORTAL_DATE = None

    with time_machine.travel(datetime(2012, 2, 29, 23, 59, tzinfo=UTC), tick=False):
        assert numbers()["on"] == "2012-02-29"


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("text", ["20 August 2011", "2011-02-29", "2011-13-01", "", "yesterday"])
def test_what_is_not_a_date_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(CommandError) as raised:
        status(on=text)

    assert str(raised.value) == (
        f"“{text}” is not a date: write it as year-month-day, such as 2011-08-20."
    )


@pytest.mark.django_db
def test_an_empty_register_is_not_answered_with_zeros() -> None:
    with pytest.raises(CommandError) as raised:
        status()

    assert str(raised.value) == "The register is empty: run `manage.py load_dataset` first."


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_an_answer_costs_five_queries(
    django_assert_num_queries: DjangoAssertNumQueries, form: str
) -> None:
    # One to see that there is a register, four to load it.
    with django_assert_num_queries(5):
        status(format=form)
