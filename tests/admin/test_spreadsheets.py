"""Import and export in the data entry: who may, the preview, and that nothing gets published."""

import csv
import io
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model

from states.exchange import RESOURCES
from states.models import (
    Contact,
    Document,
    ExtensionDecision,
    Meeting,
    OfficialDate,
    Organization,
    State,
    StateName,
    TreatyAction,
)
from tests.admin import records
from tests.admin.conftest import Desk, address, messages
from tests.admin.records import Kind

pytestmark = pytest.mark.django_db

Seat = Callable[..., Desk]

KINDS: dict[type[Model], str] = {
    State: "states",
    StateName: "names",
    TreatyAction: "treaty-actions",
    Meeting: "meetings",
    Document: "documents",
    Organization: "organizations",
    Contact: "contacts",
    ExtensionDecision: "extensions",
}
SIGNATURE = "iso3,kind,date\nNOR,signature,2008-12-03\n"


@pytest.fixture(autouse=True)
def waiting(settings: Any, tmp_path: Path) -> Path:
    """The folder of uploads that wait for their confirmation."""
    settings.IMPORTS_DIR = tmp_path / "imports"
    return tmp_path / "imports"


def upload(desk: Desk, model: type[Model], text: str, *, name: str = "entries.csv") -> Any:
    file = SimpleUploadedFile(name, text.encode(), content_type="text/csv")
    return desk.post(model, "import", import_file=file, format="0", resource="0")


def confirm(desk: Desk, model: type[Model], preview: Any) -> Any:
    """Press the button under the preview; the page that follows."""
    return desk.client.post(
        address(model, "process_import"), preview.context["confirm_form"].initial, follow=True
    )


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.__name__)
def test_list_imports_and_exports_by_the_resource_of_its_kind(
    desk: Seat, model: type[Model]
) -> None:
    chief = desk()
    for page in ("import", "export"):
        [(_name, columns)] = chief.get(model, page).context["fields_list"]
        assert columns == list(RESOURCES[KINDS[model]].columns())


def test_preview_shows_what_would_change_and_writes_nothing(desk: Seat) -> None:
    records.state()

    preview = upload(desk("Data entry"), TreatyAction, SIGNATURE)

    [row] = preview.context["result"].valid_rows()
    assert row.import_type == "new"
    assert TreatyAction.objects.count() == 0


def test_confirmed_import_lands_as_drafts_of_whoever_imported(desk: Seat) -> None:
    editor = desk("Editor")
    records.state()

    page = confirm(editor, TreatyAction, upload(editor, TreatyAction, SIGNATURE))

    signature = TreatyAction.objects.get()
    assert not signature.is_published
    assert signature.history.get().history_user == editor.user
    assert len(messages(page)) == 1


def test_refused_file_shows_sentences_and_no_button(desk: Seat) -> None:
    records.state()

    preview = upload(desk("Data entry"), TreatyAction, SIGNATURE.replace("signature", "sighing"))

    page = preview.content.decode()
    assert "confirm_form" not in preview.context
    assert "<td>2</td>\n              <td>kind</td>" in page
    assert "Traceback" not in page


def test_file_that_no_longer_fits_at_the_confirmation_changes_nothing(desk: Seat) -> None:
    clerk, norway = desk("Data entry"), records.state()
    preview = upload(clerk, TreatyAction, SIGNATURE)
    records.action(norway, Kind.SIGNATURE, "2009-01-01")

    page = confirm(clerk, TreatyAction, preview)

    assert messages(page) == [
        "Nothing was imported: records changed since the preview, and the file no longer fits "
        "them. Upload it again to see why."
    ]
    assert TreatyAction.objects.count() == 1


def test_import_that_breaks_a_rule_of_publishing_changes_nothing(desk: Seat) -> None:
    """Article 3.3: up to four years more than the deadline before."""
    editor, norway = desk("Editor"), records.party()
    msp = records.meeting("8MSP", "2018-07-01")
    extension = records.extension(norway, "3", msp, "2020-08-01", published=True)
    text = "iso3,article,meeting,new_deadline\nNOR,3,8MSP,2022-08-02\n"

    page = upload(editor, ExtensionDecision, text)

    [row] = page.context["result"].invalid_rows
    assert row.error.messages == [
        "Norway, Article 3, stockpile destruction: 2022-08-02: the deadline before was "
        "1 August 2018, and an extension adds up to four years (Article 3.3), so it ends on "
        "1 August 2022 at the latest."
    ]
    extension.refresh_from_db()
    assert str(extension.new_deadline) == "2020-08-01"


def test_import_confirmed_twice_says_so(desk: Seat) -> None:
    clerk = desk("Data entry")
    records.state()
    preview = upload(clerk, TreatyAction, SIGNATURE)
    confirm(clerk, TreatyAction, preview)

    page = confirm(clerk, TreatyAction, preview)

    assert messages(page) == [
        "This file was imported already or is no longer there: upload it again."
    ]
    assert TreatyAction.objects.count() == 1


def test_file_that_is_no_table_is_refused_in_words(desk: Seat) -> None:
    page = upload(desk("Data entry"), TreatyAction, "\x00\x01", name="picture.png")

    assert page.status_code == 200
    assert len(page.context["form"].errors["import_file"]) == 1
    assert "Error" not in page.context["form"].errors["import_file"][0]


def test_differences_in_the_preview_carry_no_inline_style(desk: Seat) -> None:
    """The strict Content-Security-Policy would block it."""
    clerk, norway = desk("Data entry"), records.state()
    records.action(norway, Kind.SIGNATURE, "2008-12-03")

    preview = upload(clerk, TreatyAction, "iso3,kind,date,note\nNOR,signature,2008-12-03,a<b\n")

    assert "<td><ins>a&lt;b</ins></td>" in preview.content.decode()
    assert " style=" not in preview.content.decode()


@pytest.mark.parametrize("model", KINDS, ids=lambda model: model.__name__)
def test_auditor_exports_and_imports_nothing(desk: Seat, model: type[Model]) -> None:
    auditor = desk("Auditor")

    assert auditor.get(model, "import").status_code == 403
    assert auditor.post(model, "process_import").status_code == 403
    assert auditor.get(model, "export").status_code == 200


def test_export_holds_the_rows_of_the_filtered_list(desk: Seat) -> None:
    auditor, norway = desk("Auditor"), records.party()

    answer = auditor.client.post(
        address(TreatyAction, "export") + "?kind__exact=signature",
        {"format": "0", "resource": "0"},
    )

    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["iso3"], row["kind"], row["date"]) for row in rows] == [
        (norway.iso3, "signature", "2008-12-03")
    ]


def test_contacts_are_exported_for_those_alone_who_may_see_them(desk: Seat) -> None:
    clerk = desk("Data entry")
    [group] = clerk.user.groups.all()
    for action in ("view", "change", "add"):
        group.permissions.remove(group.permissions.get(codename=f"{action}_contact"))

    assert clerk.get(Contact, "changelist").status_code == 403
    assert clerk.get(Contact, "export").status_code == 403
    assert clerk.post(Contact, "export", format="0", resource="0").status_code == 403
    assert "contacts" not in clerk.opened(records.state())


def test_official_dates_are_typed_one_by_one(desk: Seat) -> None:
    page = desk().get(OfficialDate, "changelist")

    assert "has_import_permission" not in page.context


GONE = "This file was imported already or is no longer there: upload it again."


def confirmed(desk: Desk, preview: Any, **changes: str) -> list[str]:
    """The messages after pressing the button with other hidden values than the preview's."""
    page = desk.client.post(
        address(TreatyAction, "process_import"),
        preview.context["confirm_form"].initial | changes,
        follow=True,
    )
    assert page.redirect_chain == [(address(TreatyAction, "import"), 302)]
    return messages(page)


@pytest.mark.parametrize("name", [".", "..", "victim.csv", "0" * 32, "G" * 32, "\x00", ""])
def test_confirmation_opens_and_deletes_no_file_but_the_uploaded_one(
    desk: Seat, waiting: Path, name: str
) -> None:
    clerk = desk("Data entry")
    records.state()
    preview = upload(clerk, TreatyAction, SIGNATURE)
    for victim in ("victim.csv", "0" * 32):
        (waiting / victim).write_text(SIGNATURE)
    before = sorted(file.name for file in waiting.iterdir())

    assert confirmed(clerk, preview, import_file_name=name) == [GONE]

    assert sorted(file.name for file in waiting.iterdir()) == before
    assert TreatyAction.objects.count() == 0


def test_upload_of_a_colleague_cannot_be_confirmed(desk: Seat, waiting: Path) -> None:
    records.state()
    preview = upload(desk("Editor"), TreatyAction, SIGNATURE)

    assert confirmed(desk("Data entry"), preview) == [GONE]
    assert len(list(waiting.iterdir())) == 1


def test_upload_of_another_kind_cannot_be_confirmed(desk: Seat, waiting: Path) -> None:
    clerk = desk("Data entry")
    records.state()
    preview = upload(clerk, TreatyAction, SIGNATURE)

    assert messages(confirm(clerk, StateName, preview)) == [GONE]
    assert len(list(waiting.iterdir())) == 1


@pytest.mark.parametrize(
    "changes",
    [{"format": "99"}, {"format": "-1"}, {"format": "x"}, {"resource": "7"}, {"resource": "x"}],
    ids=str,
)
def test_unknown_format_or_resource_is_refused(
    desk: Seat, waiting: Path, changes: dict[str, str]
) -> None:
    clerk = desk("Data entry")
    records.state()

    assert confirmed(clerk, upload(clerk, TreatyAction, SIGNATURE), **changes) == [GONE]
    assert list(waiting.iterdir()) == []
    assert TreatyAction.objects.count() == 0


def test_waiting_file_that_became_unreadable_is_refused(desk: Seat, waiting: Path) -> None:
    clerk = desk("Data entry")
    records.state()
    preview = upload(clerk, TreatyAction, SIGNATURE)
    [file] = waiting.iterdir()
    file.write_bytes(b"PK no table")

    assert confirmed(clerk, preview) == [GONE]
    assert list(waiting.iterdir()) == []


def test_confirmation_by_its_address_alone_is_not_allowed(desk: Seat) -> None:
    assert desk("Data entry").get(TreatyAction, "process_import").status_code == 405


def test_waiting_file_is_private_and_goes_with_the_import(desk: Seat, waiting: Path) -> None:
    clerk = desk("Data entry")
    records.state()

    preview = upload(clerk, TreatyAction, SIGNATURE)

    [file] = waiting.iterdir()
    assert (waiting.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)
    confirm(clerk, TreatyAction, preview)
    assert list(waiting.iterdir()) == []
    assert TreatyAction.objects.count() == 1


@pytest.mark.parametrize(
    "text", ["\x00\x01", "iso3,kind,date\n", SIGNATURE.replace("signature", "sighing")]
)
def test_refused_upload_leaves_no_file_behind(desk: Seat, waiting: Path, text: str) -> None:
    records.state()

    page = upload(desk("Data entry"), TreatyAction, text)

    assert "confirm_form" not in page.context
    assert list(waiting.iterdir()) == []


def test_abandoned_uploads_go_after_a_day(desk: Seat, waiting: Path) -> None:
    waiting.mkdir(mode=0o755)
    ages = {"abandoned": 24 * 60 * 60 + 60, "fresh": 23 * 60 * 60}
    for name, age in ages.items():
        (waiting / name).write_text("")
        os.utime(waiting / name, (time.time() - age,) * 2)
    records.state()

    preview = upload(desk("Data entry"), TreatyAction, SIGNATURE)

    name = preview.context["confirm_form"].initial["import_file_name"]
    assert {file.name for file in waiting.iterdir()} == {"fresh", name}
    assert waiting.stat().st_mode & 0o777 == 0o700
