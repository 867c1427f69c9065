"""Editions in the data entry: chapters with their preview, publishing and withdrawing."""

import pytest
from django.urls import reverse

from actions.models import FrozenEdition, ProgressReport, ProgressSection
from tests.admin.conftest import Desk

from . import given

pytestmark = pytest.mark.django_db


@pytest.fixture
def section() -> ProgressSection:
    norway, *_others = given.three_parties()
    given.finding(given.indicator(), norway, given.document())
    report = given.report()
    given.chapter(report, "{{A: parties; parties; no note}} count.", numeral="I")
    return given.chapter(report, "Then {{stockpile.declared; parties; within = A}}.", numeral="II")


def change(section: ProgressSection) -> str:
    return reverse("admin:actions_progresssection_change", args=(section.pk,))


def look(report: ProgressReport) -> str:
    return reverse("admin:actions_progressreport_look", args=(report.pk,))


def typed(section: ProgressSection, prose: str) -> dict[str, object]:
    return {
        "report": section.report_id,
        "position": section.position,
        "numeral": section.numeral,
        "heading": section.heading,
        "prose": prose,
    }


def preview(desk: Desk, section: ProgressSection, prose: str) -> str:
    url = reverse("admin:actions_progresssection_preview")
    response = desk.client.post(url, typed(section, prose))
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_of_a_chapter_shows_how_it_reads(section: ProgressSection) -> None:
    page = Desk("Data entry").client.get(change(section)).content.decode()

    assert "one State Party" in page
    assert "Chapter II · paragraph 2" in page


def test_the_preview_shows_numbers_footnotes_and_warnings_of_what_is_typed(
    section: ProgressSection,
) -> None:
    desk = Desk("Data entry")

    good = preview(desk, section, "{{stockpile.declared; parties}}")
    bad = preview(desk, section, "a\n{{B: partis; parties}} and {{parties; within = A}}")
    wrong = preview(desk, section, "{{states; parties}}, {{states; within = A; share of states}}")

    assert 'href="#evidence-2">One State Party</a>' in good
    assert "Norway</a>." in good
    assert "Line 2, character 6</button> no set is called “partis”. Did you mean “parties”?" in bad
    assert '<mark class="mistake">{{B: partis; parties}}</mark>' in bad
    assert "Line" not in wrong
    section.refresh_from_db()
    assert section.prose == "Then {{stockpile.declared; parties; within = A}}."


def test_a_chapter_with_a_mistake_is_saved_and_nothing_of_it_is_lost(
    section: ProgressSection,
) -> None:
    desk = Desk("Data entry")
    page = desk.client.get(change(section))
    stamp = page.context.get("stamp", "")

    response = desk.client.post(
        change(section), typed(section, "My {{partis}} text.") | {"_stamp": stamp}
    )

    assert response.status_code == 302
    section.refresh_from_db()
    assert section.prose == "My {{partis}} text."


def test_a_shown_working_edition_is_changed_only_by_those_who_may_show_it(
    section: ProgressSection,
) -> None:
    ProgressReport.objects.update(published_at=given.NOW)

    response = Desk("Data entry").client.post(change(section), typed(section, "Mine."))

    assert response.status_code == 403
    section.refresh_from_db()
    assert section.prose != "Mine."


def test_the_preview_needs_somebody_who_may_see_chapters(section: ProgressSection) -> None:
    url = reverse("admin:actions_progresssection_preview")

    assert Desk("Auditor").client.post(url, typed(section, "x")).status_code == 200


def test_an_editor_looks_publishes_and_withdraws(section: ProgressSection) -> None:
    desk = Desk("Editor")
    report = section.report
    page = desk.client.get(look(report))
    assert "All is well: 2 figures were checked." in page.content.decode()

    freeze = reverse("admin:actions_progressreport_freeze", args=(report.pk,))
    response = desk.client.post(freeze, {"seen": page.context["sha256"]})
    assert response.status_code == 302
    frozen = FrozenEdition.objects.get()
    withdraw = reverse("admin:actions_progressreport_withdraw", args=(frozen.pk,))
    assert desk.client.post(withdraw, {"reason": ""}).status_code == 400
    assert desk.client.post(withdraw, {"reason": "Too early."}).status_code == 302

    assert frozen.withdrawal.reason == "Too early."
    assert "Withdrawn on" in desk.client.get(look(report)).content.decode()


def test_publishing_what_changed_meanwhile_is_refused_and_shown_anew(
    section: ProgressSection,
) -> None:
    desk = Desk("Editor")
    seen = desk.client.get(look(section.report)).context["sha256"]
    ProgressSection.objects.update(heading="Other")

    freeze = reverse("admin:actions_progressreport_freeze", args=(section.report_id,))
    response = desk.client.post(freeze, {"seen": seen})

    assert response.status_code == 400
    assert "no longer what you looked at" in response.content.decode()
    assert not FrozenEdition.objects.exists()


@pytest.mark.parametrize("role", ["Data entry", "Auditor"])
def test_only_those_with_the_permission_publish(section: ProgressSection, role: str) -> None:
    desk = Desk(role)
    freeze = reverse("admin:actions_progressreport_freeze", args=(section.report_id,))

    assert "Publish for good" not in desk.client.get(look(section.report)).content.decode()
    assert desk.client.post(freeze, {}).status_code == 403


def test_a_draft_can_be_read_as_a_file_in_the_data_entry(section: ProgressSection) -> None:
    url = reverse("admin:actions_progressreport_file", args=(section.report_id, "json"))

    assert Desk("Data entry").client.get(url).json()["edition"]["code"] == "demo"
    assert (
        Desk("Data entry", name="other").client.get(url.replace("json", "exe")).status_code == 404
    )


def test_the_page_of_an_edition_lists_its_chapters(section: ProgressSection) -> None:
    url = reverse("admin:actions_progressreport_change", args=(section.report_id,))

    page = Desk("Editor").client.get(url).content.decode()

    assert change(section) in page
    assert "How it reads, and publishing" in page
