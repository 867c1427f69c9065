"""The reports that come with the portal, and what the portal says of 20 August 2011 from them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.dataset import FILES, dataset
from reports.deadlines import ReportDeadline, Reporting
from reports.documents import waiting_to_be_read
from reports.exchange import RESOURCES
from reports.models import Coverage, KnownMissing, TransparencyReport
from reports.publishing import withdraw
from reports.state_of_play import StateOfPlay
from states.dataset import loading
from states.exchange import Outcome
from states.models import Document, State
from tests.admin import records
from tests.exchange.files import csv, history
from tests.reports import given
from tests.reports.given import bring

pytestmark = pytest.mark.django_db

TODAY = date(2026, 1, 1)
PRINTED = date(2011, 8, 20)
"""The date of the printed report that named nine overdue initial reports."""


def load(*datasets: loading.Dataset) -> list[loading.FileAccount]:
    return loading.load_all(datasets, today=TODAY)


def initial(on: date, play: StateOfPlay | None = None) -> list[ReportDeadline]:
    """The initial reports whose due date lies behind a day; those of one state of play."""
    return [
        row
        for row in Reporting.load().on(on)
        if row.kind == "initial" and row.due_on < on and play in {None, row.state_of_play}
    ]


def names(rows: list[ReportDeadline]) -> list[str]:
    return [row.standing.state.name for row in rows]


@pytest.mark.usefixtures("loaded_for_the_class", "db")
class TestBundledDataset:
    """The whole dataset, loaded before all of these."""

    def test_on_20_august_2011_the_nine_of_the_printed_report_are_overdue(self) -> None:
        assert len(initial(PRINTED)) == 39
        assert names(initial(PRINTED, StateOfPlay.OVERDUE)) == [
            "Antigua and Barbuda",
            "Comoros",
            "Fiji",
            "The former Yugoslav Republic of Macedonia",
            "Lesotho",
            "Mali",
            "Niger",
            "Samoa",
            "Seychelles",
        ]

    def test_on_20_august_2011_the_open_cases_are_named_apart(self) -> None:
        assert names(initial(PRINTED, StateOfPlay.NOT_KNOWN)) == ["France"]
        assert names(initial(PRINTED, StateOfPlay.RECEIVED)) == ["Albania", "Burundi", "Japan"]

    def test_on_20_august_2011_six_reports_were_late_by_days_that_are_known(self) -> None:
        late = initial(PRINTED, StateOfPlay.LATE)

        assert [(row.standing.state.name, row.days_late) for row in late] == [
            ("Croatia", 72),
            ("Ecuador", 54),
            ("Malta", 101),
            ("New Zealand", 3),
            ("Nicaragua", 90),
            ("San Marino", 35),
        ]

    def test_on_20_august_2011_twenty_two_were_in_time_two_of_them_early(self) -> None:
        in_time = [
            row
            for row in Reporting.load().on(PRINTED)
            if row.kind == "initial" and row.state_of_play is StateOfPlay.IN_TIME
        ]

        assert (len(in_time), len([row for row in in_time if row.due_on > PRINTED])) == (22, 2)

    def test_42_initial_reports_were_due_by_the_second_meeting(self) -> None:
        owed = [row for row in Reporting.load().on(PRINTED) if row.kind == "initial"]

        assert len([row for row in owed if row.due_on <= date(2011, 9, 16)]) == 42

    def test_annual_reports_are_not_entered_and_nobody_is_late_for_them(self) -> None:
        for on in (date(2012, 5, 1), date(2015, 9, 7), date(2026, 1, 1)):
            annual = [row for row in Reporting.load().on(on) if row.kind == "annual"]
            behind = {row.state_of_play for row in annual if row.due_on < on}

            assert behind == {StateOfPlay.NOT_ENTERED}
            assert {row.days_late for row in annual} == {None}

    def test_nobody_is_called_overdue_beyond_the_day_of_completeness(self) -> None:
        assert Coverage.objects.get().complete_through == date(2022, 8, 31)
        assert names(initial(date(2022, 8, 31), StateOfPlay.OVERDUE)) != []
        assert initial(date(2022, 9, 1), StateOfPlay.OVERDUE) == []

    def test_sixty_years_of_all_states_cost_seven_queries(self) -> None:
        with CaptureQueriesContext(connection) as queries:
            reporting = Reporting.load()
            owed = [len(reporting.on(date(year, 12, 31))) for year in range(2011, 2072, 10)]

        assert len(queries) == 7
        assert owed == sorted(owed)

    def test_everything_is_published_and_waits_for_nobody_to_read_it(self) -> None:
        assert TransparencyReport.objects.drafts().count() == 0
        assert waiting_to_be_read().count() == 0
        assert not Document.objects.filter(is_public=False).exists()

    def test_a_second_time_changes_nothing(self) -> None:
        models = (Document, Coverage, TransparencyReport, KnownMissing)
        before = [history(model) for model in models]

        accounts = load(loading.register(), dataset())

        assert {row.outcome for file in accounts for row in file.account.rows} == {Outcome.SAME}
        assert [account.no_longer for account in accounts] == [()] * 9
        assert [history(model) for model in models] == before

    def test_export_comes_back_without_a_change(self) -> None:
        for kind, resource in RESOURCES.items():
            table = resource().export()
            if len(table):
                account = bring(kind, str(table.export("csv")).encode())
                assert {row.outcome for row in account.rows} == {Outcome.SAME}


# Against the staff, with a small dataset

SMALL = {
    "documents": ["code,title,kind,is_public", "profile-nor,Profile,civil_society,yes"],
    "coverage": ["kind,complete_through", "initial,2022-08-31"],
    "reports": [
        "iso3,kind,year,received_not_before,received_not_after,missing_on,document",
        "NOR,initial,,2011-01-27,2011-01-27,,profile-nor",
        "FJI,initial,,,,2015-06-18;2017-01-01,profile-nor",
    ],
}

Write = Callable[..., loading.Dataset]


@pytest.fixture
def small(tmp_path: Path) -> Write:
    """Writes a small dataset of reports, with the rows of some files replaced."""
    records.party("NOR", "Norway")
    records.party("FJI", "Fiji", deposited="2010-05-28")

    def write(**replaced: list[str]) -> loading.Dataset:
        for kind, filename in FILES.items():
            (tmp_path / filename).write_bytes(csv(*(SMALL | replaced)[kind]))
        return dataset(tmp_path)

    return write


def told(*datasets: loading.Dataset) -> list[str]:
    return [line for account in load(*datasets) for line in account.lines()]


def test_rows_and_the_days_of_absence_are_loaded_with_their_origin(small: Write) -> None:
    assert told(small()) == [
        "reports/documents.csv: 1 new, 0 changed, 0 the same, 0 left alone",
        "reports/coverage.csv: 1 new, 0 changed, 0 the same, 0 left alone",
        "reports/reports.csv: 2 new, 0 changed, 0 the same, 0 left alone",
    ]
    fiji = TransparencyReport.objects.get(state__iso3="FJI")
    assert [missing.on for missing in fiji.known_missing.all()] == [
        date(2015, 6, 18),
        date(2017, 1, 1),
    ]
    reasons = {
        entry.history_change_reason
        for history in (TransparencyReport.history, KnownMissing.history)
        for entry in history.all()
    }
    [reason] = reasons
    assert reason.startswith("Dataset reports ")


def test_new_version_of_the_dataset_corrects_what_it_brought(small: Write) -> None:
    load(small())

    lines = told(
        small(
            reports=[
                SMALL["reports"][0],
                "NOR,initial,,2011-01-26,2011-01-26,,profile-nor",
                "FJI,initial,,2018-04-03,2018-04-03,2015-06-18,profile-nor",
            ]
        )
    )

    assert lines[-1] == "reports/reports.csv: 0 new, 2 changed, 0 the same, 0 left alone"
    assert TransparencyReport.objects.published().count() == 2
    assert [missing.on for missing in KnownMissing.objects.all()] == [date(2015, 6, 18)]


def left_alone(small: Write) -> list[str]:
    """The rows that are left alone, with the reason, when a newer version is loaded."""
    newer = small(
        reports=[*SMALL["reports"][:2], "FJI,initial,,,,2015-06-18,profile-nor"],
    )
    return [line.strip() for line in told(newer) if line.startswith("    ")]


def test_report_that_staff_recorded_meanwhile_is_theirs(small: Write) -> None:
    load(small())
    fiji = State.objects.get(iso3="FJI")
    given.recorded(fiji, "2018-04-03", by=records.user())

    assert left_alone(small) == ["left alone: FJI, initial (withdrawn in the portal)"]
    assert TransparencyReport.objects.get(state=fiji).received_on == date(2018, 4, 3)


def test_report_to_which_staff_added_a_day_of_absence_is_theirs(small: Write) -> None:
    load(small())
    report = TransparencyReport.objects.get(state__iso3="FJI")
    KnownMissing.objects.create(report=report, on=date(2016, 1, 1))

    assert left_alone(small) == ["left alone: FJI, initial (changed in the portal)"]
    assert report.known_missing.count() == 3


def test_report_that_staff_withdrew_stays_withdrawn(small: Write) -> None:
    load(small())
    report = TransparencyReport.objects.get(state__iso3="FJI")
    withdraw(reports=[report], by=records.user())

    assert left_alone(small) == ["left alone: FJI, initial (withdrawn in the portal)"]


def test_report_that_staff_deleted_does_not_come_back(small: Write) -> None:
    load(small())
    TransparencyReport.objects.get(state__iso3="FJI").delete()

    assert left_alone(small) == ["left alone: FJI, initial (deleted in the portal)"]


def test_coverage_that_an_editor_moved_stays(small: Write) -> None:
    load(small())
    coverage = Coverage.objects.get()
    coverage.complete_through = date(2024, 1, 1)
    coverage.save()

    load(small(coverage=["kind,complete_through", "initial,2023-08-31"]))

    assert Coverage.objects.get().complete_through == date(2024, 1, 1)


def test_documents_of_the_register_are_not_taken_for_those_of_the_reports(small: Write) -> None:
    records.document("untc")

    assert not [line for line in told(small()) if "no longer" in line]


def test_wrong_dataset_writes_nothing(small: Write) -> None:
    wrong = small(reports=[SMALL["reports"][0], "NOR,initial,,2099-01-27,2099-01-27,,"])

    with pytest.raises(loading.DatasetError):
        load(wrong)

    assert (Document.objects.count(), TransparencyReport.objects.count()) == (0, 0)
