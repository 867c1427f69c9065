"""`import_file` and `load_dataset` at the command line."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from actions.dataset import FILES
from ccm_portal.spreadsheets import RESOURCES
from states.models import Organization, State
from tests.admin import records as given
from tests.dataset import Kept

from .files import csv, history, xlsx

pytestmark = pytest.mark.django_db

HEADER = "code,name,kind"


def run(*arguments: object) -> tuple[list[str], str]:
    """The lines that a command prints, and the sentence with which it fails ("" if it does not)."""
    out = io.StringIO()
    try:
        call_command(*map(str, arguments), stdout=out)
    except CommandError as error:
        return out.getvalue().splitlines(), str(error)
    return out.getvalue().splitlines(), ""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "organizations.csv"
    path.write_bytes(csv(HEADER, "icrc,ICRC,red_cross", "un,United Nations,un"))
    return path


def test_the_account_has_a_line_for_every_row_and_the_totals(file: Path) -> None:
    Organization.objects.create(code="un", name="UN", kind="un")

    assert run("import_file", "organizations", file) == (
        [
            "row 2  new  icrc",
            "row 3  changed  un",
            "    name: from “UN” to “United Nations”",
            "1 new, 1 changed, 0 the same, 0 refused",
            "The file was imported.",
        ],
        "",
    )
    assert Organization.objects.get(code="icrc").history.get().history_change_reason == (
        "Import of organizations.csv"
    )


def test_a_dry_run_gives_the_same_account_and_writes_nothing(file: Path) -> None:
    rehearsal, _failure = run("import_file", "organizations", file, "--dry-run")

    assert (Organization.objects.count(), history(Organization)) == (0, 0)
    lines, _failure = run("import_file", "organizations", file)
    assert rehearsal[:-1] == lines[:-1]
    assert rehearsal[-1] == "Nothing was written: this was a dry run."


def test_a_refused_file_fails_after_its_account(file: Path) -> None:
    file.write_bytes(csv(HEADER, "icrc,ICRC,red_cross", "un,United Nations,body", "x,,un"))

    assert run("import_file", "organizations", file) == (
        [
            "row 2  new  icrc",
            "row 3  refused  un",
            "    kind: “body” is not allowed here: use one of un, red_cross, civil_society, "
            "regional, office, other.",
            "row 4  refused  x",
            "    name: The cell is empty: it needs a value.",
            "1 new, 0 changed, 0 the same, 2 refused",
        ],
        "Nothing was written: correct the 2 refused rows and import the file again.",
    )
    assert Organization.objects.count() == 0


def test_a_file_that_is_refused_as_a_whole_says_why(file: Path) -> None:
    file.write_bytes(b"")

    assert run("import_file", "organizations", file) == (
        ["The file is empty."],
        "Nothing was written: the file was refused as a whole.",
    )


def test_the_content_decides_and_not_the_name(file: Path) -> None:
    file.write_bytes(xlsx(["code", "name", "kind"], ["icrc", "ICRC", "red_cross"]))

    assert run("import_file", "organizations", file)[1] == ""
    assert Organization.objects.get().code == "icrc"


def test_a_notice_stands_with_its_row(tmp_path: Path) -> None:
    file = tmp_path / "documents.csv"
    file.write_bytes(csv("code,title,kind,is_public", "a,A,other,yes"))

    assert run("import_file", "documents", file)[0][:2] == [
        "row 2  new  a",
        "    is_public: The document stays non-public until somebody who may publish marks it "
        "public.",
    ]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "none.csv"

    assert run("import_file", "organizations", missing) == (
        [],
        f"The file {missing} cannot be read: No such file or directory.",
    )


def test_an_unknown_kind_is_refused_with_the_known_ones(file: Path) -> None:
    _lines, failure = run("import_file", "nations", file)

    kinds = ", ".join(repr(kind) for kind in RESOURCES)
    assert failure == (f"Error: argument kind: invalid choice: 'nations' (choose from {kinds})")


@pytest.mark.usefixtures("loaded_for_the_class", "db")
class TestBundledDataset:
    """The whole dataset, loaded before by the same command."""

    def test_a_line_for_each_file_is_printed_and_the_second_time_changes_nothing(
        self, kept_dataset: Kept
    ) -> None:
        first = kept_dataset.account.read_text().splitlines()
        second, failure = run("load_dataset")

        assert failure == ""
        assert [line.split(":")[0] for line in first] == [
            "documents.csv",
            "states.csv",
            "names.csv",
            "organizations.csv",
            "meetings.csv",
            "treaty_actions.csv",
            "reports/documents.csv",
            "reports/coverage.csv",
            "reports/reports.csv",
            "letters/templates.csv",
            "letters/texts.csv",
            "letters/stages.csv",
            "letters/letterheads.csv",
            *(f"actions/{filename}" for filename in FILES.values()),
        ]
        assert {tuple(line.split(": ")[1].split(", ")[:2]) for line in second} == {
            ("0 new", "0 changed")
        }
        assert State.objects.get(iso3="CIV").slug == "cote-divoire"


def test_load_dataset_on_a_register_that_staff_began_leaves_their_rows_alone() -> None:
    given.state("NOR", "Norge", slug="norge")

    lines, failure = run("load_dataset")

    assert failure == ""
    assert [line for line in lines if "left alone: NOR (" in line] == [
        "    left alone: NOR (changed in the portal)"
    ]
    assert State.objects.get(iso3="NOR").slug == "norge"
    assert State.objects.count() == 197
