"""What the names of `states` mean: the same states as the register, each with its evidence."""

from datetime import date

import pytest

from ccm_portal.figures import Evidence, Figure, Vocabulary, evaluate
from states.figures import DEFINITIONS, StatesTable
from states.models import Region, UNRegionalGroup
from states.register import History
from tests.admin import records

from .histories import SOURCE, event, history

ON = date(2011, 8, 20)
SIGNED = event("signature", "2008-12-03")
RATIFIED = event("ratification", "2011-03-24")
WITHDRAWN = event("withdrawal", "2024-09-06")


def figure(expression: str, given: History, on: date = ON) -> Figure:
    return evaluate(expression, Vocabulary(tables=(StatesTable(given),)), on)


def evidence(expression: str, given: History, on: date = ON) -> list[Evidence]:
    """Why the state AAA is in a figure."""
    found = figure(expression, given, on)
    assert "AAA" in found.states.certain
    return [item for item in found.states.evidence["AAA"] if isinstance(item, Evidence)]


def cited(text: str, on: str) -> Evidence:
    return Evidence(
        text=text,
        on=date.fromisoformat(on),
        document=SOURCE.title,
        place=SOURCE.place,
        url=SOURCE.url,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("on", [date(2008, 12, 3), date(2010, 8, 1), ON, date(2025, 3, 6)])
def test_the_names_agree_with_the_register(dataset: History, on: date) -> None:
    register = dataset.on(on)
    groups = {
        "states": register.standings,
        "parties": register.parties,
        "in_force": register.bound,
        "signatories": register.signatories,
        "not_party": register.not_party,
        "withdrawn": register.withdrawn,
    }

    for name, standings in groups.items():
        codes = {standing.state.iso3 for standing in standings}
        assert figure(name, dataset, on).states.certain == codes, name


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("expression", "count"),
    [
        # Footnote 2 of the Beirut progress report, and Senegal: 13 and one.
        ("since(2010-11-12, parties)", 14),
        ("since(2010-11-12, acceded)", 1),
        ("since(2010-11-12, ratified)", 13),
        ("parties | signatories | not_party", 197),
        ("parties & signatories | parties & not_party | signatories & not_party", 0),
        ("in_force | awaiting_entry_into_force", 60),
        ("in_force & awaiting_entry_into_force", 0),
        ("awaiting_entry_into_force", 8),
        ("signed", 108),
        ("signed - parties - signatories", 0),
        ("deposited - parties", 0),
        # 193 Member States since South Sudan (14 July 2011); then the Holy See, the State of
        # Palestine, the Cook Islands and Niue.
        ("un_members", 193),
        ("states - un_members", 4),
    ],
)
def test_figures_of_the_progress_reports_day(dataset: History, expression: str, count: int) -> None:
    assert figure(expression, dataset).count == count


@pytest.mark.django_db
def test_un_members_are_those_of_the_day(dataset: History) -> None:
    assert figure("un_members", dataset, date(2011, 7, 13)).count == 192


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("prefix", "groups", "outside"),
    [("region", Region.values, 0), ("un_group", UNRegionalGroup.values, 4)],
)
def test_each_state_is_in_one_group(
    dataset: History, prefix: str, groups: list[str], outside: int
) -> None:
    counts = [figure(f"{prefix}.{group}", dataset).count for group in groups]

    together = " | ".join(f"{prefix}.{group}" for group in groups)
    assert sum(counts) == figure(together, dataset).count == 197 - outside


def test_a_party_is_proved_by_its_latest_deposit() -> None:
    again = event("accession", "2027-01-15")
    given = history({"AAA": [SIGNED, RATIFIED, WITHDRAWN, again]})

    assert evidence("parties", given) == [cited("Ratification", "2011-03-24")]
    assert evidence("parties", given, date(2027, 1, 15)) == [cited("Accession", "2027-01-15")]


def test_a_bound_state_is_proved_by_its_entry_into_force_and_its_deposit() -> None:
    given = history({"AAA": [SIGNED, RATIFIED]})

    assert evidence("in_force", given, date(2011, 9, 1)) == [
        Evidence(text="In force", on=date(2011, 9, 1)),
        cited("Ratification", "2011-03-24"),
    ]


def test_a_signatory_is_proved_by_its_signature() -> None:
    assert evidence("signatories", history({"AAA": [SIGNED]})) == [cited("Signature", "2008-12-03")]


@pytest.mark.parametrize("expression", ["withdrawn", "not_party", "since(2025-04-01, not_party)"])
def test_a_state_that_withdrew_is_proved_by_its_notification(expression: str) -> None:
    given = history({"AAA": [SIGNED, RATIFIED, WITHDRAWN]})

    assert evidence(expression, given, date(2025, 6, 1)) == [
        Evidence(text="Withdrawal took effect", on=date(2025, 3, 6)),
        cited("Notification of withdrawal", "2024-09-06"),
    ]


def test_a_state_that_did_nothing_says_so() -> None:
    assert evidence("not_party", history({"AAA": []})) == [
        Evidence(text="Neither signature nor deposit is recorded")
    ]


@pytest.mark.parametrize(
    ("expression", "on", "belongs"),
    [
        # Joined on 24 March 2011, in force from 1 September 2011, withdrew on 6 March 2025.
        ("since(2011-03-23, parties)", "2011-08-20", True),
        ("since(2011-03-24, parties)", "2011-08-20", False),
        ("since(2011-08-31, in_force)", "2011-09-01", True),
        ("since(2011-09-01, in_force)", "2011-12-31", False),
        ("since(2025-03-05, withdrawn)", "2025-03-06", True),
        ("since(2025-03-06, withdrawn)", "2026-01-01", False),
        ("since(2011-01-01, deposited)", "2026-01-01", True),
        ("since(2011-01-01, parties)", "2026-01-01", False),
    ],
)
def test_since_looks_at_what_happened_after_a_day(expression: str, on: str, belongs: bool) -> None:
    given = history({"AAA": [SIGNED, RATIFIED, WITHDRAWN]})

    found = figure(expression, given, date.fromisoformat(on))

    assert ("AAA" in found.states.certain) is belongs


def test_every_name_has_a_title_and_an_explanation_that_ends() -> None:
    for name, definition in DEFINITIONS.items():
        assert definition.name == name
        assert str(definition.title)
        assert str(definition.explanation).endswith(".")


@pytest.mark.django_db
def test_a_meeting_stands_for_its_last_day_once_it_is_published() -> None:
    records.meeting("1MSP", "2010-11-12")
    records.meeting("9MSP", "2019-09-04", published=False)
    table = StatesTable(history({}))

    assert table.landmark("1msp") == date(2010, 11, 12)
    assert table.landmark("9MSP") is None
