"""The first account of a new installation, with which all others are made in the admin."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.crypto import get_random_string

# Letters and digits that nobody mistakes for one another when copying them from a screen.
READABLE_CHARACTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
PASSWORD_LENGTH = 20


class UsernameTaken(Exception):
    """The name of the first account belongs to somebody who is not staff."""


@dataclass(frozen=True)
class FirstAccount:
    """A new account's name and password: the only time that the password can be read."""

    username: str
    password: str


@transaction.atomic
def create_first_account(*, username: str) -> FirstAccount | None:
    """Make a staff account with every permission, unless any staff account exists: then None.

    Raises `UsernameTaken` where the name belongs to an account that is not staff.
    """
    users = get_user_model().objects
    if users.filter(is_staff=True).exists():
        return None
    if users.filter(username=username).exists():
        raise UsernameTaken(username)
    password = get_random_string(PASSWORD_LENGTH, READABLE_CHARACTERS)
    users.create_superuser(username=username, password=password)
    return FirstAccount(username=username, password=password)
