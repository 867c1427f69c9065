"""The dataset against what is known of certain dates and of real states."""

from datetime import date

import pytest

from states.register import History

pytestmark = pytest.mark.django_db


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("on", "parties", "in_force", "signatories", "not_party", "withdrawn"),
    [
        # Before the opening for signature there is nobody.
        ("2008-12-02", 0, 0, 0, 197, 0),
        # Oslo: Holy See, Ireland, Norway and Sierra Leone ratified on the day of signature.
        ("2008-12-03", 4, 0, 88, 105, 0),
        # The thirtieth deposit (Article 17.1).
        ("2010-02-15", 28, 0, 76, 93, 0),
        ("2010-02-16", 30, 0, 74, 93, 0),
        # Entry into force: thirty bound, thirty-eight deposited.
        ("2010-07-31", 38, 0, 70, 89, 0),
        ("2010-08-01", 38, 30, 70, 89, 0),
        # The last day of the First Meeting of States Parties.
        ("2010-11-12", 46, 36, 62, 89, 0),
        # The cut-off of the Beirut progress report.
        ("2011-08-20", 60, 52, 49, 88, 0),
        # Lithuania's withdrawal took effect on 6 March 2025 (Article 20.3).
        ("2025-03-05", 112, 112, 12, 73, 0),
        ("2025-03-06", 111, 111, 12, 74, 1),
        ("2025-09-05", 112, 111, 12, 73, 1),
        ("2026-03-01", 112, 112, 12, 73, 1),
    ],
)
def test_membership_on_known_dates(
    dataset: History,
    on: str,
    parties: int,
    in_force: int,
    signatories: int,
    not_party: int,
    withdrawn: int,
) -> None:
    register = dataset.on(day(on))

    assert (
        len(register.parties),
        len(register.bound),
        len(register.signatories),
        len(register.not_party),
        len(register.withdrawn),
    ) == (parties, in_force, signatories, not_party, withdrawn)


@pytest.mark.parametrize(
    ("iso3", "in_force"),
    [
        # Article 17.1
        ("NOR", "2010-08-01"),
        ("IRL", "2010-08-01"),
        ("ALB", "2010-08-01"),
        ("JPN", "2010-08-01"),
        ("BFA", "2010-08-01"),
        ("MDA", "2010-08-01"),
        # Article 17.2
        ("WSM", "2010-10-01"),
        ("GBR", "2010-11-01"),
        ("MLI", "2010-12-01"),
        ("COM", "2011-01-01"),
        ("ATG", "2011-02-01"),
        ("BIH", "2011-03-01"),
        ("CPV", "2011-04-01"),
        ("GNB", "2011-05-01"),
        ("CHL", "2011-06-01"),
        ("SLV", "2011-07-01"),
        ("NLD", "2011-08-01"),
        ("LTU", "2011-09-01"),
        ("GRD", "2011-12-01"),
        ("SEN", "2012-02-01"),
        ("AFG", "2012-03-01"),
        ("CHE", "2013-01-01"),
        ("COL", "2016-03-01"),
        ("MUS", "2016-04-01"),
        ("LKA", "2018-09-01"),
        ("PHL", "2019-07-01"),
        ("NGA", "2023-08-01"),
        ("SSD", "2024-02-01"),
        ("VUT", "2026-03-01"),
    ],
)
def test_article_17_entry_into_force_of_real_states(
    dataset: History, iso3: str, in_force: str
) -> None:
    register = dataset.on(date(2026, 6, 1))

    assert register.by_iso3[iso3].entry_into_force == day(in_force)


def test_who_joined_between_the_first_meeting_and_the_progress_report(dataset: History) -> None:
    before = {standing.state.iso3 for standing in dataset.on(date(2010, 11, 12)).parties}

    joined = [
        standing.state.name
        for standing in dataset.on(date(2011, 8, 20)).parties
        if standing.state.iso3 not in before
    ]

    # Footnote 2 of the report, and Senegal (3 August 2011), which it leaves out.
    assert joined == [
        "Botswana",
        "Bulgaria",
        "Chile",
        "Costa Rica",
        "El Salvador",
        "Ghana",
        "Grenada",
        "Guinea-Bissau",
        "Lithuania",
        "Mozambique",
        "Netherlands",
        "Panama",
        "Portugal",
        "Senegal",
    ]


@pytest.mark.parametrize(
    ("on", "iso3", "name"),
    [
        ("2011-08-20", "CZE", "Czech Republic"),
        ("2016-05-16", "CZE", "Czech Republic"),
        ("2016-05-17", "CZE", "Czechia"),
        ("2011-08-20", "CPV", "Cape Verde"),
        ("2013-10-24", "CPV", "Cabo Verde"),
        ("2011-08-20", "SWZ", "Swaziland"),
        ("2019-02-14", "MKD", "North Macedonia"),
        ("2022-05-31", "TUR", "Turkey"),
        ("2022-06-01", "TUR", "Türkiye"),
    ],
)
def test_states_are_called_by_their_name_of_the_day(
    dataset: History, on: str, iso3: str, name: str
) -> None:
    assert dataset.on(day(on)).by_iso3[iso3].state.name == name


def test_states_stand_in_order_of_the_names_of_the_day(dataset: History) -> None:
    def position(on: date, iso3: str) -> int:
        return [standing.state.iso3 for standing in dataset.on(on)].index(iso3)

    assert position(date(2011, 8, 20), "CPV") > position(date(2011, 8, 20), "CAN")
    assert position(date(2020, 1, 1), "CPV") < position(date(2020, 1, 1), "KHM")
