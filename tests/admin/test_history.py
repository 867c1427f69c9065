"""Who changed what: the history of a record in the data entry."""

from collections.abc import Callable

import pytest

from states.models import TreatyAction
from states.publishing import publish
from tests.admin import records
from tests.admin.conftest import Desk
from tests.admin.records import Kind

pytestmark = pytest.mark.django_db

Seat = Callable[..., Desk]


def test_history_says_who_did_what_and_what_differs(desk: Seat) -> None:
    clerk, editor, norway = desk("Data entry", name="anna"), desk("Editor"), records.state()
    clerk.post(
        TreatyAction,
        "add",
        state=norway.pk,
        kind="signature",
        date="2008-12-04",
        certainty="confirmed",
    )
    signature = TreatyAction.objects.get()
    clerk.save(signature, clerk.opened(signature) | {"date": "2008-12-03"})
    publish(records=[signature], by=editor.user)

    page = desk("Auditor").get(TreatyAction, "history", signature.pk)

    assert page.context["title"] == "History: Norway: Signature, 2008-12-03"
    rows = [
        (
            str(entry.history_user),
            entry.get_history_type_display(),
            entry.history_change_reason,
            [
                (change["field"], change["old"], change["new"])
                for change in getattr(entry, "history_delta_changes", ())
                if change["field"] != "Published at"
            ],
        )
        for entry in page.context["page_obj"]
    ]
    assert rows == [
        ("editor", "Changed", "Published", []),
        ("anna", "Changed", None, [("Date", "2008-12-04", "2008-12-03")]),
        ("anna", "Created", None, []),
    ]


def test_old_version_is_shown_to_read(desk: Seat) -> None:
    editor = desk("Editor")
    signature = records.action(records.state(), Kind.SIGNATURE, "2008-12-04")
    editor.save(signature, editor.opened(signature) | {"date": "2008-12-03"})
    first = signature.history.earliest()

    page = editor.get(TreatyAction, "simple_history", signature.pk, first.pk)

    assert page.status_code == 200
    assert list(page.context["adminform"].form.fields) == []
    assert "2008" in page.content.decode()
    assert 'value="Revert"' not in page.content.decode()


def test_old_version_cannot_be_brought_back_past_the_rules(desk: Seat) -> None:
    """A version from before the publication would otherwise take the record back to draft."""
    editor = desk("Editor")
    signature = records.action(records.state(), Kind.SIGNATURE, "2008-12-03")
    first = signature.history.earliest()
    publish(records=[signature], by=editor.user)

    answer = editor.post(TreatyAction, "simple_history", signature.pk, first.pk, _save="Revert")

    assert answer.status_code == 403
    signature.refresh_from_db()
    assert signature.is_published


def test_history_of_a_deleted_record_can_still_be_read(desk: Seat) -> None:
    chief = desk()
    signature = records.action(records.state(), Kind.SIGNATURE, "2008-12-03")
    key = signature.pk
    chief.post(TreatyAction, "delete", key, post="yes")

    page = chief.get(TreatyAction, "history", key)

    latest = page.context["page_obj"][0]
    assert (latest.get_history_type_display(), latest.history_user) == ("Deleted", chief.user)


@pytest.mark.parametrize("version", ["abc", "-1", "1.5", "٣", "999999", "9" * 30])
def test_version_that_does_not_exist_is_not_found(desk: Seat, version: str) -> None:
    signature = records.action(records.state(), Kind.SIGNATURE, "2008-12-03")

    answer = desk("Auditor").get(TreatyAction, "simple_history", signature.pk, version)

    assert answer.status_code == 404


def test_version_of_a_record_that_has_no_number_is_not_found(desk: Seat) -> None:
    assert desk("Auditor").get(TreatyAction, "simple_history", "abc", "1").status_code == 404


@pytest.mark.parametrize("version", ["abc", "999999"])
def test_who_may_not_see_a_record_learns_nothing_of_its_versions(desk: Seat, version: str) -> None:
    outsider = desk("Auditor")
    outsider.user.groups.clear()

    assert outsider.get(TreatyAction, "simple_history", 1, version).status_code == 403
