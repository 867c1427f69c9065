"""The dataset that comes with the portal: loaded, refreshed, and never against the staff."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from states.dataset import FILES, loading, version
from states.exchange import Outcome
from states.models import (
    Document,
    Meeting,
    Organization,
    State,
    StateName,
    TreatyAction,
)
from states.publishing import withdraw
from states.register import Register
from tests.admin import records as given

from .files import bring, csv, history

pytestmark = pytest.mark.django_db

TODAY = date(2026, 1, 1)
MODELS = (Document, State, StateName, Organization, Meeting, TreatyAction)
SMALL = {
    "documents": ["code,title,kind,is_public", "untc,Status,depositary_record,yes"],
    "states": ["iso3,iso2,ccm_region,un_member", "NOR,NO,europe,yes", "SWZ,SZ,africa,yes"],
    "names": [
        "iso3,language,kind,name,valid_from,valid_until",
        "NOR,en,short,Norway,,",
        "SWZ,en,short,Swaziland,,2018-06-01",
        "SWZ,en,short,Eswatini,2018-06-01,",
    ],
    "organizations": ["code,name,kind", "icrc,ICRC,red_cross"],
    "meetings": [
        "code,kind,number,name,starts_on,ends_on,country_iso3,document",
        "1MSP,msp,1,First Meeting,2010-11-09,2010-11-12,NOR,untc",
    ],
    "treaty-actions": [
        "iso3,kind,occurrence,date,document,note",
        "NOR,signature,1,2008-12-03,untc,",
        "NOR,ratification,1,2008-12-03,untc,",
        "SWZ,accession,1,2011-09-13,untc,",
    ],
}

Write = Callable[..., Path]


@pytest.fixture
def dataset(tmp_path: Path) -> Write:
    """Writes a small dataset, with the rows of some files replaced, and gives its directory."""

    def write(**replaced: list[str]) -> Path:
        rows = SMALL | {kind.replace("_", "-"): lines for kind, lines in replaced.items()}
        for kind, filename in FILES.items():
            (tmp_path / filename).write_bytes(csv(*rows[kind]))
        return tmp_path

    return write


def load(directory: Path) -> list[str]:
    """Load a dataset and give every line of its account that tells of more than sameness."""
    accounts = loading.load(today=TODAY, directory=directory)
    same = " 0 new, 0 changed,"
    return [
        line
        for account in accounts
        for line in account.lines()
        if same not in line or not line.endswith(" 0 left alone")
    ]


def histories() -> list[int]:
    return [history(model) for model in MODELS]


# The dataset itself


@pytest.mark.usefixtures("loaded_for_the_class", "db")
class TestBundledDataset:
    """The whole dataset, loaded before all of these."""

    def test_it_gives_the_convention_s_membership(self) -> None:
        after_the_first_meeting = Register.load(date(2010, 11, 12))
        before_the_second = Register.load(date(2011, 8, 20))

        assert State.objects.count() == 197
        assert len(after_the_first_meeting.parties) == 46
        assert (len(before_the_second.parties), len(before_the_second.signatories)) == (60, 49)

    def test_a_second_time_changes_nothing(self) -> None:
        before = histories()

        accounts = loading.load(today=TODAY)

        assert {row.outcome for file in accounts for row in file.account.rows} == {Outcome.SAME}
        assert histories() == before


# First and second load


def test_everything_is_published_at_once_and_has_one_history_record(dataset: Write) -> None:
    directory = dataset()

    lines = load(directory)

    assert lines == [
        "documents.csv: 1 new, 0 changed, 0 the same, 0 left alone",
        "states.csv: 2 new, 0 changed, 0 the same, 0 left alone",
        "names.csv: 3 new, 0 changed, 0 the same, 0 left alone",
        "organizations.csv: 1 new, 0 changed, 0 the same, 0 left alone",
        "meetings.csv: 1 new, 0 changed, 0 the same, 0 left alone",
        "treaty_actions.csv: 3 new, 0 changed, 0 the same, 0 left alone",
    ]
    assert [
        model.objects.filter(published_at=None).count()
        for model in (StateName, Meeting, TreatyAction)
    ] == [0, 0, 0]
    assert Document.objects.get().is_public is True
    assert histories() == [1, 2, 3, 1, 1, 3]
    assert set(TreatyAction.history.values_list("history_change_reason", "history_user")) == {
        (f"Dataset {version(directory)}", None)
    }


def test_addresses_are_made_of_the_short_name_of_today_and_then_stay(dataset: Write) -> None:
    load(dataset())

    renamed = ["iso3,language,kind,name", "NOR,en,short,Norge", "SWZ,en,short,Eswatini"]
    load(dataset(names=renamed))

    assert list(State.objects.values_list("iso3", "slug")) == [
        ("SWZ", "eswatini"),
        ("NOR", "norway"),
    ]


def test_a_newer_dataset_adds_and_changes_and_names_what_it_no_longer_has(dataset: Write) -> None:
    load(dataset())
    newer = [
        "iso3,kind,occurrence,date,document,note",
        "NOR,signature,1,2008-12-03,untc,seen",
        "SWZ,accession,1,2011-09-14,untc,",
        "SWZ,withdrawal,1,2020-01-01,untc,",
    ]

    lines = load(dataset(treaty_actions=newer))

    assert lines == [
        "treaty_actions.csv: 1 new, 2 changed, 0 the same, 0 left alone",
        "    no longer in the dataset, but still recorded: NOR, ratification, 2008-12-03",
    ]
    assert TreatyAction.objects.get(kind="accession").date == date(2011, 9, 14)
    assert TreatyAction.objects.filter(published_at=None).count() == 0


# What staff have done


def test_a_row_that_staff_changed_is_left_alone_and_named(dataset: Write) -> None:
    load(dataset())
    organization = Organization.objects.get()
    organization.name = "Red Cross"
    organization.save()

    lines = load(dataset(organizations=["code,name,kind", "icrc,ICRC (Geneva),red_cross"]))

    assert lines == [
        "organizations.csv: 0 new, 0 changed, 0 the same, 1 left alone",
        "    left alone: icrc (changed in the portal)",
    ]
    organization.refresh_from_db()
    assert organization.name == "Red Cross"


def test_a_row_that_staff_withdrew_stays_withdrawn(dataset: Write) -> None:
    load(dataset())
    act = TreatyAction.objects.get(kind="accession")
    withdraw(records=[act], by=given.user())

    assert load(dataset()) == [
        "treaty_actions.csv: 0 new, 0 changed, 2 the same, 1 left alone",
        "    left alone: SWZ, accession, 2011-09-13 (withdrawn in the portal)",
    ]
    act.refresh_from_db()
    assert act.is_published is False


def test_a_document_that_staff_made_non_public_stays_so(dataset: Write) -> None:
    load(dataset())
    withdraw(records=[Document.objects.get()], by=given.user())

    assert load(dataset()) == [
        "documents.csv: 0 new, 0 changed, 0 the same, 1 left alone",
        "    left alone: untc (withdrawn in the portal)",
    ]
    assert Document.objects.get().is_public is False


def test_a_row_that_staff_deleted_does_not_come_back(dataset: Write) -> None:
    load(dataset())
    TreatyAction.objects.get(kind="accession").delete()

    assert load(dataset()) == [
        "treaty_actions.csv: 0 new, 0 changed, 2 the same, 1 left alone",
        "    left alone: SWZ, accession, 2011-09-13 (deleted in the portal)",
    ]
    assert TreatyAction.objects.count() == 2


def test_a_deleted_act_does_not_come_back_with_a_corrected_date(dataset: Write) -> None:
    load(dataset())
    TreatyAction.objects.get(kind="accession").delete()
    corrected = [*SMALL["treaty-actions"][:3], "SWZ,accession,1,2011-09-20,untc,"]

    assert load(dataset(treaty_actions=corrected)) == [
        "treaty_actions.csv: 0 new, 0 changed, 2 the same, 1 left alone",
        "    left alone: SWZ, accession, 2011-09-20 (deleted in the portal)",
    ]


@pytest.mark.parametrize(
    ("model", "lookup", "attribute", "value", "filename", "others", "label"),
    [
        (StateName, {"name": "Norway"}, "name", "Noreg", "names.csv", 2, "NOR, en, short, Norway"),
        (TreatyAction, {"kind": "accession"}, "date", date(2011, 9, 1), "treaty_actions.csv", 2, "SWZ, accession, 2011-09-13"),  # noqa: E501
        (Organization, {"code": "icrc"}, "code", "red-cross", "organizations.csv", 0, "icrc"),
    ],
)  # fmt: skip
def test_a_row_whose_key_staff_changed_is_not_added_beside_it(
    dataset: Write,
    model: type[StateName | TreatyAction | Organization],
    lookup: dict[str, str],
    attribute: str,
    value: object,
    filename: str,
    others: int,
    label: str,
) -> None:
    load(dataset())
    record = model._default_manager.get(**lookup)
    setattr(record, attribute, value)
    record.save()
    count = model._default_manager.count()

    assert load(dataset()) == [
        f"{filename}: 0 new, 0 changed, {others} the same, 1 left alone",
        f"    left alone: {label} (changed in the portal)",
    ]
    assert model._default_manager.count() == count


def test_a_document_whose_code_staff_changed_is_cited_under_its_new_code(dataset: Write) -> None:
    load(dataset())
    document = Document.objects.get()
    document.code = "status-table"
    document.save()
    more = [*SMALL["treaty-actions"], "SWZ,withdrawal,1,2020-01-01,untc,"]

    lines = load(dataset(treaty_actions=more))

    assert lines == [
        "documents.csv: 0 new, 0 changed, 0 the same, 1 left alone",
        "    left alone: untc (changed in the portal)",
        "treaty_actions.csv: 1 new, 0 changed, 3 the same, 0 left alone",
    ]
    assert TreatyAction.objects.get(kind="withdrawal").document == document


def test_a_row_that_cites_what_staff_deleted_is_left_alone(dataset: Write) -> None:
    load(dataset())
    TreatyAction.objects.update(document=None)
    Meeting.objects.update(document=None)
    Document.objects.get().delete()
    more = [*SMALL["treaty-actions"], "SWZ,withdrawal,1,2020-01-01,untc,"]

    lines = load(dataset(treaty_actions=more))

    assert lines[-1] == (
        "    left alone: SWZ, withdrawal, 2020-01-01 (“untc”, which it cites, was deleted)"
    )
    assert TreatyAction.objects.filter(kind="withdrawal").count() == 0


def test_a_row_that_staff_entered_first_is_theirs(dataset: Write) -> None:
    load(dataset())
    norway = State.objects.get(iso3="NOR")
    given.action(norway, "withdrawal", "2020-01-01")
    more = [*SMALL["treaty-actions"], "NOR,withdrawal,1,2020-01-01,untc,from the dataset"]

    assert load(dataset(treaty_actions=more)) == [
        "treaty_actions.csv: 0 new, 0 changed, 3 the same, 1 left alone",
        "    left alone: NOR, withdrawal, 2020-01-01 (changed in the portal)",
    ]
    assert TreatyAction.objects.get(kind="withdrawal").is_published is False


def test_a_row_that_an_import_changed_is_theirs(dataset: Write) -> None:
    load(dataset())
    bring("organizations", csv("code,name,kind,note", "icrc,ICRC,red_cross,seen"))

    assert load(dataset())[1:] == ["    left alone: icrc (changed in the portal)"]


def test_a_new_row_that_staff_s_records_exclude_is_left_alone_and_the_rest_is_loaded(
    dataset: Write,
) -> None:
    load(dataset(treaty_actions=SMALL["treaty-actions"][:3]))
    given.action(State.objects.get(iso3="SWZ"), "accession", "2011-09-01", published=True)
    more = [
        "iso3,kind,occurrence,date,document,note",
        "NOR,signature,1,2008-12-03,untc,seen",
        "NOR,ratification,1,2008-12-03,untc,",
        "SWZ,accession,,2011-09-13,untc,",
    ]

    lines = load(dataset(treaty_actions=more))

    assert lines[0] == "treaty_actions.csv: 0 new, 1 changed, 1 the same, 1 left alone"
    assert lines[1].startswith(
        "    left alone: SWZ, accession, 2011-09-13 (A state deposits one instrument"
    )
    assert TreatyAction.objects.get(kind="signature").note == "seen"


def test_a_withdrawn_signature_keeps_a_new_ratification_from_being_published(
    dataset: Write,
) -> None:
    load(dataset(treaty_actions=SMALL["treaty-actions"][:2]))
    withdraw(records=TreatyAction.objects.all(), by=given.user())

    lines = load(dataset())

    assert [line.split(" (")[0] for line in lines] == [
        "treaty_actions.csv: 1 new, 0 changed, 0 the same, 2 left alone",
        "    left alone: NOR, signature, 2008-12-03",
        "    left alone: NOR, ratification, 2008-12-03",
    ]
    assert list(TreatyAction.objects.published().values_list("kind", flat=True)) == ["accession"]


def test_a_row_without_history_is_not_the_loader_s(dataset: Write) -> None:
    load(dataset())
    Organization.history.all().delete()

    assert load(dataset())[1:] == ["    left alone: icrc (changed in the portal)"]


# A dataset that is wrong


def test_a_wrong_dataset_is_refused_and_nothing_is_written(dataset: Write) -> None:
    with pytest.raises(loading.DatasetError) as refusal:
        load(dataset(treaty_actions=["iso3,kind,date", "NOR,ratification,soon"]))

    assert str(refusal.value).splitlines() == [
        "treaty_actions.csv",
        "row 2  refused  NOR, ratification, soon",
        "    date: “soon” is not a date: write it as year-month-day, such as 2010-12-31.",
        "0 new, 0 changed, 0 the same, 1 refused",
    ]
    assert [model._default_manager.count() for model in MODELS] == [0] * 6


def test_an_impossible_history_in_the_dataset_is_refused(dataset: Write) -> None:
    with pytest.raises(loading.DatasetError):
        load(dataset(treaty_actions=["iso3,kind,date", "NOR,ratification,2010-01-01"]))

    assert State.objects.count() == 0


def test_a_missing_or_unreadable_file_is_named(dataset: Write) -> None:
    directory = dataset()
    (directory / "names.csv").write_bytes(b"")

    with pytest.raises(loading.DatasetError) as refusal:
        load(directory)

    assert str(refusal.value) == "names.csv: The file is empty."


def test_a_duplicate_row_is_left_alone_once_staff_have_worked_here(dataset: Write) -> None:
    load(dataset())
    given.user()
    Organization.objects.create(code="x", name="X", kind="un")

    lines = load(dataset(organizations=[*SMALL["organizations"], "icrc,Other,un"]))

    assert lines == [
        "organizations.csv: 0 new, 0 changed, 1 the same, 1 left alone",
        "    left alone: icrc (The row repeats row 2: each may stand once in a file.)",
    ]
