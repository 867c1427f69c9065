"""The resources as the admin uses them: a preview, then the import that it showed."""

from typing import Any

import pytest
import tablib
from django.contrib.auth.models import User

from states.exchange import EXPORT_FORMATS, IMPORT_FORMATS, RESOURCES
from states.exchange.results import ImportResult
from states.models import Organization, StateName, TreatyAction
from tests.admin import records as given

from .files import csv, history, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return given.user()


def bring(kind: str, dataset: Any, user: User, *, dry_run: bool) -> ImportResult:
    """An import as the library's admin views call it."""
    return RESOURCES[kind]().import_data(
        dataset,
        dry_run=dry_run,
        raise_errors=False,
        file_name="upload.xlsx",
        user=user,
        retain_instance_in_row_result=True,
    )


def read(data: bytes) -> Any:
    [spreadsheet] = IMPORT_FORMATS
    return spreadsheet(encoding="utf-8-sig").create_dataset(data)


@pytest.mark.parametrize(
    "data",
    [
        csv("code;name;kind", "icrc;ICRC;red_cross"),
        xlsx(["code", "name", "kind"], ["icrc", "ICRC", "red_cross"]),
    ],
    ids=["csv", "xlsx"],
)
def test_a_preview_writes_nothing_and_the_import_does(data: bytes, user: User) -> None:
    preview = bring("organizations", read(data), user, dry_run=True)

    assert (preview.totals["new"], Organization.objects.count()) == (1, 0)
    result = bring("organizations", read(data), user, dry_run=False)
    assert (result.totals["new"], history(Organization)) == (1, 1)
    entry = Organization.history.get()
    assert (entry.history_user, entry.history_change_reason) == (user, "Import of upload.xlsx")


def test_the_preview_shows_what_would_change(user: User) -> None:
    Organization.objects.create(code="icrc", name="ICRC", kind="red_cross")

    result = bring(
        "organizations", read(csv("code,name,kind", "icrc,<b>,red_cross")), user, dry_run=True
    )

    [row] = result.rows
    assert result.diff_headers == ["code", "name", "kind", "note"]
    assert [cell for cell in row.diff if "<ins" in cell] == [row.diff[1]]
    assert "&lt;b&gt;" in row.diff[1]


def test_refused_rows_are_numbered_as_in_the_spreadsheet(user: User) -> None:
    data = csv("code,name,kind", "icrc,ICRC,red_cross", "", "x,X,body")

    result = bring("organizations", read(data), user, dry_run=False)

    assert [(row.number, list(row.field_specific_errors)) for row in result.invalid_rows] == [
        (4, ["kind"])
    ]
    assert Organization.objects.count() == 0


def test_a_table_that_the_library_read_itself_follows_the_same_rules(user: User) -> None:
    data = tablib.Dataset(["icrc", "ICRC", "body"], headers=["Code", "name", "kind"])

    result = bring("organizations", data, user, dry_run=True)

    assert [row.number for row in result.invalid_rows] == [2]


def test_a_file_that_is_refused_as_a_whole_gives_a_sentence_and_no_trace(user: User) -> None:
    result = bring("organizations", read(csv("code,name", "x,X")), user, dry_run=True)

    assert [(str(error.error), error.traceback) for error in result.base_errors] == [
        ("The column “kind” is missing. The columns are: code, name, kind, note.", "")
    ]
    assert (result.has_errors(), result.rows) == (True, [])


def test_an_impossible_history_shows_in_the_preview(user: User) -> None:
    given.state()

    result = bring(
        "treaty-actions",
        read(csv("iso3,kind,date", "NOR,ratification,2010-01-01")),
        user,
        dry_run=True,
    )

    assert [row.non_field_specific_errors for row in result.invalid_rows] == [
        [
            "Only a state that signed can ratify, accept or approve (Article 16.1): enter its "
            "signature first, or an accession if it never signed."
        ]
    ]
    assert (result.totals["new"], result.totals["invalid"]) == (0, 1)
    assert TreatyAction.objects.count() == 0


def test_an_unforeseen_error_is_logged_and_not_shown(
    user: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_arguments: object, **_options: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(Organization, "save", broken)

    result = bring("organizations", read(csv("code,name,kind", "x,X,un")), user, dry_run=False)

    assert [(number, [str(e.error) for e in errors]) for number, errors in result.row_errors()] == [
        (2, ["The portal could not process this; the reason is written in its log."])
    ]
    assert [record.exc_text is not None for record in caplog.records] == [True]
    assert Organization.objects.count() == 0


def test_formats_offer_one_way_in_and_two_ways_out() -> None:
    assert [(f().can_import(), f().can_export()) for f in IMPORT_FORMATS] == [(True, False)]
    assert [(f().can_import(), f().can_export(), f().get_extension()) for f in EXPORT_FORMATS] == [
        (False, True, "csv"),
        (False, True, "xlsx"),
    ]


def test_chosen_columns_alone_can_be_exported(user: User) -> None:
    state = given.state()
    StateName.objects.update(source="un")

    table = RESOURCES["names"]().export(
        StateName.objects.filter(state=state), export_fields=["iso3", "name"]
    )

    assert str(table.export("csv")) == "iso3,name\r\nNOR,Norway\r\n"
