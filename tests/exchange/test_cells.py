"""What each column takes, and the sentence for what it does not take."""

from datetime import date

import pytest

from states.exchange import Outcome
from states.models import (
    Contact,
    Document,
    ExtensionDecision,
    Meeting,
    Organization,
    State,
    StateName,
    TreatyAction,
)
from tests.admin import records as given

from .files import bring, csv, outcomes, reasons, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture
def norway() -> State:
    return given.state("NOR", "Norway")


def names(
    *rows: str, header: str = "iso3,language,kind,name,valid_from"
) -> list[tuple[int, str, str]]:
    """The refusals of a file of names."""
    return reasons(bring("names", csv(header, *rows)))


@pytest.mark.parametrize("spelling", ["NOR", "nor", "Norway", "NORWAY", " the Norway "])
def test_a_state_is_found_by_its_code_or_any_spelling(norway: State, spelling: str) -> None:
    bring("names", csv("state,language,kind,name", f"{spelling},fr,short,Norvège"))

    assert StateName.objects.get(name="Norvège").state == norway


def test_code_and_name_may_stand_side_by_side_if_they_agree(norway: State) -> None:
    given.state("ALB", "Albania")
    header = "iso3,state,language,kind,name"

    assert names("NOR,Norway,fr,short,Norvège", ",Albania,fr,short,Albanie", header=header) == []
    assert names("NOR,Albania,fr,formal,x", header=header) == [
        (2, "iso3", "NOR and “Albania” are two different states.")
    ]


def test_an_unknown_state_is_refused_with_the_nearest_names(norway: State) -> None:
    given.state("ALB", "Albania")

    assert names("Norwey,fr,short,x", "Qwx,fr,short,x", header="state,language,kind,name") == [
        (2, "state", "“Norwey” is not known; the nearest known are: “Norway”."),
        (3, "state", "“Qwx” is not known: check the spelling."),
    ]


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        (",fr,short,x,", "iso3", "The cell is empty: it needs a value."),
        ("NOR,fr,short,,", "name", "The cell is empty: it needs a value."),
        ("NOR,fr,shrt,x,", "kind", "“shrt” is not allowed here: use one of short, formal, spelling."),  # noqa: E501
        ("NOR,fr,short,x,31/12/2010", "valid_from", "“31/12/2010” is not a date: write it as year-month-day, such as 2010-12-31."),  # noqa: E501
        ("NOR,fr,short,x,20101231", "valid_from", "“20101231” is not a date: write it as year-month-day, such as 2010-12-31."),  # noqa: E501
        ("NOR,fr,short,x,2010-02-30", "valid_from", "“2010-02-30” is not a date: write it as year-month-day, such as 2010-12-31."),  # noqa: E501
        (f"NOR,fr,short,{'x' * 201},", "name", "Ensure this value has at most 200 characters (it has 201)."),  # noqa: E501
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_with_row_column_and_reason(
    norway: State, row: str, column: str, sentence: str
) -> None:
    assert names(row) == [(2, column, sentence)]


def test_every_wrong_cell_of_every_row_is_named(norway: State) -> None:
    assert [(row, column) for row, column, _sentence in names("NOR,fr,x,,x", "NOR,fr,y,a,")] == [
        (2, "kind"),
        (2, "name"),
        (2, "valid_from"),
        (3, "kind"),
    ]


def test_the_database_s_own_rules_come_as_sentences(norway: State) -> None:
    header = "iso3,language,kind,name,valid_from,valid_until"

    assert names("NOR,fr,short,x,2010-01-02,2010-01-01", header=header) == [
        (2, "", "A name must end after it begins.")
    ]


@pytest.mark.parametrize(
    ("word", "meaning"),
    [("yes", True), ("TRUE", True), ("1", True), ("no", False), ("False", False), ("0", False)],
)
def test_yes_and_no_are_read_in_several_ways(word: str, meaning: bool) -> None:
    bring("states", csv("iso3,iso2,ccm_region,un_member", f"NOR,NO,europe,{word}"))

    assert State.objects.get(iso3="NOR").un_member is meaning


def test_what_is_neither_yes_nor_no_is_refused() -> None:
    account = bring("states", csv("iso3,iso2,ccm_region,un_member", "NOR,NO,europe,maybe"))

    assert reasons(account) == [(2, "un_member", "“maybe” is neither yes nor no.")]


@pytest.mark.parametrize("number", ["0", "-1", "1.5", "x", "10000", "²"])
def test_what_is_not_a_number_from_one_is_refused(number: str) -> None:
    header = "code,kind,number,name,starts_on,ends_on"

    account = bring("meetings", csv(header, f"1MSP,msp,{number},First,2010-11-09,2010-11-12"))

    assert reasons(account) == [(2, "number", f"“{number}” is not a whole number from 1 to 9999.")]


def test_a_document_is_cited_by_its_code_and_suggested_when_misspelt() -> None:
    given.document("untc-2014")
    header = "code,kind,name,starts_on,ends_on,document"

    account = bring("meetings", csv(header, "1MSP,msp,First,2010-11-09,2010-11-12,untc-2015"))

    assert reasons(account) == [
        (2, "document", "“untc-2015” is not known; the nearest known are: “untc-2014”.")
    ]


def test_cells_of_a_workbook_keep_their_type(norway: State) -> None:
    header = ["code", "kind", "number", "name", "country_iso3", "starts_on", "ends_on"]
    day = date(2010, 11, 9)

    account = bring("meetings", xlsx(header, ["1MSP", "msp", 1, "First", "Norway", day, day]))

    assert outcomes(account) == [(2, Outcome.NEW)]
    meeting = Meeting.objects.get()
    assert (meeting.number, meeting.starts_on, meeting.country) == (1, day, norway)


def test_a_neutralised_text_loses_its_apostrophe_again(norway: State) -> None:
    bring("names", csv("iso3,language,kind,name", "NOR,fr,spelling,'=Norge", "NOR,fr,short,'t Hof"))

    assert set(StateName.objects.filter(language="fr").values_list("name", flat=True)) == {
        "=Norge",
        "'t Hof",
    }


def test_a_column_that_is_left_out_stays_as_it_is_and_an_empty_cell_empties(norway: State) -> None:
    act = given.action(norway, "signature", "2008-12-03", note="seen", place="row 7")

    account = bring("treaty-actions", csv("iso3,kind,date,note", "NOR,signature,2008-12-03,"))

    act.refresh_from_db()
    assert (act.note, act.place) == ("", "row 7")
    assert [(c.column, c.before, c.after) for c in account.rows[0].changes] == [
        ("note", "seen", "")
    ]


def test_every_kind_takes_its_full_set_of_columns() -> None:
    files = {
        "documents": csv(
            "code,title,kind,author,language,published_on,url,is_public,note",
            "untc,Status,depositary_record,UN,en,2014-01-02,https://treaties.un.org/,no,x",
        ),
        "states": csv(
            "iso3,iso2,ccm_region,un_region,un_member,un_member_from,un_member_until,languages,"
            "independent_from,note",
            "SSD,SS,africa,african,yes,2011-07-14,,en;fr,2011-07-09,x",
        ),
        "names": csv(
            "iso3,language,kind,name,valid_from,valid_until,source",
            "SSD,en,short,South Sudan,2011-07-09,,un",
        ),
        "organizations": csv("code,name,kind,note", "icrc,ICRC,red_cross,x"),
        "meetings": csv(
            "code,kind,number,name,city,country_iso3,starts_on,ends_on,president,certainty,"
            "document,note",
            "11MSP,msp,11,Eleventh,Geneva,SSD,2023-09-11,2023-09-14,Iraq,confirmed,untc,x",
        ),
        "treaty-actions": csv(
            "iso3,kind,occurrence,date,certainty,document,place,note",
            "SSD,accession,1,2023-08-03,unconfirmed,untc,row 1,x",
        ),
        "extensions": csv(
            "iso3,article,meeting,new_deadline,document,place,note",
            "SSD,4,11MSP,2039-02-01,untc,p. 3,x",
        ),
        "contacts": csv(
            "iso3,kind,name,form_of_address,language,email,serves_from,serves_until,note",
            "SSD,focal_point,Ann,Madam,en,ann@example.org,2023-01-01,2024-01-01,x",
        ),
    }

    accounts = {kind: bring(kind, data) for kind, data in files.items()}

    assert {kind: outcomes(account) for kind, account in accounts.items()} == {
        kind: [(2, Outcome.NEW)] for kind in files
    }
    act = TreatyAction.objects.get()
    assert (act.certainty, act.document, act.place, act.note) == (
        "unconfirmed",
        Document.objects.get(),
        "row 1",
        "x",
    )
    state = State.objects.get()
    assert (state.languages, state.independent_from) == ("en;fr", date(2011, 7, 9))
    assert ExtensionDecision.objects.get().meeting == Meeting.objects.get()
    assert (Contact.objects.get().serves_until, Organization.objects.get().kind) == (
        date(2024, 1, 1),
        "red_cross",
    )
