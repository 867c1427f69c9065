"""A file goes in whole or not at all, and the account says what became of every row."""

from datetime import date

import openpyxl
import pytest

from states.exchange import Outcome
from states.models import Contact, Document, State, StateName, TreatyAction
from tests.admin import records as given

from .files import bring, csv, fill, history, outcomes, reasons, saved

pytestmark = pytest.mark.django_db

COLUMNS_OF_NAMES = "The columns are: iso3, language, kind, name, valid_from, valid_until, source."


@pytest.fixture
def norway() -> State:
    return given.state("NOR", "Norway")


@pytest.fixture
def albania() -> State:
    return given.state("ALB", "Albania")


def test_new_changed_and_same_rows_are_told_apart(norway: State) -> None:
    given.action(norway, "signature", "2008-12-03")
    given.action(norway, "ratification", "2008-12-03", note="old")
    given.state("ALB", "Albania")
    data = csv(
        "iso3,kind,date,note",
        "NOR,signature,2008-12-03,",
        "NOR,ratification,2008-12-03,new",
        "ALB,signature,2008-12-03,",
    )

    account = bring("treaty-actions", data)

    assert outcomes(account) == [(2, Outcome.SAME), (3, Outcome.CHANGED), (4, Outcome.NEW)]
    assert list(account.lines()) == [
        "row 2  the same  NOR, signature, 2008-12-03",
        "row 3  changed  NOR, ratification, 2008-12-03",
        "    note: from “old” to “new”",
        "row 4  new  ALB, signature, 2008-12-03",
        "1 new, 1 changed, 1 the same, 0 refused",
    ]
    assert account.verdict() == "The file was imported."


def test_one_bad_row_keeps_the_whole_file_out(norway: State) -> None:
    given.action(norway, "signature", "2008-12-03", note="old")
    before = history(TreatyAction)
    data = csv(
        "iso3,kind,date,note",
        "NOR,signature,2008-12-03,new",
        "NOR,ratification,2008-12-03,",
        "NOR,accession,soon,",
    )

    account = bring("treaty-actions", data)

    assert outcomes(account)[2] == (4, Outcome.REFUSED)
    assert account.verdict() == (
        "Nothing was written: correct the refused row and import the file again."
    )
    assert list(TreatyAction.objects.values_list("kind", "note")) == [("signature", "old")]
    assert history(TreatyAction) == before


def test_a_dry_run_writes_nothing_and_gives_the_same_account(norway: State) -> None:
    data = csv("iso3,language,kind,name", "NOR,fr,short,Norvège", "NOR,en,short,Norway")
    before = history(StateName)

    rehearsal = bring("names", data, dry_run=True)

    assert (StateName.objects.count(), history(StateName)) == (1, before)
    assert rehearsal.verdict() == "Nothing was written: this was a dry run."
    assert bring("names", data).rows == rehearsal.rows


def test_the_same_file_twice_changes_nothing(norway: State) -> None:
    data = csv(
        "iso3,language,kind,name,source", "NOR,fr,short,Norvège,un", "NOR,en,formal,Kingdom,"
    )
    bring("names", data)
    before = list(StateName.history.values_list("history_id", flat=True))

    account = bring("names", data)

    assert outcomes(account) == [(2, Outcome.SAME), (3, Outcome.SAME)]
    assert list(StateName.history.values_list("history_id", flat=True)) == before


def test_rows_are_numbered_as_in_the_spreadsheet(norway: State) -> None:
    data = csv(
        "iso3,language,kind,name,source", 'NOR,fr,short,Norvège,"a', 'b"', "", "XXX,fr,short,x,"
    )

    assert [row for row, _column, _sentence in reasons(bring("names", data))] == [4]


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("iso3,language,kind,nme", "The column “nme” is not known: is “name” meant? The column “name” is missing. " + COLUMNS_OF_NAMES),  # noqa: E501
        ("iso3,language,kind,name,colour", "The column “colour” is not known. " + COLUMNS_OF_NAMES),
        ("language,kind,name", "The column “iso3” is missing. " + COLUMNS_OF_NAMES),
    ],
)  # fmt: skip
def test_unknown_and_missing_columns_are_refused_with_the_known_ones(
    header: str, sentence: str
) -> None:
    account = bring("names", csv(header, "NOR,fr,short,Norvège,x"))

    assert (account.refusals, account.rows) == ((sentence,), ())
    assert account.verdict() == "Nothing was written: the file was refused as a whole."


def test_a_file_of_another_kind_with_a_state_column_is_refused() -> None:
    account = bring("organizations", csv("code,name,kind,state", "x,X,un,Norway"))

    assert account.refusals == (
        "The column “state” is not known. The columns are: code, name, kind, note.",
    )


def test_the_wrong_sheet_of_a_workbook_is_named() -> None:
    workbook = openpyxl.Workbook()
    fill(workbook.active, [["Remarks"], ["none"]], title="Notes")
    fill(workbook.create_sheet(), [["code", "name", "kind"], ["x", "X", "un"]], title="Data")

    account = bring("organizations", saved(workbook))

    assert account.refusals == (
        "The column “remarks” is not known. The column “code” is missing. "
        "The column “name” is missing. The column “kind” is missing. "
        "The columns are: code, name, kind, note. Only the first sheet, “Notes”, is read.",
    )


def test_an_unreadable_file_is_refused_as_a_whole() -> None:
    account = bring("organizations", b"\0\1\2")

    assert account.refusals == (
        "The file is neither CSV nor an Excel workbook (.xlsx): choose one of these.",
    )


def test_a_row_that_repeats_another_is_refused(norway: State) -> None:
    data = csv("state,language,kind,name", "NOR,fr,short,Norvège", "Norway,fr,short,Norvège")

    assert reasons(bring("names", data)) == [
        (3, "", "The row repeats row 2: each may stand once in a file.")
    ]


def test_two_rows_that_a_constraint_excludes_together_are_refused() -> None:
    header = "iso3,iso2,ccm_region,un_member"

    account = bring("states", csv(header, "NOR,NO,europe,yes", "NRW,NO,europe,yes"))

    assert [(row, column) for row, column, _sentence in reasons(account)] == [(3, "iso2")]
    assert State.objects.count() == 0


# Which row is meant


def test_an_id_lets_a_key_be_corrected(norway: State) -> None:
    name = StateName.objects.get()
    header = "id,iso3,language,kind,name"

    account = bring("names", csv(header, f"{name.pk},NOR,en,short,Norge"), user=given.user())

    assert outcomes(account) == [(2, Outcome.CHANGED)]
    assert list(StateName.objects.values_list("pk", "name")) == [(name.pk, "Norge")]


@pytest.mark.parametrize(
    ("given_id", "column", "sentence"),
    [
        ("x", "id", f"“x” is not a whole number from 1 to {2**53}."),
        ("999999", "", "No row with the id 999999 is recorded."),
    ],
)
def test_a_wrong_id_is_refused(norway: State, given_id: str, column: str, sentence: str) -> None:
    data = csv("id,iso3,language,kind,name", f"{given_id},NOR,fr,short,Norvège")

    assert reasons(bring("names", data)) == [(2, column, sentence)]


def test_an_id_of_another_state_is_refused(norway: State, albania: State) -> None:
    act = given.action(albania, "signature", "2008-12-03")

    account = bring(
        "treaty-actions", csv("id,iso3,kind,date", f"{act.pk},NOR,signature,2008-12-03")
    )

    assert reasons(account) == [
        (2, "id", "The row with this id belongs to another state: check the id.")
    ]


def test_a_corrected_date_changes_the_act_of_that_occurrence(norway: State) -> None:
    act = given.action(norway, "accession", "2010-01-01")

    account = bring(
        "treaty-actions", csv("iso3,kind,occurrence,date", "NOR,accession,1,2010-02-01")
    )

    assert outcomes(account) == [(2, Outcome.CHANGED)]
    act.refresh_from_db()
    assert (TreatyAction.objects.count(), act.date) == (1, date(2010, 2, 1))


def test_the_occurrences_of_a_state_that_rejoined_are_kept_apart(norway: State) -> None:
    first = given.action(norway, "accession", "2010-01-01")
    given.action(norway, "withdrawal", "2012-01-01")
    second = given.action(norway, "accession", "2014-01-01")
    data = csv(
        "iso3,kind,occurrence,date",
        "NOR,accession,2,2014-03-01",
        "NOR,accession,1,2010-03-01",
    )

    assert outcomes(bring("treaty-actions", data)) == [(2, Outcome.CHANGED), (3, Outcome.CHANGED)]
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.date, second.date) == (date(2010, 3, 1), date(2014, 3, 1))


def test_a_wrong_occurrence_is_refused(norway: State) -> None:
    data = csv("iso3,kind,occurrence,date", "NOR,accession,first,2010-02-01")

    assert reasons(bring("treaty-actions", data)) == [
        (2, "occurrence", "“first” is not a whole number from 1 to 9999.")
    ]


def test_a_contact_s_first_day_can_be_corrected_and_a_second_service_added(norway: State) -> None:
    header = "iso3,kind,name,serves_from,serves_until"
    bring("contacts", csv(header, "NOR,focal_point,Ann,2010-01-01,"))

    corrected = bring("contacts", csv(header, "NOR,focal_point,Ann,2010-02-01,2011-01-01"))
    added = bring(
        "contacts",
        csv(
            header,
            "NOR,focal_point,Ann,2010-02-01,2011-01-01",
            "NOR,focal_point,Ann,2015-01-01,",
        ),
    )

    assert outcomes(corrected) == [(2, Outcome.CHANGED)]
    assert outcomes(added) == [(2, Outcome.SAME), (3, Outcome.NEW)]
    assert Contact.objects.count() == 2


# What must hold once all rows stand


@pytest.mark.parametrize(
    ("rows", "refused_row"),
    [
        (["ratification,2010-01-01"], 2),
        (["signature,2008-12-03", "accession,2010-01-01"], 3),
        (["accession,2010-01-01", "accession,2010-02-01"], 3),
        (["withdrawal,2010-01-01"], 2),
        (["accession,2999-01-01"], 2),
    ],
    ids=["Article 16.1", "Article 16", "Article 16: twice", "Article 20", "future"],
)
def test_an_impossible_history_is_refused(norway: State, rows: list[str], refused_row: int) -> None:
    account = bring("treaty-actions", csv("iso3,kind,date", *[f"NOR,{row}" for row in rows]))

    assert [row for row, _column, _sentence in reasons(account)] == [refused_row]
    assert TreatyAction.objects.count() == 0


def test_the_order_of_rows_does_not_matter_for_the_history(norway: State) -> None:
    data = csv("iso3,kind,date", "NOR,ratification,2009-01-01", "NOR,signature,2008-12-03")

    assert outcomes(bring("treaty-actions", data)) == [(2, Outcome.NEW), (3, Outcome.NEW)]


def test_a_change_that_makes_a_recorded_act_impossible_is_refused(norway: State) -> None:
    signature = given.action(norway, "signature", "2008-12-03")
    given.action(norway, "ratification", "2009-01-01")

    account = bring(
        "treaty-actions", csv("iso3,kind,occurrence,date", "NOR,signature,1,2009-06-01")
    )

    assert [row for row, _column, _sentence in reasons(account)] != []
    signature.refresh_from_db()
    assert signature.date == date(2008, 12, 3)


def test_a_row_that_makes_several_recorded_acts_impossible_is_given_every_reason(
    norway: State,
) -> None:
    given.action(norway, "signature", "2008-12-03")
    given.action(norway, "ratification", "2009-01-01")
    given.action(norway, "provisional_application", "2009-01-01")

    account = bring(
        "treaty-actions", csv("iso3,kind,occurrence,date", "NOR,ratification,1,2008-12-02")
    )

    assert [(row, sentence.split(":")[0]) for row, _column, sentence in reasons(account)] == [
        (2, "2 December 2008 is too early"),
        (
            2,
            "A state that deposited its instrument on 2 December 2008 cannot sign after it "
            "(Article 16)",
        ),
    ]


def test_histories_of_other_states_do_not_stand_in_the_way(norway: State, albania: State) -> None:
    given.action(albania, "ratification", "2010-01-01")

    account = bring("treaty-actions", csv("iso3,kind,date", "NOR,signature,2008-12-03"))

    assert outcomes(account) == [(2, Outcome.NEW)]


# The history of what was written


def test_the_history_names_the_file_and_the_importer(norway: State) -> None:
    user = given.user()

    bring("documents", csv("code,title,kind", "a,A,other"), user=user)
    bring("documents", csv("code,title,kind", "b,B,other"))

    entries = Document.history.order_by("history_id")
    assert list(entries.values_list("history_change_reason", "history_user")) == [
        ("Import of file.csv", user.pk),
        ("Import of file.csv", None),
    ]


def test_a_new_state_without_a_known_name_gets_an_address_of_its_code() -> None:
    account = bring("states", csv("iso3,iso2,ccm_region,un_member", "XYZ,XY,europe,no"))

    assert State.objects.get().slug == "xyz"
    assert [notice.sentence for notice in account.rows[0].notices] == [
        "No short name is known yet, so the state's public address will be “xyz”."
    ]


def test_an_address_stays_when_the_state_is_imported_again(norway: State) -> None:
    header = "iso3,iso2,ccm_region,un_member,note"

    bring("states", csv(header, "NOR,NO,europe,yes,x"))

    norway.refresh_from_db()
    assert (norway.slug, norway.note) == ("norway", "x")
