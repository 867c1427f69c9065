"""The page of one report, the lists, publication, and two people at the same page."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Model
from pytest_django import Settings

from reports.documents import may_be_shown
from reports.models import (
    Coverage,
    DeclaredQuantity,
    FormEntry,
    KnownMissing,
    TransparencyReport,
)
from states.files.attaching import attach
from states.models import Document, State
from tests.admin import records
from tests.admin.conftest import Desk, entries, messages, refusals
from tests.reports import given

pytestmark = pytest.mark.django_db

Seat = Callable[..., Desk]
LIST = "/admin/reports/transparencyreport/"
LETTERS = list("ABCDEFGHIJ")


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def norway() -> State:
    return records.party()


def url(record: Model) -> str:
    return f"/admin/reports/{record._meta.model_name}/{record.pk}/change/"


def opened(desk: Desk, record: Model) -> dict[str, Any]:
    """What the page would send if nothing were typed."""
    page: Any = desk.client.get(url(record))
    sent = entries(page)
    if isinstance(record, TransparencyReport):
        sent["documents"] = [document.pk for document in record.documents.all()]
    return sent


def save(desk: Desk, record: Model, button: str = "_save", **typed: Any) -> Any:
    """Open the page, type, press a button; the page that follows."""
    sent = opened(desk, record) | typed | {button: "Save"}
    return desk.client.post(url(record), sent, follow=True)


def shown(desk: Desk, report: TransparencyReport, field: str) -> str:
    """What stands read-only on the page of a report."""
    form = desk.client.get(url(report)).context["adminform"]
    lines = [line for fieldset in form for row in fieldset for line in row]
    return next(str(line.contents()) for line in lines if line.field.get("name") == field)


# What the page proposes and derives


def test_all_ten_forms_stand_ready_with_their_paragraphs(desk: Seat, norway: State) -> None:
    report = given.report(norway, received="2011-01-27")
    FormEntry.objects.create(report=report, form="C", answer="blank")
    page = desk("Data entry").client.get(url(report))

    [formset] = [
        inline.formset
        for inline in page.context["inline_admin_formsets"]
        if inline.formset.model is FormEntry
    ]
    assert [form["form"].value() for form in formset.forms] == ["C", *"ABDEFGHIJ"]
    text = page.content.decode()
    assert "<strong>A</strong> National implementation measures (7.1 (a), 9)" in text
    assert "<strong>J</strong> Other relevant matters" in text


def test_forms_that_were_not_answered_are_not_stored(desk: Seat, norway: State) -> None:
    clerk, report = desk("Data entry"), given.report(norway, received="2011-01-27")
    typed = {
        "form_entries-0-answer": "filled",
        "form_entries-1-answer": "unchanged",
        "form_entries-1-unchanged_since": "2010",
        "form_entries-4-answer": "not_applicable",
    }

    page = save(clerk, report, **typed)

    assert page.redirect_chain == [(LIST, 302)]
    assert list(report.form_entries.values_list("form", "answer", "unchanged_since")) == [
        ("A", "filled", None),
        ("B", "unchanged", 2010),
        ("E", "not_applicable", None),
    ]
    text = clerk.client.get(url(report)).content.decode()
    assert text.count("bare: no sentence") == 1
    assert shown(clerk, report, "completeness") == (
        "1 of 8 owed forms are answered; 1 of them unchanged; 1 not applicable without a "
        "sentence; 5 not recorded."
    )


def test_year_of_an_unchanged_form_is_one_that_there_was(desk: Seat, norway: State) -> None:
    page = save(
        desk("Data entry"),
        given.report(norway, received="2011-01-27"),
        **{"form_entries-0-answer": "unchanged", "form_entries-0-unchanged_since": "1999"},
    )

    assert page.status_code == 200
    assert FormEntry.objects.count() == 0


def test_quantities_and_days_of_absence_are_entered_on_the_same_page(
    desk: Seat, norway: State
) -> None:
    report = given.report(norway, received="2011-01-27")
    typed = {
        "quantities-TOTAL_FORMS": "1",
        "quantities-0-form": "B",
        "quantities-0-subject": "stockpile",
        "quantities-0-type": "M483",
        "quantities-0-quantity": "",
        "quantities-0-unit": "",
        "known_missing-TOTAL_FORMS": "1",
        "known_missing-0-on": "2010-12-31",
    }

    save(desk("Data entry"), report, **typed)

    assert DeclaredQuantity.objects.get(report=report).quantity is None
    assert KnownMissing.objects.get(report=report).on == date(2010, 12, 31)


@pytest.mark.parametrize(
    ("kind", "received", "sentence"),
    [
        (
            "initial",
            "2011-01-27",
            "Deposited 3 December 2008, so in force from 1 August 2010 (Article 17.1), so the "
            "initial report is due on 28 January 2011 (Article 7.1). It was received on 27 January "
            "2011, in time.",
        ),
        (
            "voluntary",
            "2008-12-27",
            "A voluntary report: nobody owed it, and it discharges no duty.",
        ),
    ],
)
def test_state_of_play_stands_on_the_page_as_a_sentence(
    desk: Seat, norway: State, kind: str, received: str, sentence: str
) -> None:
    report = given.report(norway, kind, received)

    assert shown(desk("Auditor"), report, "state_of_play") == sentence


# Saving


def test_corrected_receipt_keeps_history_and_says_what_follows(desk: Seat) -> None:
    clerk = desk("Data entry")
    lithuania = records.party("LTU", "Lithuania", deposited="2011-03-24")
    report = given.report(lithuania, received="2011-03-30")

    page = save(clerk, report, received_not_before="2011-03-20", received_not_after="2011-03-20")

    assert messages(page)[1:] == [
        "Counts as voluntary: it came before Lithuania deposited its instrument on 24 March "
        "2011, so it discharges no duty (Article 7)."
    ]
    report.refresh_from_db()
    assert (report.kind, report.received_on) == ("initial", date(2011, 3, 20))
    latest = report.history.latest()
    assert (latest.history_user, latest.history_change_reason) == (clerk.user, "Corrected")
    assert latest.prev_record.received_not_after == date(2011, 3, 30)


def test_page_saved_for_its_rows_alone_leaves_no_trace_in_the_report_s_history(
    desk: Seat, norway: State
) -> None:
    report = given.report(norway, received="2011-01-27")

    save(desk("Data entry"), report, **{"form_entries-0-answer": "filled"})

    assert report.history.count() == 1


def test_rule_that_refuses_stands_on_the_page(desk: Seat, norway: State) -> None:
    report = given.report(norway, received="2011-01-27")

    page = save(desk("Data entry"), report, received_not_after="")

    assert refusals(page) == [
        "Give both days between which it was received, or the same day twice."
    ]


def test_files_are_added_to_the_report_s_document_and_offered_to_staff(
    desk: Seat, norway: State
) -> None:
    clerk, report = desk("Data entry"), given.report(norway, received="2011-01-27")

    save(clerk, report, uploads=given.upload("a.pdf", "a"))
    save(clerk, report, uploads=given.upload("b.pdf", "b"))

    document = report.documents.get()
    files = list(document.files.order_by("pk"))
    assert [file.original_name for file in files] == ["a.pdf", "b.pdf"]
    for file in files:
        address = f"/admin/files/{file.public_id}/"
        assert f'<a href="{address}">' in shown(clerk, report, "files")
        assert len(clerk.client.get(address).getvalue()) == file.size


def test_same_file_again_is_refused_and_keeps_the_page(desk: Seat, norway: State) -> None:
    clerk, report = desk("Data entry"), given.report(norway, received="2011-01-27")
    save(clerk, report, uploads=given.upload())

    page = save(clerk, report, uploads=given.upload(), note="typed")

    assert refusals(page) == [
        "report.pdf: This document has this very file already, as “report.pdf”: choose another one."
    ]
    report.refresh_from_db()
    assert report.note == ""


def test_second_of_two_people_is_told_what_the_first_one_changed(desk: Seat, norway: State) -> None:
    anna, berta = desk("Data entry", name="anna"), desk("Data entry", name="berta")
    report = given.report(norway, received="2011-01-27")
    of_anna = opened(anna, report)
    save(berta, report, **{"form_entries-0-answer": "filled"})

    page = anna.client.post(url(report), of_anna | {"note": "By Anna", "_save": "Save"})

    assert refusals(page)[1].startswith(
        "Form of a report “Form A, national implementation measures: filled”: added by berta, "
    )
    report.refresh_from_db()
    assert report.note == ""


# Publication


def test_publishing_says_that_the_documents_are_public_now(desk: Seat, norway: State) -> None:
    report = given.report(norway, received="2011-01-27")
    own = given.document(report, title="The initial report")

    page = save(desk("Editor"), report, "_publish")

    assert messages(page)[1:] == ["“The initial report” is public now, with its files."]
    own.refresh_from_db()
    report.refresh_from_db()
    assert (own.is_public, report.is_published) == (True, True)


def test_withdrawing_says_that_the_documents_are_no_longer_public(
    desk: Seat, norway: State
) -> None:
    report = given.report(norway, received="2011-01-27", published=True)
    own = given.document(report, title="The initial report", public=True)

    page = save(desk("Editor"), report, "_withdraw")

    assert messages(page)[1:] == ["“The initial report” is no longer public."]
    own.refresh_from_db()
    report.refresh_from_db()
    assert (own.is_public, report.is_published) == (False, False)


def test_documents_stay_non_public_where_the_publisher_may_not_show_them(
    desk: Seat, norway: State
) -> None:
    editor = desk("Editor")
    [group] = editor.user.groups.all()
    editor.user.user_permissions.set(group.permissions.exclude(codename="publish_document"))
    editor.user.groups.clear()
    report = given.report(norway, received="2011-01-27")
    own = given.document(report, title="The initial report")

    page = save(editor, report, "_publish")

    assert messages(page)[1:] == [
        "“The initial report” stays non-public: ask somebody who may make it public."
    ]
    own.refresh_from_db()
    report.refresh_from_db()
    assert (own.is_public, report.is_published) == (False, True)


def act(desk: Desk, action: str, *chosen: TransparencyReport) -> list[str]:
    data = {"action": action, "_selected_action": [report.pk for report in chosen]}
    return messages(desk.client.post(LIST, data, follow=True))


def test_many_are_published_and_taken_back_with_their_documents(desk: Seat, norway: State) -> None:
    editor = desk("Editor")
    report = given.report(norway, received="2011-01-27")
    given.document(report)

    assert act(editor, "publish_selected", report) == [
        "1 report was published.",
        "“The report” is public now, with its files.",
    ]
    assert act(editor, "withdraw_selected", report) == [
        "1 report was taken back to draft.",
        "“The report” is no longer public.",
    ]


def test_published_report_is_locked_with_its_rows_for_those_who_may_not_publish(
    desk: Seat, norway: State
) -> None:
    clerk = desk("Data entry")
    report = given.report(norway, received="2011-01-27", published=True)
    FormEntry.objects.create(report=report, form="A", answer="blank")

    page = clerk.client.get(url(report))
    refused = clerk.client.post(url(report), {"note": "typed", "_stamp": ""})

    assert not page.context["has_change_permission"]
    assert [inline.has_change_permission for inline in page.context["inline_admin_formsets"]] == [
        False,
        False,
        False,
    ]
    assert b"uploads" not in page.content
    assert refused.status_code == 200
    report.refresh_from_db()
    assert (report.note, FormEntry.objects.get().answer) == ("", "blank")


def test_reports_are_marked_as_read_through_from_the_list(desk: Seat, norway: State) -> None:
    clerk = desk("Data entry")
    report = given.report(norway, received="2011-01-27")
    published = given.report(norway, "annual", "2012-01-27", year=2011, published=True)

    assert act(clerk, "mark_read_through", report, published) == [
        "Nothing was changed: some are published, ask an editor to mark those."
    ]
    assert act(clerk, "mark_read_through", report) == ["1 report was marked as read through."]
    assert act(desk("Editor"), "mark_read_through", given.report(norway, "voluntary")) == [
        "Nothing was changed.",
        "Voluntary report has not come, so that nobody can have read it through.",
    ]


# Lists


def test_list_costs_as_many_queries_with_one_report_as_with_five(
    desk: Seat, norway: State, django_assert_num_queries: Callable[[int], Any]
) -> None:
    clerk = desk("Data entry")
    given.report(norway, received="2011-01-27")
    clerk.client.get(LIST)
    with django_assert_num_queries(13):
        clerk.client.get(LIST)

    for number in range(4):
        given.report(
            records.party(f"X{number}X", f"State {number}"), received="2011-01-01/2011-01-31"
        )

    with django_assert_num_queries(13):
        clerk.client.get(LIST)


@pytest.mark.parametrize("spelling", ["NOR", "norw"])
def test_list_is_searched_by_any_spelling_of_the_state(
    desk: Seat, norway: State, spelling: str
) -> None:
    report = given.report(norway, received="2011-01-27")
    given.report(records.party("FJI", "Fiji"), received="2011-01-27")

    page = desk("Data entry").client.get(LIST, {"q": spelling})

    assert list(page.context["cl"].result_list) == [report]


@pytest.mark.parametrize("model", ["formentry", "declaredquantity", "transparencyreport"])
@pytest.mark.parametrize(("role", "may_import"), [("Data entry", True), ("Auditor", False)])
def test_lists_import_and_export(
    desk: Seat, norway: State, model: str, role: str, may_import: bool
) -> None:
    report = given.report(norway, received="2011-01-27")
    FormEntry.objects.create(report=report, form="A", answer="blank")
    DeclaredQuantity.objects.create(report=report, form="B", subject="stockpile")
    desk_of = desk(role)

    page = desk_of.client.get(f"/admin/reports/{model}/")

    assert page.context["has_import_permission"] is may_import
    assert page.context["has_export_permission"]
    assert len(page.context["cl"].result_list) == 1
    assert desk_of.client.get(f"/admin/reports/{model}/export/").status_code == 200
    import_page = desk_of.client.get(f"/admin/reports/{model}/import/")
    assert import_page.status_code == (200 if may_import else 403)


# Roles

RECORDS = {"transparencyreport", "formentry", "declaredquantity", "knownmissing"}
KINDS = RECORDS | {"coverage"}
HISTORY_OF_DOCUMENTS = "historicaltransparencyreport_documents"
VIEW = (
    {f"view_{kind}" for kind in KINDS}
    | {f"view_historical{kind}" for kind in KINDS}
    | {f"view_{HISTORY_OF_DOCUMENTS}"}
)
ENTER = {f"{action}_{record}" for action in ("add", "change") for record in RECORDS}
EDIT = (
    {f"delete_{record}" for record in RECORDS}
    | {f"{action}_coverage" for action in ("add", "change", "delete")}
    | {"publish_transparencyreport"}
)


@pytest.mark.parametrize(
    ("role", "granted"),
    [("Data entry", VIEW | ENTER), ("Editor", VIEW | ENTER | EDIT), ("Auditor", VIEW)],
)
def test_roles_have_their_permissions_on_reports(role: str, granted: set[str]) -> None:
    from django.contrib.auth.models import Group

    # What a role may do with letters is held where letters are.
    of_reports = KINDS | {f"historical{kind}" for kind in KINDS} | {HISTORY_OF_DOCUMENTS}
    permissions = Group.objects.get(name=role).permissions.filter(
        content_type__app_label="reports", content_type__model__in=of_reports
    )
    assert set(permissions.values_list("codename", flat=True)) == granted


@pytest.mark.parametrize(("role", "status"), [("Data entry", 403), ("Editor", 302)])
def test_coverage_is_changed_by_an_editor(desk: Seat, role: str, status: int) -> None:
    coverage = Coverage.objects.create(kind="initial", complete_through=date(2020, 1, 1))

    response = desk(role).client.post(
        url(coverage), {"kind": "initial", "complete_through": "2022-08-31", "note": ""}
    )

    assert response.status_code == status
    coverage.refresh_from_db()
    assert coverage.complete_through == (date(2022, 8, 31) if status == 302 else date(2020, 1, 1))


def test_nobody_vouches_for_days_to_come_or_for_what_nobody_owes(desk: Seat) -> None:
    response = desk("Editor").client.post(
        "/admin/reports/coverage/add/",
        {"kind": "voluntary", "complete_through": "2099-01-01", "note": ""},
    )

    errors = response.context["adminform"].form.errors
    assert sorted(errors) == ["complete_through", "kind"]
    assert Coverage.objects.count() == 0


def test_auditor_reads_a_report_and_its_history_and_changes_nothing(
    desk: Seat, norway: State
) -> None:
    auditor, report = desk("Auditor"), given.report(norway, received="2011-01-27")

    page = auditor.client.get(url(report))
    assert (page.status_code, page.context["has_change_permission"]) == (200, False)
    assert auditor.client.get(f"{LIST}{report.pk}/history/").status_code == 200
    version = report.history.latest().pk
    assert auditor.client.get(f"{LIST}{report.pk}/history/{version}/").status_code == 200
    assert auditor.client.post(url(report), {"note": "x"}).status_code == 403
    assert Document.objects.count() == 0


def test_data_entry_cannot_hold_back_a_public_document_by_adding_it_to_a_draft(
    desk: Seat, norway: State
) -> None:
    public = records.document("article7-of-another", public=True, kind=Document.Kind.REPORT)
    draft = given.report(norway, "initial", "2011-01-27")

    page = save(desk("Data entry"), draft, documents=[public.pk])

    assert refusals(page) == [
        "“Record article7-of-another” is public, so that only somebody who may publish documents "
        "adds it to a report or takes it away: ask an editor."
    ]
    assert draft.documents.count() == 0


def test_a_public_paper_that_came_with_a_draft_report_stays_public(norway: State) -> None:
    statement = records.document("statement", public=True, kind=Document.Kind.STATEMENT)
    attach(document=statement, upload=given.file(), by=records.user())
    draft = given.report(norway, "initial", "2011-01-27")

    draft.documents.add(statement)

    assert may_be_shown(statement)
