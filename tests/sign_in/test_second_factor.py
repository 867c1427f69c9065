"""Nobody opens the data entry with a password alone."""

import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from pytest_django import Settings

from states.models import Organization
from tests.admin import records

from .conftest import FACTORS, LOGIN, Person

pytestmark = pytest.mark.django_db

ADMIN = ["/admin/", "/admin/states/state/", "/admin/states/document/import/", "/admin/auth/user/"]


def where(answer: object) -> str:
    """Where an answer leads to, without what comes after the question mark."""
    return str(answer.headers.get("Location", "")).split("?")[0]  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", ADMIN)
def test_a_password_alone_leads_to_the_page_on_which_a_factor_is_added(
    person: Person, page: str
) -> None:
    person.type_password()

    answer = person.client.get(page)

    assert (answer.status_code, where(answer)) == (302, FACTORS)
    assert person.client.get(FACTORS).status_code == 200


def test_a_password_alone_writes_nothing(person: Person) -> None:
    person.type_password()

    answer = person.client.post("/admin/states/organization/add/", {"code": "x", "name": "X"})

    assert where(answer) == FACTORS
    assert Organization.objects.count() == 0


def test_adding_an_app_opens_the_data_entry_and_gives_recovery_codes(person: Person) -> None:
    person.type_password()

    added = person.add_app()

    assert where(added) == f"{FACTORS}recovery-codes/"
    codes = person.client.get(f"{FACTORS}recovery-codes/").context["unused_codes"]
    assert len(set(codes)) == 10
    assert person.client.get("/admin/").status_code == 200


def test_the_next_sign_in_asks_for_the_code_and_takes_none_twice(person: Person) -> None:
    person.type_password()
    person.add_app()
    shown = person.later()
    again, listener = person.elsewhere(), person.elsewhere()

    assert where(again.type_password()) == f"{FACTORS}authenticate/"
    assert where(again.client.get("/admin/")) == "/admin/login/"
    assert where(again.type_code(shown)) == "/admin/"
    assert again.client.get("/admin/").status_code == 200
    listener.type_password()
    assert listener.type_code(shown).context["form"].errors == {"code": ["Incorrect code."]}


def test_a_recovery_code_opens_once(person: Person) -> None:
    person.type_password()
    person.add_app()
    rescue = person.client.get(f"{FACTORS}recovery-codes/").context["unused_codes"][0]

    first = person.elsewhere()
    first.type_password()
    assert where(first.type_code(rescue)) == "/admin/"

    second = person.elsewhere()
    second.type_password()
    assert second.type_code(rescue).context["form"].errors == {"code": ["Incorrect code."]}


def test_a_session_from_before_the_factor_is_asked_for_it_and_cannot_remove_it(
    person: Person,
) -> None:
    old = person.elsewhere()
    old.type_password()
    person.type_password()
    person.add_app()

    for page in ("/admin/", FACTORS, f"{FACTORS}totp/deactivate/", "/admin/account/confirm/"):
        assert where(old.client.get(page)) == f"{FACTORS}reauthenticate/", page
    answer = old.client.post(f"{FACTORS}reauthenticate/?next=/admin/", {"code": person.later()})
    assert (where(answer), old.client.get("/admin/").status_code) == ("/admin/", 200)


def test_after_a_while_the_factor_is_changed_only_by_who_proves_it_again(person: Person) -> None:
    person.type_password()
    person.add_app()
    assert person.client.get(f"{FACTORS}totp/deactivate/").status_code == 200

    with time_machine.travel(time.time() + 301):
        answer = person.client.get(f"{FACTORS}totp/deactivate/")

    assert where(answer) == "/admin/account/confirm/"


def test_who_removes_the_factor_must_add_another(person: Person) -> None:
    person.type_password()
    person.add_app()
    person.client.post(f"{FACTORS}totp/deactivate/")
    again = person.elsewhere()
    again.type_password()

    assert Authenticator.objects.count() == 0
    assert where(again.client.get("/admin/")) == FACTORS


def test_optional_lets_pass_who_has_none_but_asks_who_has_one(
    person: Person, settings: Settings
) -> None:
    settings.SECOND_FACTOR = "optional"

    assert where(person.type_password()) == "/admin/"
    assert person.client.get("/admin/").status_code == 200
    person.add_app()
    again = person.elsewhere()
    assert where(again.type_password()) == f"{FACTORS}authenticate/"


def test_secrets_are_not_readable_in_the_database(person: Person) -> None:
    person.type_password()
    person.add_app()

    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert person.secret not in stored
    assert Authenticator.objects.get(type="totp").wrap().validate_code(person.later())


def test_secrets_outlive_a_change_of_the_key(person: Person, settings: Settings) -> None:
    person.type_password()
    person.add_app()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, long enough for anybody to be content with it indeed"

    again = person.elsewhere()
    again.type_password()

    assert where(again.type_code(person.later())) == "/admin/"


def test_a_lost_factor_is_removed_in_the_admin_by_a_superuser(person: Person) -> None:
    person.type_password()
    person.add_app()
    clerk = records.user("Editor")
    Authenticator.objects.create(user=clerk, type="totp", data={"secret": "x"})

    answer = person.client.post(
        "/admin/auth/user/",
        {"action": "remove_second_factors", "_selected_action": [clerk.pk]},
        follow=True,
    )

    assert [str(message) for message in answer.context["messages"]][-1] == (
        "1 account has no second factor now: its next sign-in asks for a new one."
    )
    assert set(Authenticator.objects.values_list("user", flat=True)) == {person.user.pk}


def test_a_lost_factor_is_removed_by_command(
    person: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    person.type_password()
    person.add_app()

    call_command("reset_second_factor", "chief")
    call_command("reset_second_factor", "chief")

    assert Authenticator.objects.count() == 0
    assert capsys.readouterr().out.splitlines() == [
        "The next sign-in of “chief” asks for a new second factor.",
        "“chief” had no second factor: nothing was changed.",
    ]
    with pytest.raises(CommandError, match="There is no account “nobody”"):
        call_command("reset_second_factor", "nobody")


@pytest.mark.parametrize("page", ADMIN)
def test_the_signed_out_are_led_to_the_sign_in(client: Client, page: str) -> None:
    answer = client.get(page, follow=True)

    assert [target.split("?")[0] for target, _ in answer.redirect_chain] == ["/admin/login/", LOGIN]
    assert answer.context["redirect_field_value"] == page
