"""Lists: what they show, how they are searched and filtered, and that they stay quick."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from states.admin.names import StateFilter
from states.models import (
    Contact,
    Document,
    ExtensionDecision,
    Meeting,
    OfficialDate,
    Organization,
    Region,
    State,
    StateName,
    TreatyAction,
)
from tests.admin import records
from tests.admin.conftest import Desk
from tests.admin.records import Kind

pytestmark = pytest.mark.django_db

Seat = Callable[..., Desk]


def shown(page: Any) -> list[str]:
    """What the rows of a list are about, in the words of its first column."""
    changelist = page.context["cl"]
    admin = changelist.model_admin
    return [admin.autocomplete_label(record) for record in changelist.result_list]


def code(number: int) -> str:
    return f"{chr(65 + number // 26)}{chr(65 + number % 26)}"


def one_of_each(number: int) -> None:
    """A state with a record of every kind."""
    norway = records.state(f"{code(number)}X", f"State {number}", iso2=code(number))
    source = records.document(f"document-{number}", public=number % 2 == 0)
    records.action(norway, Kind.SIGNATURE, "2008-12-03", published=True, document=source)
    deposit = records.action(norway, Kind.RATIFICATION, "2008-12-03", published=True)
    records.official_date(deposit, "2010-09-01", published=True, cites=source)
    msp = records.meeting(f"{number}MSP", "2018-07-01")
    records.extension(norway, "3", msp, "2020-08-01", published=True, document=source)
    Organization.objects.create(code=f"body-{number}", name=f"Body {number}", kind="un")
    Contact.objects.create(state=norway, kind="focal_point", name=f"Person {number}")


LISTS = [
    State,
    StateName,
    TreatyAction,
    OfficialDate,
    ExtensionDecision,
    Meeting,
    Document,
    Organization,
    Contact,
]


@pytest.mark.parametrize("model", LISTS)
def test_list_asks_as_many_questions_for_forty_rows_as_for_three(
    desk: Seat, model: type[Model]
) -> None:
    chief = desk()
    for number in range(3):
        one_of_each(number)
    chief.get(model, "changelist")
    with CaptureQueriesContext(connection) as few:
        chief.get(model, "changelist")
    for number in range(3, 40):
        one_of_each(number)

    with CaptureQueriesContext(connection) as many:
        page = chief.get(model, "changelist")

    assert page.context["cl"].result_count >= 40
    assert len(many) == len(few)
    assert len(many) <= 12


@pytest.fixture
def some_states() -> None:
    """A party, a signatory, a state not party and one that withdrew, as of 1 May 2026."""
    records.party("NOR", "Norway")
    signatory = records.state("AGO", "Angola", ccm_region=Region.AFRICA, un_region="african")
    records.action(signatory, Kind.SIGNATURE, "2008-12-03", published=True)
    records.state("DZA", "Algeria", ccm_region=Region.AFRICA, un_region="african")
    lithuania = records.party("LTU", "Lithuania", deposited="2011-03-24")
    records.action(lithuania, Kind.WITHDRAWAL, "2024-09-06", published=True)
    StateName.objects.create(
        state=lithuania, language="fr", kind="spelling", name="Lituanie", published_at=records.NOW
    )


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["Algeria", "Angola", "Lithuania", "Norway"]),
        ({"status": "party"}, ["Norway"]),
        ({"status": "signatory"}, ["Angola"]),
        ({"status": "not_party"}, ["Algeria", "Lithuania"]),
        ({"status": "withdrawn"}, ["Lithuania"]),
        ({"status": "nonsense"}, ["Algeria", "Angola", "Lithuania", "Norway"]),
        ({"ccm_region__exact": "africa"}, ["Algeria", "Angola"]),
        ({"un_region__exact": "african", "status": "signatory"}, ["Angola"]),
        ({"q": "lituanie"}, ["Lithuania"]),
        ({"q": "LITUANIE "}, ["Lithuania"]),
        ({"q": "dza"}, ["Algeria"]),
        ({"q": "no"}, ["Norway"]),
        ({"q": "Atlantis"}, []),
    ],
)
@pytest.mark.usefixtures("some_states")
@time_machine.travel("2026-05-01")
def test_states_are_found_by_status_today_region_and_any_spelling(
    desk: Seat, query: dict[str, str], names: list[str]
) -> None:
    assert shown(desk("Auditor").get(State, "changelist", **query)) == names


@pytest.mark.usefixtures("some_states")
def test_status_is_that_of_the_real_day(desk: Seat) -> None:
    """Lithuania's withdrawal took effect on 6 March 2025 (Article 20.3)."""
    auditor = desk("Auditor")

    for day, names in (("2025-03-05", []), ("2025-03-06", ["Lithuania"])):
        with time_machine.travel(day):
            auditor.client.force_login(auditor.user)
            assert shown(auditor.get(State, "changelist", status="withdrawn")) == names


@pytest.mark.usefixtures("some_states")
@time_machine.travel("2026-05-01")
def test_list_of_states_shows_how_each_stands(desk: Seat) -> None:
    changelist = desk("Auditor").get(State, "changelist").context["cl"]
    admin = changelist.model_admin

    rows = {
        state.iso3: (
            admin.status_today(state),
            admin.signed(state),
            admin.deposited(state),
            admin.in_force(state),
        )
        for state in changelist.result_list
    }

    assert rows == {
        "AGO": ("Signatory", "2008-12-03", "", ""),
        "DZA": ("State not party", "", "", ""),
        "LTU": ("Withdrawn", "2008-12-03", "2011-03-24", "2011-09-01"),
        "NOR": ("State Party", "2008-12-03", "2008-12-03", "2010-08-01"),
    }


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 6),
        ({"q": "lituanie"}, 3),
        ({"q": "AGO"}, 1),
        ({"publication": "draft"}, 0),
        ({"publication": "published"}, 6),
        ({"kind__exact": "withdrawal"}, 1),
        ({"date__year": "2011"}, 1),
    ],
)
@pytest.mark.usefixtures("some_states")
def test_treaty_actions_are_found_by_state_kind_publication_and_year(
    desk: Seat, query: dict[str, str], count: int
) -> None:
    page = desk("Auditor").get(TreatyAction, "changelist", **query)

    assert page.context["cl"].result_count == count


@pytest.mark.usefixtures("some_states")
def test_treaty_actions_of_one_state_are_chosen_by_its_name(desk: Seat) -> None:
    auditor = desk("Auditor")
    page = auditor.get(TreatyAction, "changelist")
    [by_state] = [item for item in page.context["cl"].filter_specs if isinstance(item, StateFilter)]
    choices = {name: value for value, name in by_state.lookup_choices}

    assert list(choices) == ["Angola", "Lithuania", "Norway"]
    found = auditor.get(TreatyAction, "changelist", state=choices["Lithuania"])
    assert found.context["cl"].result_count == 3


def suggestions(desk: Desk, model: str, field: str, term: str) -> list[str]:
    response = desk.client.get(
        reverse("admin:autocomplete"),
        {"app_label": "states", "model_name": model, "field_name": field, "term": term},
    )
    return [result["text"] for result in response.json()["results"]]


@pytest.mark.usefixtures("some_states")
def test_choices_are_searched_by_any_spelling_and_say_what_is_meant(desk: Seat) -> None:
    clerk = desk("Data entry")
    records.meeting("2MSP", "2011-09-16")

    assert suggestions(clerk, "treatyaction", "state", "lituan") == ["Lithuania"]
    assert suggestions(clerk, "officialdate", "treaty_action", "ltu") == [
        "Lithuania: Notification of withdrawal, 2024-09-06",
        "Lithuania: Ratification, 2011-03-24",
        "Lithuania: Signature, 2008-12-03",
    ]
    assert suggestions(clerk, "extensiondecision", "meeting", "2ms") == ["2MSP: Meeting 2MSP"]


@pytest.mark.usefixtures("some_states")
def test_chosen_state_is_shown_by_its_name(desk: Seat) -> None:
    withdrawal = TreatyAction.objects.get(kind=Kind.WITHDRAWAL)

    form = desk().get(TreatyAction, "change", withdrawal.pk).context["adminform"].form

    chosen = [
        option["label"]
        for _group, options, _index in form["state"].field.widget.widget.optgroups(
            "state", [str(withdrawal.state_id)]
        )
        for option in options
        if option["selected"]
    ]
    assert chosen == ["Lithuania"]
