"""Passwords, limits of tries and of sessions, and what is kept of accounts."""

import logging

import pytest
import time_machine
from django.conf import settings as portal
from django.contrib.auth.models import Group, User
from django.core.cache import caches
from django.test import Client
from pytest_django import Settings

from tests.admin import records

from .conftest import LOGIN, PASSWORD, Person, code

pytestmark = pytest.mark.django_db

NOON = "2026-03-02T12:00:00+00:00"


@pytest.mark.parametrize(
    "page", ["signup/", "email/", "password/reset/", "password/set/", "login/code/"]
)
def test_nobody_makes_an_account_or_resets_a_password_from_outside(
    client: Client, page: str
) -> None:
    answer = client.get(f"/admin/account/{page}", follow=True)

    assert [target.split("?")[0] for target, _status in answer.redirect_chain] == [
        "/admin/login/",
        LOGIN,
    ]
    assert User.objects.count() == 0


def test_a_wrong_password_says_nothing_of_the_account(person: Person) -> None:
    wrong = person.type_password("wrong")
    unknown = Client().post(LOGIN, {"login": "nobody", "password": "wrong"})

    assert wrong.context["form"].errors == unknown.context["form"].errors
    assert wrong.context["form"].non_field_errors() == [
        "The username and/or password you specified are not correct."
    ]


def test_after_five_wrong_passwords_the_right_one_must_wait(person: Person) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(5):
            person.elsewhere().type_password("wrong")
        refused = person.elsewhere().type_password()
        clock.shift(301)
        let_in = person.elsewhere().type_password()

    assert refused.context["form"].non_field_errors() == [
        "Too many failed login attempts. Try again later."
    ]
    assert (refused.status_code, let_in.status_code) == (200, 302)


def test_pages_that_are_kept_push_no_count_of_tries_out(
    person: Person, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PAGE_CACHE = True
    monkeypatch.setattr(caches["default"], "_max_entries", 20, raising=False)
    monkeypatch.setattr(caches["pages"], "_max_entries", 20, raising=False)
    for _ in range(5):
        person.elsewhere().type_password("wrong")
    reader = Client(HTTP_HOST="localhost")
    for number in range(40):
        reader.get("/robots.txt", {"number": number})

    refused = person.elsewhere().type_password()

    assert refused.context["form"].non_field_errors() == [
        "Too many failed login attempts. Try again later."
    ]


def test_after_five_wrong_codes_the_right_one_must_wait(person: Person) -> None:
    person.type_password()
    person.add_app()
    again = person.elsewhere()
    again.type_password()
    for _ in range(5):
        again.type_code("000000")

    refused = again.type_code(person.later())

    assert refused.context["form"].errors == {
        "code": ["Too many failed login attempts. Try again later."]
    }


def test_a_machine_that_tries_many_names_is_told_to_wait(db: None) -> None:
    client = Client()
    with time_machine.travel(NOON, tick=False):
        answers = [client.post(LOGIN, {"login": f"name{number}"}) for number in range(31)]

    assert {answer.status_code for answer in answers[:30]} == {200}
    assert answers[30].status_code == 429
    assert "That was too much at once" in answers[30].content.decode()


def test_the_address_that_is_counted_cannot_be_chosen_by_the_caller(db: None) -> None:
    client = Client()
    with time_machine.travel(NOON, tick=False):
        answers = [
            client.post(
                LOGIN,
                {"login": f"name{number}"},
                headers={"X-Forwarded-For": f"192.0.2.{number}"},
            )
            for number in range(31)
        ]

    assert answers[30].status_code == 429


@pytest.mark.parametrize("elsewhere", ["//elsewhere.example/", "https://elsewhere.example/"])
def test_signing_in_leads_nowhere_else(person: Person, settings: Settings, elsewhere: str) -> None:
    settings.SECOND_FACTOR = "optional"

    answer = person.type_password(next=elsewhere)

    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


def test_an_account_that_is_not_staff_opens_nothing(person: Person) -> None:
    person.user.is_staff = False
    person.user.is_superuser = False
    person.user.save()
    person.type_password()
    person.add_app()

    answer = person.client.get("/admin/states/state/", follow=True)

    assert (answer.request["PATH_INFO"], answer.status_code) == ("/admin/login/", 403)


def test_an_account_that_was_closed_is_refused(person: Person) -> None:
    person.user.is_active = False
    person.user.save()

    assert person.type_password()["Location"] == "/admin/account/inactive/"
    assert person.client.get("/admin/").status_code == 302


def test_the_session_is_sent_to_the_admin_alone(person: Person) -> None:
    cookie = person.type_password().cookies[portal.SESSION_COOKIE_NAME]

    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/admin/", True, "Lax")


@pytest.mark.parametrize(
    ("steps", "status"),
    [
        # Minutes between pages; the last page is the one that counts.
        ([119], 200),
        ([120], 302),
        ([60] * 9, 200),
        ([60] * 10, 302),
    ],
)
def test_a_session_ends_after_idle_hours_and_at_the_end_of_the_day(
    person: Person, settings: Settings, steps: list[int], status: int
) -> None:
    settings.SECOND_FACTOR = "optional"
    with time_machine.travel(NOON, tick=False) as clock:
        person.type_password()
        person.client.get("/admin/")
        for minutes in steps:
            clock.shift(minutes * 60)
            answer = person.client.get("/admin/")

    assert answer.status_code == status


def test_passwords_are_kept_by_argon2_and_changed_only_to_good_ones(
    person: Person, settings: Settings
) -> None:
    settings.SECOND_FACTOR = "optional"
    person.type_password()
    assert User.objects.get().password.startswith("argon2$")

    def change(new: str) -> list[str]:
        sent = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
        answer = person.client.post("/admin/password_change/", sent)
        return list(answer.context["form"].errors["new_password2"]) if answer.context else []

    assert change("short") == [
        "This password is too short. It must contain at least 12 characters."
    ]
    assert change("password1234") == ["This password is too common."]
    assert change("372948572394") == ["This password is entirely numeric."]
    assert change("another long sentence, quite different") == []


def test_what_was_typed_is_never_logged(person: Person, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        Client().post(LOGIN, {"login": "my-secret-as-name", "password": "my-secret-word"})
        person.type_password()
        person.add_app()
        person.elsewhere().type_password()

    said = caplog.text
    assert "A sign-in failed" in said
    assert f"Account {person.user.pk} signed in" in said
    for secret in ("my-secret-as-name", "my-secret-word", PASSWORD, code(person.secret)):
        assert secret not in said


def test_a_role_given_is_kept_with_who_gave_it_and_a_sign_in_is_not(
    person: Person, settings: Settings
) -> None:
    settings.SECOND_FACTOR = "optional"
    clerk = records.user("Data entry")
    editor = Group.objects.get(name="Editor")
    person.type_password()
    before = User.history.count()  # type: ignore[attr-defined]

    person.client.post(
        f"/admin/auth/user/{clerk.pk}/change/",
        {
            "username": clerk.username,
            "is_active": "on",
            "is_staff": "on",
            "groups": [editor.pk],
            "date_joined_0": "2026-01-01",
            "date_joined_1": "00:00:00",
        },
    )
    person.elsewhere().type_password()

    latest = clerk.history.latest()  # type: ignore[attr-defined]
    assert [str(item.group) for item in latest.groups.all()] == ["Editor"]
    assert latest.history_user == person.user
    assert not hasattr(latest, "password")
    written = User.history.count() - before  # type: ignore[attr-defined]
    assert written == User.history.filter(id=clerk.pk, history_user=person.user).count()  # type: ignore[attr-defined]
