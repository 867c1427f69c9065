"""What the daily run writes, cancels and leaves alone."""

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from reports.letters import daily, drafting
from reports.letters.drafting import CannotDraft
from reports.letters.planning import Plan
from reports.models import (
    Bounce,
    Coverage,
    Hold,
    Letter,
    Letterhead,
    LetterSettings,
    LetterStage,
    LetterText,
)
from states.models import Contact
from tests.admin import records
from tests.letters import given
from tests.reports import given as reports

pytestmark = pytest.mark.django_db

DUE = date(2011, 1, 28)


def after(days: int) -> date:
    return DUE + timedelta(days=days)


def standing() -> list[tuple[str, int, int, str, str]]:
    """Each letter: stage, occurrence, attempt, status, why it was cancelled."""
    return list(
        Letter.objects.order_by("pk").values_list(
            "stage__code", "occurrence", "attempt", "status", "cancelled_because"
        )
    )


def test_a_letter_says_all_that_it_must() -> None:
    given.office()
    Letterhead.objects.update(
        guide_url="https://ccm.example/guide", forms_url="https://ccm.example/forms"
    )
    norway = given.owing(form_of_address="Madam Ambassador")
    Contact.objects.create(
        state=norway, kind="focal_point", name="Kari Nordmann", email="kari@mfa.example"
    )

    given.day_of_work(after(30))

    letter = Letter.objects.get()
    assert (letter.number, letter.language, letter.dated_on) == ("CCM/ISU/2011/1", "en", after(30))
    assert (letter.due_on, letter.days_late, letter.valid_until) == (DUE, 30, after(37))
    assert letter.sender == '"CCM Secretariat" <isu@ccm.example>'
    assert letter.subject == (
        "Convention on Cluster Munitions: initial transparency report of Norway, "
        "which fell due on 28 January 2011"
    )
    for words in (
        "Madam Ambassador,",
        "the Permanent Mission of Norway",
        "Article 7, paragraph 1",
        "28 January 2011",
        "the report is 30 days overdue",
        "Guide to reporting: https://ccm.example/guide",
        "Reporting forms: https://ccm.example/forms",
        "For questions and assistance: the Secretariat",
        "Copy: Kari Nordmann",
    ):
        assert words in letter.text
    assert list(letter.recipients.values_list("role", "email")) == [
        ("to", "nor@mission.example"),
        ("cc", "kari@mfa.example"),
    ]
    assert [(event.to_status, event.by) for event in letter.events.all()] == [
        ("drafted", None),
        ("approved", None),
    ]


def test_running_again_writes_nothing_new() -> None:
    given.office()
    given.owing()

    first = given.day_of_work(after(1))
    second = given.day_of_work(after(1))

    assert (len(first.drafted.letters), second.drafted.letters) == (1, [])
    assert Letter.objects.count() == 1


def test_of_two_runs_that_planned_the_same_one_writes_the_letter() -> None:
    given.office()
    given.owing()
    one, other = Plan.load(after(1)), Plan.load(after(1))

    first = drafting.draft(plan=one, now=given.at(after(1)))
    second = drafting.draft(plan=other, now=given.at(after(1)))

    assert (len(first.letters), first.written_already) == (1, 0)
    assert (len(second.letters), second.written_already) == (0, 1)
    assert Letter.objects.get().number == "CCM/ISU/2011/1"


@pytest.mark.parametrize("reminders_from", [None, after(2)])
def test_nothing_is_written_before_reminders_are_switched_on(reminders_from: Any) -> None:
    given.office(reminders_from=reminders_from)
    given.owing()

    run = given.day_of_work(after(1))

    assert (run.is_switched_on, Letter.objects.count()) == (False, 0)


def test_what_fell_due_before_reminders_began_waits_for_approval() -> None:
    given.office(reminders_from=after(1))
    given.owing()

    given.day_of_work(after(1))

    letter = Letter.objects.get()
    assert (letter.status, letter.needs_approval) == ("drafted", True)
    assert letter.needs_approval_because == "The report fell due before reminders began"


def test_without_an_address_a_letter_is_written_and_waits() -> None:
    given.office()
    given.owing(email="")

    given.day_of_work(after(1))

    assert standing() == [("after-1", 0, 1, "drafted", "")]
    assert Letter.objects.get().recipients.count() == 0


def test_once_there_is_an_address_the_letter_is_written_anew() -> None:
    given.office()
    given.owing(email="")
    given.day_of_work(after(1))

    Contact.objects.update(email="found@mission.example")
    given.day_of_work(after(2))

    assert standing() == [
        ("after-1", 0, 1, "cancelled", "address_changed"),
        ("after-1", 0, 2, "approved", ""),
    ]
    assert Letter.objects.get(attempt=2).days_late == 2


def test_an_address_from_which_mail_came_back_is_none() -> None:
    given.office()
    given.owing()
    Bounce.objects.create(email="NOR@mission.example", bounced_at=given.at(DUE))

    given.day_of_work(after(1))

    assert standing() == [("after-1", 0, 1, "drafted", "")]


def test_after_a_week_a_letter_that_did_not_go_out_is_written_anew() -> None:
    given.office()
    given.owing(email="")

    for day in (1, 7, 8):
        given.day_of_work(after(day))

    assert standing() == [
        ("after-1", 0, 1, "cancelled", "superseded"),
        ("after-1", 0, 2, "drafted", ""),
    ]


def test_the_next_stage_supersedes_a_letter_that_waits() -> None:
    given.office()
    given.owing(email="")

    for day in (28, 30):
        given.day_of_work(after(day))

    assert standing() == [
        ("after-1", 0, 1, "cancelled", "superseded"),
        ("after-30", 0, 1, "drafted", ""),
    ]


def test_a_letter_that_waits_is_cancelled_when_the_report_arrives() -> None:
    given.office()
    norway = given.owing()
    given.day_of_work(after(1))

    reports.recorded(norway, "2011-01-30", by=records.user())
    given.day_of_work(after(2))
    given.day_of_work(after(30))

    assert standing() == [("after-1", 0, 1, "cancelled", "report_arrived")]
    assert list(Letter.objects.get().events.values_list("to_status", flat=True)) == [
        "drafted",
        "approved",
        "cancelled",
    ]


def test_a_receipt_that_was_a_mistake_brings_the_letter_back() -> None:
    given.office()
    norway = given.owing()
    given.day_of_work(after(1))
    report = reports.recorded(norway, "2011-01-30", by=records.user()).report
    given.day_of_work(after(2))

    report.delete()
    given.day_of_work(after(3))

    assert standing()[-1] == ("after-1", 0, 2, "approved", "")


def test_a_hold_cancels_what_waits_and_ends_on_its_day() -> None:
    given.office()
    norway = given.owing()
    given.day_of_work(after(1))
    Hold.objects.create(
        state=norway, held_from=after(2), held_until=after(5), reason="Consultations."
    )

    for day in (2, 4, 5):
        given.day_of_work(after(day))

    assert standing() == [
        ("after-1", 0, 1, "cancelled", "held"),
        ("after-1", 0, 2, "approved", ""),
    ]


def test_what_nobody_vouches_for_any_more_is_cancelled() -> None:
    given.office()
    given.owing()
    given.day_of_work(after(1))

    Coverage.objects.update(is_kept_up=False, complete_through=DUE)
    given.day_of_work(after(2))

    assert standing() == [("after-1", 0, 1, "cancelled", "not_owed")]


def test_a_letter_of_a_past_day_waits_out_of_date_and_none_is_written_for_a_day_to_come() -> None:
    given.office()
    given.owing()

    daily.run(on=after(1), now=given.at(after(40)))
    with pytest.raises(CannotDraft):
        daily.run(on=after(41), now=given.at(after(40)))

    assert standing() == [("after-1", 0, 1, "drafted", "")]


@pytest.mark.parametrize(
    ("of_contact", "of_state", "language"),
    [
        ("", "", "en"),
        ("", "fr;en", "fr"),
        ("es", "fr", "es"),
        ("ar", "", "ar"),
        ("pt", "fr", "fr"),  # no letters in Portuguese
    ],
)
def test_the_language_is_the_contacts_then_the_states_then_english(
    of_contact: str, of_state: str, language: str
) -> None:
    given.office()
    norway = given.owing(language=of_contact)
    norway.languages = of_state
    norway.save()

    given.day_of_work(after(1))

    assert Letter.objects.get().language == language


def test_a_language_without_a_text_of_the_template_falls_back_to_english() -> None:
    given.office()
    given.owing(language="fr")
    LetterText.objects.filter(language="fr").delete()

    given.day_of_work(after(1))

    assert Letter.objects.get().language == "en"


def test_without_a_text_in_english_the_run_says_what_is_missing() -> None:
    given.office()
    given.owing()
    LetterText.objects.filter(language="en").delete()

    with pytest.raises(CannotDraft, match="has no text in English"):
        given.day_of_work(after(1))

    assert Letter.objects.count() == 0


def test_stages_say_whom_letters_address() -> None:
    given.office()
    norway = given.owing()
    Contact.objects.create(
        state=norway, kind="focal_point", name="Kari Nordmann", email="kari@mfa.example"
    )
    LetterStage.objects.update(addressed_to="focal_point", copy_to="a@ccm.example\nb@ccm.example")

    given.day_of_work(after(1))

    letter = Letter.objects.get()
    assert list(letter.recipients.values_list("role", "email")) == [
        ("to", "kari@mfa.example"),
        ("cc", "a@ccm.example"),
        ("cc", "b@ccm.example"),
    ]
    assert "presents its compliments to Kari Nordmann" in letter.text


def test_contacts_out_of_service_get_nothing() -> None:
    given.office()
    norway = given.owing(serves_until=after(1))
    given.mission(norway, email="new@mission.example", serves_from=after(1))

    given.day_of_work(after(1))

    assert list(Letter.objects.get().recipients.values_list("email", flat=True)) == [
        "new@mission.example"
    ]


def test_numbers_count_up_in_each_year() -> None:
    given.office()
    LetterSettings.objects.update(number_format="{number}/{year}")
    for iso3, name in (("NOR", "Norway"), ("MLI", "Mali")):
        given.owing(iso3, name)

    given.day_of_work(after(1))
    given.day_of_work(after(540))

    assert list(Letter.objects.order_by("pk").values_list("number", flat=True)) == [
        "1/2011",
        "2/2011",
        "1/2012",
        "2/2012",
    ]


@pytest.mark.parametrize("states", [1, 3])
def test_a_day_without_letters_costs_the_same_however_many_states(
    states: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    given.office()
    for iso3, name in [("NOR", "Norway"), ("MLI", "Mali"), ("FJI", "Fiji")][:states]:
        given.owing(iso3, name)
    given.day_of_work(after(1))

    with django_assert_num_queries(15):
        given.day_of_work(after(2))
