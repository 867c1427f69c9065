"""Duties of Articles 3 and 4: the Convention's date, and what evidence says of the obligation."""

import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actions.duties import Duties, Duty, words
from actions.evidence import MOST_PIECES, Piece
from actions.models import Indicator
from actions.state_record import StateRecord
from states.models import ExtensionDecision, State
from states.register import History
from tests.admin import records

from . import evidence_rows as given

pytestmark = pytest.mark.django_db

Role = Indicator.Role
DUE = "2018-08-01"
COMPLETE_THROUGH = "2019-12-31"


@pytest.fixture
def norway() -> State:
    return given.norway()


@pytest.fixture
def roles(norway: State) -> dict[str, Indicator]:
    """One indicator of Article 3 for each role; entries are complete through the end of 2019."""
    theme = given.theme(through=COMPLETE_THROUGH)
    return {
        role.value: given.indicator(f"stockpile.{role.value}", role=role, article="3", theme=theme)
        for role in Role
    }


def duty(on: str, kind: str = "stockpile_destruction") -> Duty:
    """The one duty of a kind: as the page of all states and as the page of its state has it."""
    day = date.fromisoformat(on)
    found = Duties.load(day).of_all(History.load())
    [wanted] = [item for item in found if item.kind == kind]
    alone = Duties.of_record(StateRecord.load(wanted.standing.state.id), day)
    assert [item for item in alone.of_state(wanted.standing) if item.kind == kind] == [wanted]
    return wanted


def evidence(of: State, on: date) -> tuple[Piece, ...]:
    """What stands behind its duty of Article 3, on either page."""
    record = StateRecord.load(of.pk)
    found = Duties.load(on).evidence([of.pk])
    assert Duties.of_record(record, on).evidence_in(record) == found
    return found["3", of.pk]


Said = list[tuple[str, str, dict[str, Any]]]
"""What is recorded: the role, the answer, and what else the finding says."""

CASES: list[tuple[Said, str, str, int | None]] = [
    ([], "2011-08-20", "not_known", None),
    ([("obligation", "yes", {})], "2011-05-31", "not_known", None),  # reported on 1 June
    ([("obligation", "yes", {})], "2011-06-01", "not_due", None),
    ([("obligation", "yes", {})], DUE, "not_due", None),
    ([("obligation", "yes", {})], "2018-08-02", "overdue", 1),
    ([("obligation", "yes", {})], "2019-12-31", "overdue", 517),
    ([("obligation", "yes", {})], "2020-01-01", "not_known", None),  # beyond the entries
    ([("obligation", "no", {})], "2011-08-20", "none", None),
    ([("none", "yes", {})], "2019-08-20", "none", None),
    ([("obligation", "yes", {}), ("none", "yes", {})], "2011-08-20", "not_known", None),
    ([("obligation", "yes", {"ended_on": "2012-01-01"})], "2012-01-01", "not_known", None),
    ([("completed", "yes", {})], "2011-08-20", "completed", None),
    (
        [("obligation", "yes", {}), ("completed", "yes", {"reported_on": "2013-01-01"})],
        "2012-12-31",
        "not_due",
        None,
    ),
    (
        [("obligation", "yes", {}), ("completed", "yes", {"reported_on": "2013-01-01"})],
        "2013-01-01",
        "completed",
        None,
    ),
    (
        [
            (
                "completed",
                "yes",
                {
                    "reported_on": "2019-01-01",
                    "occurred_not_before": "2018-08-11",
                    "occurred_not_after": "2018-08-11",
                },
            )
        ],
        "2019-01-01",
        "completed",
        10,
    ),
    ([("obligation", "yes", {}), ("completed", "no", {})], "2018-08-02", "overdue", 1),
]


@pytest.mark.parametrize(("said", "on", "play", "days_late"), CASES)
def test_the_state_of_play_follows_from_evidence_and_clock(
    norway: State,
    roles: dict[str, Indicator],
    said: Said,
    on: str,
    play: str,
    days_late: int | None,
) -> None:
    for role, answer, values in said:
        given.finding(norway, roles[role], answer=answer, **values)

    found = duty(on)

    assert (found.state_of_play, found.days_late, str(found.due_on)) == (play, days_late, DUE)


def test_a_yes_and_a_no_from_two_documents_are_a_dispute(
    norway: State, roles: dict[str, Indicator]
) -> None:
    given.finding(norway, roles["obligation"])
    given.finding(
        norway, roles["obligation"], answer="no", document=given.source("other"), place="page 2"
    )

    found = duty("2011-08-20")

    pieces = evidence(norway, date(2011, 8, 20))
    assert (found.state_of_play, found.is_disputed) == ("not_known", True)
    assert [piece.answer for piece in pieces] == ["yes", "no"]
    assert words.state_sentence(found) == (
        "The sources contradict each other, so nothing is said here."
    )


def test_the_document_that_gives_the_day_is_shown_however_many_later_ones_give_none(
    norway: State, roles: dict[str, Indicator]
) -> None:
    given.finding(
        norway,
        roles["completed"],
        occurred_not_before="2010-12-01",
        occurred_not_after="2010-12-01",
        reported_on="2010-12-05",
        document=given.source("certificate"),
    )
    for number in range(12):
        later = given.source(f"later-{number}")
        given.finding(norway, roles["completed"], document=later, reported_on="2011-06-01")

    pieces = evidence(norway, date(2011, 8, 20))

    assert pieces[0].source.title == "The certificate"
    assert len(pieces) == 1 + MOST_PIECES


@pytest.mark.parametrize(
    "hidden",
    [
        {"published": False},
        {"retracted_at": "2026-01-01T00:00Z", "retraction_reason": "misread"},
    ],
)
def test_drafts_and_retracted_findings_say_nothing(
    norway: State, roles: dict[str, Indicator], hidden: dict[str, Any]
) -> None:
    given.finding(norway, roles["obligation"], **hidden)

    assert duty("2019-08-20").state_of_play == "not_known"


def test_a_document_that_is_not_public_says_nothing(
    norway: State, roles: dict[str, Indicator]
) -> None:
    given.finding(norway, roles["obligation"], document=given.source("secret", public=False))

    assert duty("2019-08-20").state_of_play == "not_known"


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ((), "It is completed; since which day is not known."),
        (("2010-05-05", "2010-05-05"), "It was completed on 5 May 2010."),
        (("2010-01-01", "2010-12-31"), "It was completed in 2010."),
        (("2010-05-01", "2010-05-31"), "It was completed in May 2010."),
        (
            ("2010-05-03", "2010-06-04"),
            "It was completed between 3 May 2010 and 4 June 2010.",
        ),
    ],
)
def test_a_completion_has_its_day_as_far_as_it_is_known(
    norway: State, roles: dict[str, Indicator], days: tuple[str, ...], sentence: str
) -> None:
    occurred = dict(zip(("occurred_not_before", "occurred_not_after"), days, strict=False))
    given.finding(norway, roles["completed"], **occurred)

    assert words.state_sentence(duty("2011-08-20")) == sentence


def test_two_sources_narrow_the_days_of_a_completion(
    norway: State, roles: dict[str, Indicator]
) -> None:
    for place, first, last in (
        ("a", "2010-01-01", "2010-12-31"),
        ("b", "2010-06-01", "2011-01-31"),
    ):
        given.finding(
            norway,
            roles["completed"],
            place=place,
            occurred_not_before=first,
            occurred_not_after=last,
        )

    assert duty("2011-08-20").completed == (date(2010, 6, 1), date(2010, 12, 31))


def test_a_meeting_s_extension_moves_the_deadline(
    norway: State, roles: dict[str, Indicator]
) -> None:
    given.finding(norway, roles["obligation"])
    ExtensionDecision.objects.create(
        state=norway,
        article="3",
        meeting=records.meeting("8MSP", "2018-05-01"),
        new_deadline=date(2019, 8, 1),
        published_at=records.NOW,
    )

    assert [
        (str(duty(on).due_on), duty(on).state_of_play) for on in ("2018-04-30", "2019-08-01")
    ] == [
        ("2018-08-01", "not_due"),
        ("2019-08-01", "not_due"),
    ]
    assert duty("2019-08-02").state_of_play == "overdue"


def test_nothing_is_owed_that_falls_due_after_a_withdrawal(
    norway: State, roles: dict[str, Indicator]
) -> None:
    given.finding(norway, roles["obligation"])
    records.action(norway, "withdrawal", "2017-01-01", published=True)

    assert [item.kind for item in Duties.load(date(2019, 1, 1)).of_all(History.load())] == []


def test_other_codes_serve_as_well_if_they_have_the_role(norway: State) -> None:
    """A later plan calls its indicators otherwise: nothing hangs on their names."""
    theme = given.theme("land", through=COMPLETE_THROUGH)
    owed = given.indicator("land.contaminated", role="obligation", article="4", theme=theme)
    done = given.indicator("land.released", role="completed", article="4", theme=theme)
    given.finding(norway, owed)
    assert duty("2011-08-20", "clearance").state_of_play == "not_due"

    given.finding(norway, done, reported_on="2015-01-01", place="page 3")
    assert duty("2015-01-01", "clearance").state_of_play == "completed"


# Where it shows


@pytest.fixture
def owed(norway: State, roles: dict[str, Indicator]) -> State:
    given.finding(norway, roles["obligation"], place="page 4")
    return norway


@pytest.mark.usefixtures("owed")
def test_the_command_has_a_row_for_each_duty() -> None:
    out = StringIO()
    call_command("deadlines", on="2018-08-11", format="json", stdout=out)

    stockpiles, areas = json.loads(out.getvalue())[-2:]
    assert stockpiles == {
        "iso3": "NOR",
        "article": "3.2",
        "kind": "stockpile_destruction",
        "period": None,
        "due_on": "2018-08-01",
        "basis": (
            "Deposited 3 December 2008, so in force from 1 August 2010 (Article 17.1), so "
            "stockpiles, if there are any, are to be destroyed by 1 August 2018 (Article 3.2)."
        ),
        "state_of_play": "overdue",
        "received_on": None,
        "days_late": 10,
    }
    assert (areas["article"], areas["kind"], areas["state_of_play"]) == (
        "4.1",
        "clearance",
        "not_known",
    )


@pytest.mark.usefixtures("owed")
def test_the_api_answers_the_same_rows_and_filters_them(client: Client) -> None:
    asked = {"as_of": "2018-08-11", "kind": "stockpile_destruction", "state_of_play": "overdue"}
    [row] = client.get("/api/v1/deadlines/", asked).json()["results"]

    assert (row["iso3"], row["days_late"]) == ("NOR", 10)
    assert row["explanation"].endswith("It is 10 days overdue.")
    assert client.get("/api/v1/deadlines/", asked | {"kind": "clearance"}).json()["count"] == 0


@pytest.mark.usefixtures("owed")
def test_the_calendar_has_the_duties_that_are_recorded(client: Client) -> None:
    calendar = client.get("/deadlines.ics", {"as_of": "2018-07-31"}).content.decode()

    assert "Norway: deadline for stockpile destruction" in calendar
    assert "clearance" not in calendar
    assert calendar.count("UID:stockpile_destruction-NOR-2008@") == 1


@pytest.mark.usefixtures("owed")
def test_the_state_s_page_and_the_page_of_all_lead_to_the_evidence(client: Client) -> None:
    for address in ("/states/norway/", "/deadlines/"):
        page = client.get(address, {"as_of": "2018-08-11"}).content.decode()
        assert ("It is 10 days overdue." in page, "The statement, page 4" in page) == (True, True)


@pytest.mark.usefixtures("owed")
def test_all_deadlines_as_csv_are_those_of_the_command(client: Client) -> None:
    out = StringIO()
    call_command("deadlines", on="2018-08-11", format="csv", stdout=out)

    page = client.get("/deadlines.csv", {"as_of": "2018-08-11"}).content.decode()

    assert page.replace("\r\n", "\n").strip() == out.getvalue().strip()


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_duties_of_all_cost_four_queries(
    django_assert_num_queries: DjangoAssertNumQueries, roles: dict[str, Indicator], how_many: int
) -> None:
    for number in range(how_many):
        state = records.party(f"S{number}X", f"State {number}")
        given.finding(state, roles["obligation"])
        given.finding(state, roles["completed"])
    history = History.load()

    with django_assert_num_queries(4):
        assert len(Duties.load(date(2012, 1, 1)).of_all(history)) == 2 * (how_many + 1)
