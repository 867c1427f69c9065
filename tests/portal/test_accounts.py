"""The first account of a new installation."""

from io import StringIO

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from ccm_portal.accounts import FirstAccount, create_first_account

pytestmark = pytest.mark.django_db
User = get_user_model()


def run_command(*arguments: str) -> str:
    said = StringIO()
    call_command("first_account", *arguments, stdout=said)
    return said.getvalue()


def test_the_first_account_opens_the_admin_with_the_password_it_was_given(client: Client) -> None:
    account = create_first_account(username="secretariat")

    assert account is not None
    assert account.username == "secretariat"
    user = authenticate(username=account.username, password=account.password)
    assert user is not None
    assert (user.is_staff, user.is_superuser, user.is_active) == (True, True, True)
    assert client.login(username=account.username, password=account.password) is True
    assert client.get(reverse("admin:index")).status_code == 200


def test_the_password_is_long_random_and_never_the_same() -> None:
    first = create_first_account(username="first")
    User.objects.all().delete()
    second = create_first_account(username="second")

    assert isinstance(first, FirstAccount)
    assert isinstance(second, FirstAccount)
    assert (len(first.password), len(second.password)) == (20, 20)
    assert first.password != second.password


@pytest.mark.parametrize("is_active", [True, False])
def test_no_account_is_made_where_staff_exist_already(is_active: bool) -> None:
    User.objects.create(username="lawyer", is_staff=True, is_active=is_active)

    assert create_first_account(username="secretariat") is None
    assert list(User.objects.values_list("username", flat=True)) == ["lawyer"]


def test_the_command_shows_name_and_password_once() -> None:
    said = run_command()

    password = said.split("password  ")[1].split()[0]
    assert authenticate(username="secretariat", password=password) is not None
    assert run_command() == ""
    assert run_command("--verbosity=2") == "A staff account exists already: nothing was changed.\n"


def test_the_command_takes_another_name() -> None:
    run_command("--username", "geneva")

    assert User.objects.get().username == "geneva"


def test_a_name_that_belongs_to_somebody_else_is_refused() -> None:
    User.objects.create(username="secretariat")

    with pytest.raises(CommandError) as refusal:
        run_command()

    assert str(refusal.value) == (
        "The account “secretariat” exists but is not staff: name another with --username, or make "
        "it staff."
    )
    assert User.objects.get().is_staff is False
