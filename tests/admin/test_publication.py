"""Draft or published in the data entry: buttons, actions on lists, and who is offered them."""

from collections.abc import Callable

import pytest

from states.models import Document, Meeting, Organization, TreatyAction
from tests.admin import records
from tests.admin.conftest import Desk, refusals
from tests.admin.records import Kind

pytestmark = pytest.mark.django_db

Seat = Callable[..., Desk]
NEW_ACTION = {"kind": "signature", "date": "2008-12-03", "certainty": "confirmed"}


def offered_actions(desk: Desk) -> set[str]:
    page = desk.get(TreatyAction, "changelist")
    form = page.context["action_form"]
    return {name for name, _label in form.fields["action"].choices if name} if form else set()


@pytest.mark.parametrize(
    ("role", "actions"),
    [
        ("Data entry", set()),
        ("Auditor", set()),
        ("Editor", {"publish_selected", "withdraw_selected", "delete_selected"}),
    ],
)
def test_list_offers_publishing_to_those_who_may(desk: Seat, role: str, actions: set[str]) -> None:
    records.action(records.state(), Kind.SIGNATURE, "2008-12-03")

    assert offered_actions(desk(role)) == actions


@pytest.mark.parametrize(("role", "offered"), [("Data entry", False), ("Editor", True)])
def test_page_offers_the_button_to_those_who_may(desk: Seat, role: str, offered: bool) -> None:
    signature = records.action(records.state(), Kind.SIGNATURE, "2008-12-03")
    person = desk(role)

    for page in (
        person.get(TreatyAction, "add"),
        person.get(TreatyAction, "change", signature.pk),
    ):
        assert ('name="_publish"' in page.content.decode()) == offered


def test_save_and_publish_saves_and_publishes(desk: Seat) -> None:
    editor, norway = desk("Editor"), records.state()

    editor.post(TreatyAction, "add", state=norway.pk, **NEW_ACTION, _publish="Save and publish")

    signature = TreatyAction.objects.get()
    assert signature.is_published
    latest = signature.history.latest()
    assert (latest.history_user, latest.history_change_reason) == (editor.user, "Published")


def test_refused_publication_of_a_new_record_saves_nothing(desk: Seat) -> None:
    editor, norway = desk("Editor"), records.state()
    hidden = records.document("note", public=False)

    page = editor.post(
        TreatyAction,
        "add",
        state=norway.pk,
        document=hidden.pk,
        **NEW_ACTION,
        _publish="Save and publish",
    )

    assert refusals(page) == [
        "Norway, Signature, 2008-12-03 cites “Record note”, which is not public: have the "
        "document made public first, or cite another."
    ]
    assert TreatyAction.objects.count() == 0


def test_forged_button_publishes_nothing_for_data_entry(desk: Seat) -> None:
    clerk, norway = desk("Data entry"), records.state()

    page = clerk.post(TreatyAction, "add", state=norway.pk, **NEW_ACTION, _publish="1")

    assert page.status_code == 403
    assert TreatyAction.objects.count() == 0


def test_editor_takes_a_record_back_to_draft_on_its_page(desk: Seat) -> None:
    editor = desk("Editor")
    signature = records.action(records.state(), Kind.SIGNATURE, "2008-12-03", published=True)

    editor.save(signature, editor.opened(signature), "_withdraw")

    signature.refresh_from_db()
    assert not signature.is_published


def test_selected_drafts_are_published(desk: Seat) -> None:
    editor, norway = desk("Editor"), records.state()
    drafts = [
        records.action(norway, Kind.RATIFICATION, "2010-09-03"),
        records.action(norway, Kind.SIGNATURE, "2008-12-03"),
    ]

    assert editor.act(TreatyAction, "publish_selected", *drafts) == ["2 records were published."]
    assert TreatyAction.objects.published().count() == 2


def test_selected_records_are_published_together_or_not_at_all(desk: Seat) -> None:
    editor = desk("Editor")
    drafts = [
        records.action(records.state(), Kind.RATIFICATION, "2010-09-03"),
        records.action(records.state("FRA", "France"), Kind.SIGNATURE, "2008-12-03"),
    ]

    assert editor.act(TreatyAction, "publish_selected", *drafts) == [
        "Nothing was changed.",
        "Norway, Ratification, 2010-09-03: Only a state that signed can ratify, accept or approve "
        "(Article 16.1): enter its signature first, or an accession if it never signed.",
    ]
    assert TreatyAction.objects.published().count() == 0


def test_selected_records_are_taken_back_to_draft(desk: Seat) -> None:
    editor = desk("Editor")
    signature = records.action(records.state(), Kind.SIGNATURE, "2008-12-03", published=True)

    assert editor.act(TreatyAction, "withdraw_selected", signature) == [
        "1 record was taken back to draft."
    ]
    assert TreatyAction.objects.published().count() == 0


def test_data_entry_cannot_publish_by_a_forged_action(desk: Seat) -> None:
    signature = records.action(records.state(), Kind.SIGNATURE, "2008-12-03")

    desk("Data entry").act(TreatyAction, "publish_selected", signature)

    assert TreatyAction.objects.published().count() == 0


def test_editor_corrects_what_is_published(desk: Seat) -> None:
    editor, norway = desk("Editor"), records.party(deposited="2010-09-03")
    ratification = norway.treaty_actions.get(kind=Kind.RATIFICATION)

    editor.save(ratification, editor.opened(ratification) | {"date": "2010-09-04"})

    ratification.refresh_from_db()
    assert (str(ratification.date), ratification.is_published) == ("2010-09-04", True)


def test_correction_that_breaks_a_rule_of_publishing_is_refused(desk: Seat) -> None:
    editor = desk("Editor")
    signature = records.action(records.state(), Kind.SIGNATURE, "2008-12-03", published=True)
    hidden = records.document("note", public=False)

    page = editor.save(signature, editor.opened(signature) | {"document": str(hidden.pk)})

    assert refusals(page) == [
        "Norway, Signature, 2008-12-03 cites “Record note”, which is not public: have the "
        "document made public first, or cite another."
    ]
    signature.refresh_from_db()
    assert signature.document is None


def test_published_record_is_read_only_for_data_entry(desk: Seat) -> None:
    clerk = desk("Data entry")
    signature = records.action(records.state(), Kind.SIGNATURE, "2008-12-03", published=True)

    page = clerk.get(TreatyAction, "change", signature.pk)

    assert (page.status_code, page.context["has_change_permission"]) == (200, False)


def test_selection_with_something_published_is_not_deleted(desk: Seat) -> None:
    editor, norway = desk("Editor"), records.state()
    published = records.action(norway, Kind.SIGNATURE, "2008-12-03", published=True)
    draft = records.action(norway, Kind.RATIFICATION, "2010-09-03")

    assert editor.act(TreatyAction, "delete_selected", published, draft) == [
        "Nothing was deleted: 1 of the selected records is published. Take it back to draft first."
    ]
    assert TreatyAction.objects.count() == 2


def test_selected_drafts_are_deleted_after_a_question(desk: Seat) -> None:
    editor = desk("Editor")
    draft = records.action(records.state(), Kind.SIGNATURE, "2008-12-03")

    editor.post(
        TreatyAction,
        "changelist",
        action="delete_selected",
        _selected_action=[draft.pk],
        post="yes",
    )

    assert TreatyAction.objects.count() == 0


def test_published_record_has_no_page_for_its_deletion(desk: Seat) -> None:
    signature = records.action(records.state(), Kind.SIGNATURE, "2008-12-03", published=True)

    assert desk().get(TreatyAction, "delete", signature.pk).status_code == 403


def test_document_that_is_cited_is_not_deleted_and_the_page_says_by_what(desk: Seat) -> None:
    editor, cited = desk("Editor"), records.document(public=False)
    records.action(records.state(), Kind.SIGNATURE, "2008-12-03", document=cited)

    page = editor.get(Document, "delete", cited.pk)

    assert [str(item) for item in page.context["protected"]] == [
        f'Treaty action: <a href="{page.context["protected"][0].split(chr(34))[1]}">'
        "Signature, 2008-12-03</a>"
    ]
    editor.post(Document, "delete", cited.pk, post="yes")
    assert Document.objects.count() == 1


def test_document_is_not_made_public_by_data_entry(desk: Seat) -> None:
    clerk, statement = desk("Data entry"), records.document(public=False)

    clerk.save(statement, clerk.opened(statement) | {"is_public": "on"})

    statement.refresh_from_db()
    assert not statement.is_public


def test_document_is_made_public_on_its_page(desk: Seat) -> None:
    editor, statement = desk("Editor"), records.document(public=False)

    editor.save(statement, editor.opened(statement), "_publish")

    statement.refresh_from_db()
    assert statement.is_public


@pytest.mark.parametrize(
    ("action", "is_public", "message"),
    [
        ("publish_selected", True, "1 document is public now."),
        ("withdraw_selected", False, "1 document is no longer public."),
    ],
)
def test_selected_documents_are_made_public_or_not(
    desk: Seat, action: str, is_public: bool, message: str
) -> None:
    statement = records.document(public=not is_public)

    assert desk("Editor").act(Document, action, statement) == [message]
    statement.refresh_from_db()
    assert statement.is_public == is_public


def test_organisations_are_not_published(desk: Seat) -> None:
    page = desk().get(Organization, "add")

    assert 'name="_publish"' not in page.content.decode()


def test_save_and_add_another_keeps_what_the_next_record_shares(desk: Seat) -> None:
    editor, source = desk("Editor"), records.document()

    response = editor.post(
        TreatyAction,
        "add",
        state=records.state().pk,
        document=source.pk,
        **NEW_ACTION,
        _addanother="Save and add another",
    )

    page = editor.client.get(response["Location"])
    form = page.context["adminform"].form
    assert (form["document"].value(), form["state"].value()) == (str(source.pk), None)


def test_meeting_in_use_by_a_published_extension_stays_published(desk: Seat) -> None:
    msp = records.meeting("8MSP", "2018-07-01")
    records.extension(records.party(), "3", msp, "2020-08-01", published=True)

    messages = desk("Editor").act(Meeting, "withdraw_selected", msp)

    assert messages[0] == "Nothing was changed."
    assert Meeting.objects.published().count() == 1
