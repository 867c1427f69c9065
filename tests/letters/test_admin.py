"""The secretariat's view of letters: who sees what, what may be decided, what is approved."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from reports.models import (
    Bounce,
    Hold,
    Letter,
    Letterhead,
    LetterSettings,
    LetterStage,
    LetterTemplate,
)
from states.models import Contact
from tests.admin import records
from tests.admin.conftest import messages
from tests.letters import given
from tests.reports import given as reports

pytestmark = pytest.mark.django_db

TODAY = date(2011, 5, 10)
NOW = datetime(2011, 5, 10, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Any:
    """The tenth of May 2011: 102 days after the first due dates."""
    with time_machine.travel(NOW, tick=False):
        yield


def desk(role: str = "") -> Client:
    client = Client()
    client.force_login(records.user(role))
    return client


def page(name: str, *arguments: Any) -> str:
    return reverse(f"admin:reports_letter_{name}", args=arguments)


def drafted(*, states: int = 1) -> list[Letter]:
    """Letters that wait for approval, one a state."""
    given.office()
    for iso3, name in [("NOR", "Norway"), ("MLI", "Mali"), ("FJI", "Fiji")][:states]:
        given.owing(iso3, name)
    given.day_of_work(TODAY)
    return list(Letter.objects.order_by("pk"))


def decide(client: Client, letter: Letter, name: str, **entered: str) -> Any:
    data = {f"{name}-{field}": value for field, value in entered.items()}
    return client.post(page("decide", letter.pk, name), data, follow=True)


def shown(letter: Letter) -> str:
    """What the form of approval sends for a letter that was previewed."""
    return f"{letter.pk}:{letter.sha256}"


# Who may do what

ROLES = ["Auditor", "Data entry", "Editor"]


@pytest.mark.parametrize("role", ROLES)
def test_every_role_reads_letters(role: str) -> None:
    [letter] = drafted()
    client = desk(role)

    for address in (
        page("changelist"),
        page("outbox"),
        page("change", letter.pk),
        page("state", letter.state_id),
        page("html", letter.pk),
        page("pdf", letter.pk),
    ):
        assert client.get(address).status_code == 200, address


def test_nobody_reads_letters_from_outside() -> None:
    [letter] = drafted()

    for name in ("change", "html", "pdf"):
        assert Client().get(page(name, letter.pk)).status_code == 302


@pytest.mark.parametrize(
    ("role", "status"), list(zip(ROLES, ["drafted", "drafted", "approved"], strict=True))
)
def test_editors_alone_approve(role: str, status: str) -> None:
    [letter] = drafted()

    response = desk(role).post(page("approve"), {"letter": shown(letter)})

    letter.refresh_from_db()
    assert (letter.status, response.status_code) == (status, 302 if status == "approved" else 403)


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        ("Auditor", []),
        ("Data entry", ["sent-otherwise"]),
        ("Editor", ["sent-otherwise", "resend", "cancel"]),
    ],
)
def test_a_letters_page_offers_what_the_role_may_decide(role: str, offered: list[str]) -> None:
    [letter] = drafted()

    response = desk(role).get(page("change", letter.pk))

    assert [decision.name for decision, _form in response.context["decisions"]] == offered
    assert response.context["may_approve"] == (role == "Editor")


@pytest.mark.parametrize("role", ROLES)
def test_nobody_types_into_a_letter(role: str) -> None:
    [letter] = drafted()
    client = desk(role)

    assert client.get(page("add")).status_code == 403
    assert client.get(page("delete", letter.pk)).status_code == 403
    client.post(page("change", letter.pk), {"subject": "Another", "status": "sent"})

    assert Letter.objects.get().subject == letter.subject


# Approval


def test_several_letters_are_approved_at_once_by_what_was_shown() -> None:
    letters = drafted(states=3)
    client = desk("Editor")
    form = client.get(page("approve"))
    assert [letter.pk for letter, _report, _to in form.context["letters"]] == [
        letter.pk for letter in letters
    ]

    response = client.post(
        page("approve"), {"letter": [shown(letter) for letter in letters[:2]]}, follow=True
    )

    assert messages(response) == ["2 letters approved."]
    assert list(Letter.objects.order_by("pk").values_list("status", flat=True)) == [
        "approved",
        "approved",
        "drafted",
    ]
    approved = Letter.objects.get(pk=letters[0].pk)
    event = approved.events.get(to_status="approved")
    assert event.by is not None
    assert (event.by.username, event.sha256, approved.approved_sha256) == (
        "editor",
        letters[0].sha256,
        letters[0].sha256,
    )


def test_what_was_not_shown_is_not_approved() -> None:
    [letter] = drafted()

    response = desk("Editor").post(
        page("approve"), {"letter": f"{letter.pk}:{'0' * 64}"}, follow=True
    )

    assert messages(response) == [
        f"Letter {letter.number} is not the one that was shown: open it and look again."
    ]
    assert Letter.objects.get().status == "drafted"


def test_a_letter_without_an_address_is_shown_and_cannot_be_approved() -> None:
    given.office()
    given.owing(email="")
    given.day_of_work(TODAY)
    letter = Letter.objects.get()
    client = desk("Editor")

    assert client.get(page("change", letter.pk)).context["has_address"] is False
    response = client.post(page("approve"), {"letter": shown(letter)}, follow=True)

    assert messages(response)[0].startswith(f"Letter {letter.number} has no address")
    assert Letter.objects.get().status == "drafted"


def test_a_letter_out_of_date_cannot_be_approved() -> None:
    [letter] = drafted()

    with time_machine.travel(datetime(2011, 5, 17, tzinfo=UTC), tick=False):
        response = desk("Editor").post(page("approve"), {"letter": shown(letter)}, follow=True)

    assert messages(response)[0].startswith(f"Letter {letter.number} is out of date")


@pytest.mark.parametrize("sent", ["", "x", "1", "999:abc", "²:abc", "9" * 40 + ":a"])
def test_nonsense_approves_nothing(sent: str) -> None:
    drafted()

    response = desk("Editor").post(page("approve"), {"letter": sent})

    assert response.status_code == 302
    assert Letter.objects.get().status == "drafted"


# Decisions


def test_chosen_letters_are_cancelled_with_a_reason() -> None:
    letters = drafted(states=3)
    client = desk("Editor")
    chosen = {
        "action": "cancel_chosen",
        "_selected_action": [letter.pk for letter in letters[:2]],
    }

    asked = client.post(page("changelist"), chosen)
    assert asked.templates[0].name == "admin/reports/letter/cancel.html"
    reason = "x" * 5000
    client.post(page("changelist"), chosen | {"reason": reason, "confirmed": "1"})

    cancelled = Letter.objects.filter(status="cancelled", cancelled_because="by_staff")
    assert [letter.pk for letter in cancelled.order_by("pk")] == [item.pk for item in letters[:2]]
    assert cancelled[0].events.get(to_status="cancelled").reason == reason
    # What a person decided is not drafted again.
    given.day_of_work(TODAY)
    assert Letter.objects.count() == 3


def test_a_decision_needs_a_reason() -> None:
    [letter] = drafted()

    response = decide(desk("Editor"), letter, "cancel", reason="  ")

    [form] = [form for decision, form in response.context["decisions"] if form.errors]
    assert form.errors == {"reason": ["This field is required."]}
    assert Letter.objects.get().status == "drafted"


def test_a_letter_is_written_anew_as_a_new_one_that_waits() -> None:
    [letter] = drafted()
    client = desk("Editor")
    Contact.objects.update(email="new@mission.example")

    response = decide(client, letter, "resend", reason="The address was wrong.")

    old, new = Letter.objects.order_by("pk")
    assert (old.status, old.cancelled_because) == ("cancelled", "by_staff")
    assert (new.status, new.attempt, new.resend_of) == ("drafted", 2, old)
    assert new.recipients.get().email == "new@mission.example"
    assert new.message_id != old.message_id
    assert response.redirect_chain[-1][0] == page("change", new.pk)
    assert "The address was wrong." in new.events.values_list("reason", flat=True)


def test_nothing_is_written_anew_once_the_report_is_in() -> None:
    [letter] = drafted()
    reports.recorded(letter.state, "2011-05-09", by=records.user(), today=TODAY)

    response = decide(desk("Editor"), letter, "resend", reason="Once more.")

    [form] = [form for _decision, form in response.context["decisions"] if form.errors]
    assert form.non_field_errors() == [
        "The report is in, or nobody can say that it is owed: no letter is written."
    ]
    assert Letter.objects.count() == 1


def test_a_letter_that_went_out_by_other_means_is_sent() -> None:
    [letter] = drafted()

    decide(desk("Data entry"), letter, "sent-otherwise", on="2011-05-10", reason="By hand.")

    letter.refresh_from_db()
    assert (letter.status, letter.sent_by, letter.sent_at) == ("sent", "other", NOW)
    assert letter.events.get(to_status="sent").reason == "By hand."


@pytest.mark.parametrize("day", ["2011-05-09", "2011-05-11"])
def test_it_cannot_have_gone_out_before_it_was_written_or_tomorrow(day: str) -> None:
    [letter] = drafted()

    decide(desk("Data entry"), letter, "sent-otherwise", on=day, reason="By hand.")

    assert Letter.objects.get().status == "drafted"


def test_a_reply_stands_in_the_correspondence() -> None:
    [letter] = drafted()
    client = desk("Data entry")
    decide(client, letter, "sent-otherwise", on="2011-05-10", reason="By hand.")

    decide(client, letter, "reply", on="2011-05-10", reason="The report is being prepared.")

    entries = client.get(page("state", letter.state_id)).context["entries"]
    assert [(entry.letter.pk, getattr(entry.reply, "summary", "")) for entry in entries] == [
        (letter.pk, ""),
        (letter.pk, "The report is being prepared."),
    ]


@pytest.mark.parametrize(
    ("name", "status", "sent_by"), [("arrived", "sent", "mail"), ("try-again", "approved", "")]
)
def test_staff_decide_about_an_uncertain_letter(name: str, status: str, sent_by: str) -> None:
    [letter] = drafted()
    Letter.objects.update(status="uncertain", approved_sha256=letter.sha256, attempts=3)
    client = desk("Editor")
    assert page_of_outbox(client).uncertain == [letter]

    decide(client, letter, name, reason="The mission said so.")

    letter.refresh_from_db()
    assert (letter.status, letter.sent_by) == (status, sent_by)


def test_a_decision_that_came_too_late_changes_nothing() -> None:
    [letter] = drafted()
    Letter.objects.update(status="sent", sent_at=NOW, sent_by="mail", approved_sha256=letter.sha256)

    response = decide(desk("Editor"), letter, "cancel", reason="Too late.")

    assert messages(response) == ["That cannot be done with the letter as it stands by now."]
    assert Letter.objects.get().status == "sent"


# The outbox and the front page


def page_of_outbox(client: Client) -> Any:
    return client.get(page("outbox")).context["outbox"]


@pytest.mark.parametrize("states", [1, 3])
def test_the_outbox_costs_the_same_however_much_stands_in_it(
    states: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    drafted(states=states)
    client = desk("Editor")

    with django_assert_num_queries(36):
        outbox = page_of_outbox(client)

    assert len(outbox.awaiting) == states


def test_the_outbox_shows_what_comes_in_the_next_thirty_days() -> None:
    given.office()
    given.owing()
    # Deposited 11 May 2010, in force 1 November 2010: due 30 April 2011, 30 days later 30 May.
    late = records.party("MLI", "Mali", deposited="2010-05-11")

    ahead = page_of_outbox(desk()).ahead

    assert [(call.state, call.on, call.stage, call.has_address) for call in ahead] == [
        ("Mali", TODAY, "The day after the due date", False),
        ("Norway", TODAY, "90 days after the due date", True),
        ("Mali", date(2011, 5, 30), "30 days after the due date", False),
    ]
    assert Letter.objects.count() == 0
    assert late.letters.count() == 0


def test_the_front_page_says_who_cannot_be_written_to() -> None:
    given.office()
    given.owing()
    given.owing("MLI", "Mali", email="")
    client = desk("Data entry")

    before = client.get(reverse("admin:index")).content.decode()
    Bounce.objects.create(email="nor@mission.example", bounced_at=NOW)
    after = client.get(reverse("admin:index")).content.decode()

    assert "1 State Party has no permanent mission with an address." in before
    assert "Mail came back from:" not in before
    assert "Mail came back from:" in after
    norway = Contact.objects.get(email="nor@mission.example").state_id
    assert reverse("admin:states_state_change", args=[norway]) in after


def test_the_front_page_says_which_letters_name_neither_guide_nor_forms() -> None:
    given.office()
    Letterhead.objects.exclude(language="en").update(guide_url="")
    client = desk("Data entry")
    assert "the forms are (Arabic, Spanish, French)" in client.get(
        reverse("admin:index")
    ).content.decode().replace("\n", " ")

    Letterhead.objects.update(guide_url="https://ccm.test/guide", forms_url="https://ccm.test/f")

    assert page_of_outbox(client).without_links == ()


def test_letters_stand_under_a_heading_of_their_own_that_leads_to_the_outbox() -> None:
    parts = desk("Data entry").get(reverse("admin:index")).context["app_list"]

    names = {
        str(part["name"]): [model["object_name"] for model in part["models"]] for part in parts
    }
    assert {"Letter", "LetterStage", "Letterhead", "Hold", "JobRun"} <= set(names["Letters"])
    assert "TransparencyReport" in names["Transparency reports"]
    assert "Letter" not in names["Transparency reports"]
    assert [part["app_url"] for part in parts if part["name"] == "Letters"] == [page("outbox")]


def test_more_letters_than_somebody_reads_at_once_follow_when_those_are_decided(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("reports.admin.letters.letter.READ_AT_ONCE", 2)
    letters = drafted(states=3)
    client = desk("Editor")

    first = client.get(page("approve"))
    assert len(first.context["letters"]) == 2
    assert "2 of 3 letters stand here" in first.content.decode()

    client.post(page("approve"), {"letter": [shown(each[0]) for each in first.context["letters"]]})
    assert len(client.get(page("approve")).context["letters"]) == 1
    assert len(letters) == 3


def test_a_bounce_is_recorded_by_hand_and_settled() -> None:
    [letter] = drafted()
    Letter.objects.update(status="sent", sent_at=NOW, sent_by="mail", approved_sha256=letter.sha256)
    client = desk("Data entry")

    client.post(
        reverse("admin:reports_bounce_add"),
        {"email": "nor@mission.example", "reason": "550 unknown user", "is_permanent": "on"},
    )
    bounce = Bounce.objects.get()
    assert (bounce.recipient, letter.recipients.get().outcome) == (
        letter.recipients.get(),
        "bounced",
    )

    client.post(
        reverse("admin:reports_bounce_changelist"),
        {"action": "settle", "_selected_action": [bounce.pk]},
    )
    assert list(Bounce.objects.standing()) == []


# The letter as its reader sees it


def test_the_letter_stands_in_a_frame_that_runs_and_loads_nothing() -> None:
    [letter] = drafted()
    client = desk("Auditor")

    around = client.get(page("change", letter.pk))
    framed = client.get(page("html", letter.pk))

    assert "frame-src 'self'" in around["Content-Security-Policy"]
    policy = framed["Content-Security-Policy"]
    assert "sandbox;" in policy
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert framed.content.decode() == letter.html


def test_the_pdf_is_the_one_that_goes_out() -> None:
    [letter] = drafted()

    response = desk("Auditor").get(page("pdf", letter.pk))

    assert (response["Content-Type"], response.content) == ("application/pdf", bytes(letter.pdf))


# Rules of the ladder


@pytest.mark.parametrize(
    ("role", "status"), [("Auditor", 403), ("Data entry", 403), ("Editor", 200)]
)
def test_editors_alone_change_the_ladder(role: str, status: int) -> None:
    given.office()
    client = desk(role)

    for model in ("letterstage", "lettertemplate", "hold"):
        assert client.get(reverse(f"admin:reports_{model}_add")).status_code == status


def test_reminders_are_switched_on_with_a_sender_alone() -> None:
    client = desk("Editor")
    address = reverse("admin:reports_lettersettings_add")
    entered = {"reminders_from": "2011-05-01", "number_format": "CCM/{year}/{number}"}

    refused = client.post(address, entered)
    assert refused.context["adminform"].form.errors == {
        "sender_email": ["Give the address from which letters are sent."]
    }
    client.post(address, entered | {"sender_email": "isu@ccm.example"})

    settings = LetterSettings.current()
    assert (settings.pk, settings.reminders_from) == (1, date(2011, 5, 1))
    assert client.get(reverse("admin:reports_lettersettings_changelist")).status_code == 302


@pytest.mark.parametrize(
    "number", ["{number}", "{year}", "{year}/{number}/{x}", "{number}{number}{year}"]
)
def test_a_numbering_that_repeats_itself_is_refused(number: str) -> None:
    response = desk("Editor").post(
        reverse("admin:reports_lettersettings_add"), {"number_format": number}
    )

    assert list(response.context["adminform"].form.errors) == ["number_format"]


def test_two_stages_of_one_day_are_refused() -> None:
    given.office()
    stage = LetterStage.objects.get(code="after-30")

    response = desk("Editor").post(
        reverse("admin:reports_letterstage_add"),
        {
            "name": "Another",
            "code": "another",
            "days": "30",
            "for_annual": "on",
            "template": stage.template_id,
            "addressed_to": "both",
            "is_active": "on",
        },
    )

    assert response.context["adminform"].form.errors == {
        "days": ["Another stage in use stands on this day already, for the same reports."]
    }


def test_a_wrong_placeholder_is_refused_when_the_template_is_saved() -> None:
    given.office()
    template = LetterTemplate.objects.get(code="announcement")
    client = desk("Editor")
    address = reverse("admin:reports_lettertemplate_change", args=[template.pk])
    sent = {
        "name": template.name,
        "code": template.code,
        "texts-TOTAL_FORMS": "1",
        "texts-INITIAL_FORMS": "1",
        "texts-0-id": template.texts.get(language="en").pk,
        "texts-0-template": template.pk,
        "texts-0-language": "en",
        "texts-0-subject": "{report}",
        "texts-0-body": "It is due on {due_dat}.",
    }

    response = client.post(address, sent)

    [formset] = [item.formset for item in response.context["inline_admin_formsets"]]
    assert formset.errors == [
        {"body": ["“{due_dat}” is not a placeholder: did you mean {due_date}?"]}
    ]


def test_a_hold_is_entered_with_its_reason_and_end() -> None:
    norway = given.owing()
    client = desk("Editor")

    client.post(
        reverse("admin:reports_hold_add"),
        {
            "state": norway.pk,
            "kind": "",
            "period": "",
            "held_from": "2011-05-10",
            "held_until": "2011-06-01",
            "reason": "Consultations.",
        },
    )

    hold = Hold.objects.get()
    assert (hold.state, hold.held_until, hold.reason) == (
        norway,
        date(2011, 6, 1),
        "Consultations.",
    )
