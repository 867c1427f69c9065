"""Recording a received report: what counts as what, what cannot be, and what is kept."""

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from reports import recording
from reports.deadlines import Reporting
from reports.documents import may_be_shown, waiting_to_be_read
from reports.models import Coverage, KnownMissing, TransparencyReport
from reports.recording import RecordedAlready, correct, mark_read_through
from reports.state_of_play import StateOfPlay
from states.files.attaching import replace
from states.models import Document, DocumentFile
from states.publishing import lock_states
from tests.admin import records
from tests.admin.records import Kind
from tests.reports import given
from tests.reports.given import TODAY

pytestmark = pytest.mark.django_db


def refusals(error: ValidationError) -> list[str]:
    return list(error.messages)


def initial_state_of_play(on: date) -> list[tuple[StateOfPlay, int | None]]:
    return [
        (row.state_of_play, row.days_late)
        for row in Reporting.load().on(on)
        if row.kind == "initial"
    ]


# What counts as what (Article 7: a duty of States Parties)


@pytest.mark.parametrize(
    ("chosen", "received", "stands", "notices"),
    [
        # The deposit is of 24 March 2011: before it voluntary, from that very day on initial.
        (
            "initial",
            "2011-03-23",
            StateOfPlay.OVERDUE,
            [
                "Counts as voluntary: it came before Lithuania deposited its instrument on 24 "
                "March 2011, so it discharges no duty (Article 7)."
            ],
        ),
        ("initial", "2011-03-24", StateOfPlay.IN_TIME, []),
        # After the deposit, before entry into force on 1 September 2011.
        ("initial", "2011-03-30", StateOfPlay.IN_TIME, []),
        ("voluntary", "2010-06-01", StateOfPlay.OVERDUE, []),
        ("voluntary", "2012-06-01", StateOfPlay.OVERDUE, []),
        (
            "initial",
            "2011-03-01/2011-03-31",
            StateOfPlay.NOT_KNOWN,
            [
                "It may have come before Lithuania deposited its instrument on 24 March 2011: "
                "then it is voluntary. Correct the receipt if the day becomes known."
            ],
        ),
    ],
)
def test_report_is_kept_as_said_and_counts_by_its_receipt_and_the_deposit(
    chosen: str, received: str, stands: StateOfPlay, notices: list[str]
) -> None:
    Coverage.objects.create(kind="initial", complete_through=date(2022, 8, 31))
    lithuania = records.party("LTU", "Lithuania", deposited="2011-03-24")

    done = given.recorded(lithuania, received, kind=chosen, by=records.user())

    assert (done.report.kind, list(done.notices)) == (chosen, notices)
    assert [state for state, _days in initial_state_of_play(date(2012, 8, 1))] == [stands]


@pytest.mark.parametrize("chosen", ["initial", "annual"])
def test_report_of_a_state_that_never_deposited_counts_as_voluntary(chosen: str) -> None:
    """Article 16: a signature alone does not bind; a draft of a deposit is no deposit."""
    congo = records.state("COD", "Democratic Republic of the Congo")
    records.action(congo, Kind.SIGNATURE, "2009-03-18", published=True)
    records.action(congo, Kind.RATIFICATION, "2009-06-01")

    done = given.recorded(congo, "2011-06-01", kind=chosen, year=2010, by=records.user())

    assert done.report.kind == chosen
    assert done.notices == (
        "Counts as voluntary as long as no deposit by Democratic Republic of the Congo is "
        "published: it owes no report.",
    )
    assert initial_state_of_play(date(2012, 8, 1)) == []


def test_report_logged_before_its_deposit_is_published_discharges_the_duty() -> None:
    """The receipt counts as soon as it is saved, in whatever order the desk works."""
    Coverage.objects.create(kind="initial", complete_through=date(2022, 8, 31))
    brazil = records.state("BRA", "Brazil")
    given.recorded(brazil, "2012-01-10", by=records.user())

    records.action(brazil, Kind.ACCESSION, "2011-10-01", published=True)

    assert initial_state_of_play(date(2013, 1, 1)) == [(StateOfPlay.IN_TIME, None)]


def test_initial_report_after_a_withdrawal_that_came_first_counts_as_voluntary() -> None:
    """Article 20.3: what falls due after the withdrawal takes effect is not owed."""
    state = records.party("LTU", "Lithuania", deposited="2011-03-24")
    records.action(state, Kind.WITHDRAWAL, "2011-06-01", published=True)

    done = given.recorded(state, "2012-01-15", by=records.user())

    assert done.notices == (
        "Counts as voluntary: Lithuania withdrew before its initial report fell due, and this "
        "one came after the withdrawal had taken effect (Article 20.3).",
    )
    assert initial_state_of_play(date(2013, 1, 1)) == []


@pytest.mark.parametrize(
    ("year", "received", "notices"),
    [
        # In force from 1 August 2010, initial report due in 2011: annual reports from 2011 on.
        (2011, "2012-04-30", []),
        (
            2010,
            "2011-04-30",
            [
                "The first annual report that Norway owes covers 2011 (Article 7.2): this one, for "
                "2010, is kept and discharges no duty."
            ],
        ),
        (
            2012,
            "2012-12-31",
            ["The year 2012 had not ended when it was received: check the year."],
        ),
    ],
)
def test_annual_report_of_an_odd_year_is_kept_with_a_word(
    year: int, received: str, notices: list[str]
) -> None:
    done = given.recorded(records.party(), received, kind="annual", year=year, by=records.user())

    assert (done.report.kind, done.report.year, list(done.notices)) == ("annual", year, notices)


# What cannot be


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"on": "2026-01-02"},
            "2 January 2026 lies in the future: give the day on which the report was received.",
        ),
        (
            {"on": "2008-12-02"},
            "2 December 2008 cannot be: there was no such report before the Convention was opened "
            "for signature on 3 December 2008.",
        ),
        (
            {"on": "2011-02-01/2011-01-01"},
            "The first day of the receipt comes after the last one: check both.",
        ),
        (
            {"on": "2011-02-01", "kind": "annual"},
            "An annual report needs the calendar year that it covers.",
        ),
        (
            {"on": "2011-02-01", "kind": "annual", "year": 2007},
            "An annual report cannot cover 2007: the Convention is of 2008.",
        ),
        (
            {"on": "2011-02-01", "kind": "annual", "year": 2012},
            "It cannot cover 2012, a year that had not begun: check the year.",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    values: dict[str, object], sentence: str, media: Path
) -> None:
    with pytest.raises(ValidationError) as refused:
        given.recorded(records.party(), by=records.user(), files=[given.file()], **values)  # type: ignore[arg-type]

    assert refusals(refused.value) == [sentence]
    assert (TransparencyReport.objects.count(), Document.objects.count()) == (0, 0)
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_today_is_not_the_future() -> None:
    done = given.recorded(records.party(), TODAY.isoformat(), by=records.user())

    assert done.report.received_on == TODAY


def test_second_initial_report_is_refused_and_the_first_one_offered() -> None:
    norway, clerk = records.party(), records.user()
    first = given.recorded(norway, "2011-01-27", by=clerk).report

    with pytest.raises(RecordedAlready) as refused:
        given.recorded(norway, "2011-05-01", by=clerk)

    assert refused.value.report == first
    assert refusals(refused.value) == [
        "Recorded already: Initial report, received 27 January 2011. Correct that one, or choose "
        "another kind or year for this one."
    ]
    assert TransparencyReport.objects.count() == 1


def test_state_that_joined_again_owes_an_initial_report_again() -> None:
    """Articles 17 and 20: a new deposit begins a new time as party."""
    norway, clerk = records.party(), records.user()
    records.action(norway, Kind.WITHDRAWAL, "2013-01-01", published=True)
    records.action(norway, Kind.ACCESSION, "2015-01-01", published=True)
    Coverage.objects.create(kind="initial", complete_through=TODAY)
    given.recorded(norway, "2011-01-27", by=clerk)

    second = given.recorded(norway, "2016-01-01", by=clerk)

    assert (second.report.kind, second.filled) == ("initial", False)
    assert initial_state_of_play(date(2016, 6, 1)) == [
        (StateOfPlay.IN_TIME, None),
        (StateOfPlay.LATE, 4),
    ]
    with pytest.raises(RecordedAlready):
        given.recorded(norway, "2016-02-01", by=clerk)


def test_annual_report_of_a_year_is_recorded_once() -> None:
    norway, clerk = records.party(), records.user()
    given.recorded(norway, "2012-04-01", kind="annual", year=2011, by=clerk)
    given.recorded(norway, "2013-04-01", kind="annual", year=2012, by=clerk)

    with pytest.raises(RecordedAlready) as refused:
        given.recorded(norway, "2012-05-01", kind="annual", year=2011, by=clerk)

    assert refused.value.report.year == 2011


def test_voluntary_reports_may_be_several_but_not_the_same_twice() -> None:
    state, clerk = records.state(), records.user()
    given.recorded(state, "2011-01-27", kind="voluntary", by=clerk)
    given.recorded(state, "2012-01-27", kind="voluntary", by=clerk)

    with pytest.raises(RecordedAlready):
        given.recorded(state, "2011-01-27", kind="voluntary", by=clerk)


# Filling what was looked for


def test_report_that_was_looked_for_is_filled_and_is_a_draft_again() -> None:
    norway = records.party()
    looked_for = given.report(norway, published=True, note="not found")
    KnownMissing.objects.create(report=looked_for, on=date(2012, 6, 1))

    done = given.recorded(norway, "2012-07-01", by=records.user(), note="by post")

    assert (done.filled, done.report.pk) == (True, looked_for.pk)
    stored = TransparencyReport.objects.get()
    assert (stored.received_on, stored.published_at) == (date(2012, 7, 1), None)
    assert stored.note == "not found\nby post"
    assert [entry.received_not_after for entry in stored.history.order_by("history_id")] == [
        None,
        date(2012, 7, 1),
    ]


def test_receipt_on_a_day_on_which_a_source_missed_it_is_told() -> None:
    norway = records.party()
    looked_for = given.report(norway)
    KnownMissing.objects.create(report=looked_for, on=date(2015, 6, 18))

    done = given.recorded(norway, "2012-07-01", by=records.user())

    assert done.notices == (
        "A source says that it was still missing on 18 June 2015: check the day of the receipt.",
    )


def test_annual_report_that_was_looked_for_is_filled_by_its_year() -> None:
    norway = records.party()
    of_2011 = given.report(norway, "annual", year=2011)
    given.report(norway, "annual", year=2012)

    done = given.recorded(norway, "2012-04-30", kind="annual", year=2011, by=records.user())

    assert (done.filled, done.report.pk) == (True, of_2011.pk)
    assert TransparencyReport.objects.count() == 2


# The receipt counts, the contents wait


def test_receipt_counts_as_soon_as_it_is_recorded_and_is_a_draft() -> None:
    norway = records.party()

    done = given.recorded(norway, "2011-01-28", by=records.user())

    assert not done.report.is_published
    assert initial_state_of_play(date(2011, 2, 1)) == [(StateOfPlay.IN_TIME, None)]


def test_recorded_report_waits_to_be_read_until_somebody_has() -> None:
    norway, clerk = records.party(), records.user()
    report = given.recorded(norway, "2011-01-28", by=clerk).report
    assert list(waiting_to_be_read()) == [report]

    changed = mark_read_through(reports=[report], on=date(2011, 2, 1), today=TODAY, by=clerk)

    assert changed == [report]
    assert list(waiting_to_be_read()) == []
    report.refresh_from_db()
    latest = report.history.latest()
    assert (report.read_through_on, latest.history_user, latest.history_change_reason) == (
        date(2011, 2, 1),
        clerk,
        "Read through",
    )
    assert mark_read_through(reports=[report], on=TODAY, today=TODAY, by=clerk) == []


def test_published_report_waits_to_be_read_only_if_it_has_a_file() -> None:
    norway, chief = records.party(), records.user()
    given.report(norway, "annual", "2013-04-01", year=2012, published=True)
    report = given.recorded(norway, "2011-01-28", by=chief, files=[given.file()]).report
    TransparencyReport.objects.filter(pk=report.pk).update(published_at="2011-02-01T00:00Z")

    assert list(waiting_to_be_read()) == [report]


@pytest.mark.parametrize(
    ("received", "on", "sentence"),
    [
        (
            "2011-02-02",
            date(2011, 2, 1),
            "It cannot have been read through before it was received: check both days.",
        ),
        (
            "2011-01-28",
            date(2026, 1, 2),
            "It cannot have been read through on a day to come: check the day.",
        ),
        (
            "",
            date(2011, 2, 1),
            "Initial report has not come, so that nobody can have read it through.",
        ),
    ],
)
def test_report_cannot_be_read_before_it_came_or_tomorrow(
    received: str, on: date, sentence: str
) -> None:
    norway = records.party()
    other = given.report(norway, "voluntary", "2010-04-01")
    report = given.report(norway, received=received)

    with pytest.raises(ValidationError) as refused:
        mark_read_through(reports=[other, report], on=on, today=TODAY, by=records.user())

    assert refusals(refused.value)[-1] == sentence
    assert not TransparencyReport.objects.filter(read_through_on__isnull=False).exists()


# Files


def test_files_become_a_document_of_the_report_that_is_not_public() -> None:
    clerk = records.user("Data entry")

    done = given.recorded(
        records.party(),
        "2012-04-30",
        kind="annual",
        year=2011,
        by=clerk,
        files=[given.file("a.pdf", "a"), given.file("b.pdf", "b")],
    )

    document = done.report.documents.get()
    assert (document.code, document.title, document.author, document.kind, document.is_public) == (
        "article7-nor-annual-2011",
        "Annual transparency report of Norway for 2011",
        "Norway",
        "report",
        False,
    )
    assert [file.original_name for file in document.files.order_by("pk")] == ["a.pdf", "b.pdf"]
    assert document.history.get().history_user == clerk


def test_second_voluntary_report_gets_a_code_of_its_own() -> None:
    state, clerk = records.state(), records.user()
    records.document("article7-nor-voluntary-2011-01-27")

    done = given.recorded(state, "2011-01-27", kind="voluntary", by=clerk, files=[given.file()])

    assert done.report.documents.get().code == "article7-nor-voluntary-2011-01-27-2"


def test_same_file_twice_refuses_the_whole_recording() -> None:
    with pytest.raises(ValidationError) as refused:
        given.recorded(
            records.party(),
            "2011-01-27",
            by=records.user(),
            files=[given.file("a.pdf", "same"), given.file("b.pdf", "same")],
        )

    assert refusals(refused.value) == [
        "b.pdf: This document has this very file already, as “a.pdf”: choose another one."
    ]
    assert (TransparencyReport.objects.count(), DocumentFile.objects.count()) == (0, 0)


def test_replaced_file_is_kept() -> None:
    chief = records.user()
    report = given.recorded(
        records.party(), "2011-01-27", by=chief, files=[given.file(text="first")]
    ).report
    first = DocumentFile.objects.get()

    second = replace(file=first, upload=given.file(text="second"), by=chief)

    assert list(report.documents.get().files.current()) == [second]
    assert Path(first.file.path).is_file()


def test_file_of_a_report_may_be_shown_once_the_report_is_published() -> None:
    norway = records.party()
    draft, published = given.report(norway), given.report(norway, "annual", year=2011)
    TransparencyReport.objects.filter(pk=published.pk).update(published_at="2012-01-01T00:00Z")
    of_draft = given.document(draft, public=True)
    of_published = given.document(published, public=True)

    assert [may_be_shown(item) for item in (of_draft, of_published, records.document())] == [
        False,
        True,
        True,
    ]


# Correcting


def test_corrected_receipt_keeps_what_stood_before() -> None:
    clerk = records.user()
    Coverage.objects.create(kind="initial", complete_through=TODAY)
    report = given.recorded(records.party(), "2011-01-27", by=clerk).report
    report.received_not_before = report.received_not_after = date(2011, 1, 31)

    correct(report=report, today=TODAY, by=clerk)

    assert [
        (entry.received_not_after, entry.history_change_reason)
        for entry in report.history.order_by("history_id")
    ] == [(date(2011, 1, 27), "Receipt recorded"), (date(2011, 1, 31), "Corrected")]
    assert initial_state_of_play(date(2011, 2, 1)) == [(StateOfPlay.LATE, 3)]


def test_receipt_corrected_to_before_the_deposit_discharges_nothing() -> None:
    clerk = records.user()
    lithuania = records.party("LTU", "Lithuania", deposited="2011-03-24")
    report = given.recorded(lithuania, "2011-03-30", by=clerk).report
    report.received_not_before = report.received_not_after = date(2010, 3, 30)

    notices = correct(report=report, today=TODAY, by=clerk)

    report.refresh_from_db()
    assert (report.kind, len(notices)) == ("initial", 1)
    assert [state.is_in for state, _days in initial_state_of_play(TODAY)] == [False]


def test_kind_corrected_to_one_that_is_recorded_is_refused() -> None:
    norway, clerk = records.party(), records.user()
    first = given.recorded(norway, "2011-01-27", by=clerk).report
    second = given.recorded(norway, "2012-01-27", kind="voluntary", by=clerk).report
    second.kind = "initial"

    with pytest.raises(RecordedAlready) as refused:
        correct(report=second, today=TODAY, by=clerk)

    assert refused.value.report == first
    second.refresh_from_db()
    assert second.kind == "voluntary"


def test_half_a_receipt_is_refused() -> None:
    report = given.report(records.party())
    report.received_not_before = date(2011, 1, 27)

    with pytest.raises(ValidationError) as refused:
        correct(report=report, today=TODAY, by=records.user())

    assert refusals(refused.value) == [
        "Give both days between which it was received, or the same day twice."
    ]


def test_recording_locks_the_row_of_the_state_before_anything_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Reminder letters lock the same row, so that none goes out while a report is recorded."""
    norway, clerk = records.party(), records.user()
    locked: list[tuple[set[int], int]] = []

    def locking(states: object) -> None:
        locked.append((set(states), TransparencyReport.objects.count()))  # type: ignore[call-overload]
        lock_states(states)  # type: ignore[arg-type]

    monkeypatch.setattr(recording, "lock_states", locking)

    given.recorded(norway, "2011-01-27", by=clerk)

    assert locked == [({norway.pk}, 0)]
