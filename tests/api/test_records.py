"""Treaty actions, meetings, documents and names in the API: published rows up to the date."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from states.models import Meeting, State
from tests.admin import records
from tests.admin.records import Kind

from .conftest import API

pytestmark = pytest.mark.django_db


# Treaty actions


def test_a_treaty_action_cites_its_document(api: API, register: dict[str, State]) -> None:
    rows = api.results("treaty-actions/", state="NOR", kind="ratification")

    assert rows == [
        {
            "iso3": "NOR",
            "name": "Norway",
            "kind": "ratification",
            "date": "2008-12-03",
            "certainty": "confirmed",
            "place": "row 1",
            "note": "",
            "document": "untc",
            "document_title": "Status table",
            "document_url": "https://example.org/untc",
        }
    ]


def test_a_document_that_is_not_public_is_not_named(api: API, register: dict[str, State]) -> None:
    row = api.results("treaty-actions/", state="LTU", kind="signature")[0]

    cited = {name: row[name] for name in ("place", "document", "document_title", "document_url")}
    assert cited == {"place": "", "document": "", "document_title": "", "document_url": ""}


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        (
            {},
            [
                "LTU signature",
                "NOR ratification",
                "NOR signature",
                "HTI signature",
                "LTU ratification",
                "LTU withdrawal",
            ],
        ),
        (
            {"as_of": "2011-03-23"},
            ["LTU signature", "NOR ratification", "NOR signature", "HTI signature"],
        ),
        ({"state": "HTI"}, ["HTI signature"]),
        ({"state": ["HTI", "NOR"], "kind": "signature"}, ["NOR signature", "HTI signature"]),
        (
            {"kind": ["ratification", "withdrawal"]},
            ["NOR ratification", "LTU ratification", "LTU withdrawal"],
        ),
        ({"certainty": "unconfirmed"}, ["LTU withdrawal"]),
        (
            {"date_from": "2009-10-28", "date_to": "2011-03-24"},
            ["HTI signature", "LTU ratification"],
        ),
        ({"date_from": "2009-10-29", "date_to": "2011-03-23"}, []),
    ],
)
def test_treaty_actions_are_filtered(
    api: API, register: dict[str, State], parameters: dict[str, Any], found: list[str]
) -> None:
    rows = api.results("treaty-actions/", **parameters)

    assert [f"{row['iso3']} {row['kind']}" for row in rows] == found


def test_a_draft_is_not_a_treaty_action(api: API, register: dict[str, State]) -> None:
    records.action(register["BRA"], Kind.ACCESSION, "2011-01-01", published=False)

    assert api.results("treaty-actions/", state="BRA") == []


def test_a_treaty_action_bears_the_name_of_the_date(api: API) -> None:
    state = records.party("CPV", "Cape Verde", deposited="2010-10-19")
    change = date(2013, 10, 24)
    state.names.update(valid_until=change)
    state.names.create(
        language="en",
        kind="short",
        name="Cabo Verde",
        valid_from=change,
        published_at=timezone.now(),
    )

    def name(as_of: str) -> str:
        return str(api.results("treaty-actions/", as_of=as_of)[0]["name"])

    assert (name("2013-10-23"), name("2013-10-24")) == ("Cape Verde", "Cabo Verde")


def test_a_note_that_would_run_as_a_formula_is_neutralised_in_csv(
    api: API, register: dict[str, State]
) -> None:
    note = '=HYPERLINK("https://example.org")'
    records.action(register["BRA"], Kind.ACCESSION, "2011-01-01", published=True, note=note)

    assert api.results("treaty-actions/", state="BRA")[0]["note"] == note
    assert api.csv("treaty-actions/", state="BRA").splitlines()[1] == (
        'BRA,Brazil,accession,2011-01-01,confirmed,,"\'=HYPERLINK(""https://example.org"")",,,'
    )


# Meetings


def test_meetings_held_and_to_come_are_told_apart(api: API, register: dict[str, State]) -> None:
    records.meeting("2MSP", "2011-09-16")

    rows = api.results("meetings/", as_of="2011-08-20")

    assert [(row["code"], row["is_held"]) for row in rows] == [("1MSP", True), ("2MSP", False)]


def test_a_meeting_in_full(api: API, register: dict[str, State]) -> None:
    Meeting.objects.filter(code="1MSP").update(
        number=1, city="Vientiane", country=register["BRA"], president="Lao PDR", note="First."
    )

    assert api.results("meetings/") == [
        {
            "code": "1MSP",
            "kind": "msp",
            "number": 1,
            "name": "Meeting 1MSP",
            "city": "Vientiane",
            "country": "BRA",
            "starts_on": "2010-11-12",
            "ends_on": "2010-11-12",
            "is_held": True,
            "president": "Lao PDR",
            "certainty": "confirmed",
            "note": "First.",
            "document": "",
            "document_title": "",
            "document_url": "",
        }
    ]


@pytest.mark.parametrize(
    ("parameters", "codes"),
    [
        ({"kind": "msp"}, ["1MSP"]),
        ({"kind": "review_conference"}, []),
        ({"date_from": "2010-11-12"}, ["1MSP"]),
        ({"date_from": "2010-11-13"}, []),
        ({"date_to": "2010-11-11"}, []),
    ],
)
def test_meetings_are_filtered(
    api: API, register: dict[str, State], parameters: dict[str, str], codes: list[str]
) -> None:
    assert [row["code"] for row in api.results("meetings/", **parameters)] == codes


def test_a_draft_meeting_is_not_listed(api: API, register: dict[str, State]) -> None:
    records.meeting("9MSP", "2019-09-04", published=False)

    assert [row["code"] for row in api.results("meetings/")] == ["1MSP"]


# Documents


def test_only_public_documents_are_listed(api: API, register: dict[str, State]) -> None:
    assert api.results("documents/") == [
        {
            "code": "untc",
            "title": "Status table",
            "kind": "depositary_record",
            "author": "",
            "language": "en",
            "published_on": None,
            "url": "https://example.org/untc",
            "files": [],
        }
    ]


@pytest.mark.parametrize(
    ("parameters", "codes"),
    [
        ({"as_of": "2011-09-15"}, ["untc"]),
        ({"as_of": "2011-09-16"}, ["report", "untc"]),
        ({"kind": "meeting_document"}, ["report"]),
        ({"language": "fr"}, ["report"]),
        ({"date_from": "2011-09-16"}, ["report"]),
        ({"date_to": "2011-09-15"}, []),
    ],
)
def test_documents_are_filtered_and_none_is_of_a_later_day(
    api: API, register: dict[str, State], parameters: dict[str, str], codes: list[str]
) -> None:
    records.document(
        "report", kind="meeting_document", language="fr", published_on=date(2011, 9, 16)
    )

    assert [row["code"] for row in api.results("documents/", **parameters)] == codes


# Names


def named(api: API, **parameters: Any) -> list[str]:
    return [row["name"] for row in api.results("names/", **parameters)]


@pytest.fixture
def renamed(db: None) -> State:
    """Swaziland until 2018, Eswatini since; with a French name and a spelling."""
    state = records.state("SWZ", "Swaziland", iso2="SZ")
    change, now = date(2018, 6, 1), timezone.now()
    state.names.update(valid_until=change, source="un-names")
    for language, kind, name, begins, published in (
        ("en", "short", "Eswatini", change, now),
        ("fr", "short", "Souaziland", None, now),
        ("en", "spelling", "Swazi Land", None, now),
        ("en", "spelling", "Draftland", None, None),
    ):
        state.names.create(
            language=language, kind=kind, name=name, valid_from=begins, published_at=published
        )
    return state


def test_a_name_in_full(api: API, renamed: State) -> None:
    assert api.results("names/", kind="short", language="en") == [
        {
            "iso3": "SWZ",
            "language": "en",
            "kind": "short",
            "name": "Swaziland",
            "valid_from": None,
            "valid_until": "2018-06-01",
            "source": "un-names",
        },
        {
            "iso3": "SWZ",
            "language": "en",
            "kind": "short",
            "name": "Eswatini",
            "valid_from": "2018-06-01",
            "valid_until": None,
            "source": "",
        },
    ]


def test_names_do_not_tell_what_is_to_come(api: API, renamed: State) -> None:
    rows = api.results("names/", kind="short", language="en", as_of="2018-05-31")

    assert [(row["name"], row["valid_until"]) for row in rows] == [("Swaziland", None)]


@pytest.mark.parametrize(
    ("parameters", "names"),
    [
        ({"language": "fr"}, ["Souaziland"]),
        ({"kind": "spelling"}, ["Swazi Land"]),
        ({"kind": "short", "in_use": "true"}, ["Eswatini", "Souaziland"]),
        ({"in_use": "false"}, ["Swaziland"]),
        ({"in_use": "false", "as_of": "2018-05-31"}, []),
        ({"state": "SWZ", "kind": ["spelling", "formal"]}, ["Swazi Land"]),
    ],
)
def test_names_are_filtered(
    api: API, renamed: State, parameters: dict[str, Any], names: list[str]
) -> None:
    assert named(api, **parameters) == names


# Costs


@pytest.mark.parametrize("how_many", [3, 197])
@pytest.mark.parametrize(
    ("path", "queries_json", "queries_csv"),
    [
        # A count and a page; names of states, and files, where rows bear them.
        ("treaty-actions/", 3, 2),
        ("meetings/", 2, 1),
        ("documents/", 3, 2),
        ("names/", 2, 1),
    ],
)
def test_lists_cost_the_same_however_long(
    api: API,
    django_assert_num_queries: DjangoAssertNumQueries,
    path: str,
    how_many: int,
    queries_json: int,
    queries_csv: int,
) -> None:
    for number in range(how_many):
        cited = records.document(f"document-{number}")
        made = records.state(f"S{number:02X}", f"State {number}", iso2=f"{number:02X}")
        records.action(made, Kind.ACCESSION, "2011-01-01", published=True, document=cited)
        records.meeting(f"{number}MSP", "2011-01-01")

    with django_assert_num_queries(queries_json):
        assert api.json(path)["count"] == how_many
    with django_assert_num_queries(queries_csv):
        assert len(api.csv(path).splitlines()) == how_many + 1
