"""People who sign in as they do in life: by password, code, passkey."""

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.admin import records

PASSWORD = "a long sentence for nobody else"
LOGIN = "/admin/account/login/"
FACTORS = "/admin/account/second-factor/"


def code(secret: str, *, at: float | None = None) -> str:
    """What an authenticator app shows for a secret at a moment (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    counter = struct.pack(">Q", int((time.time() if at is None else at) // 30))
    digest = hmac.new(key, counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


@dataclass
class Person:
    """Somebody at a browser."""

    user: User
    client: Client = field(default_factory=Client)
    secret: str = ""

    def type_password(self, password: str = PASSWORD, **query: str) -> Any:
        address = reverse("account_login", query=query)
        return self.client.post(address, {"login": self.user.username, "password": password})

    def type_code(self, typed: str) -> Any:
        return self.client.post(f"{FACTORS}authenticate/", {"code": typed})

    def add_app(self) -> Any:
        """Add an authenticator app; the answer to the first code."""
        page = self.client.get(f"{FACTORS}totp/activate/")
        self.secret = page.context["form"].secret
        return self.client.post(f"{FACTORS}totp/activate/", {"code": code(self.secret)})

    def later(self) -> str:
        """The code of half a minute from now: no code is taken twice."""
        return code(self.secret, at=time.time() + 30)

    def elsewhere(self) -> "Person":
        """The same person at another browser."""
        return Person(self.user, secret=self.secret)


@pytest.fixture(autouse=True)
def strict(settings: Settings) -> Iterator[None]:
    """The second factor is required, and nobody is counted from an earlier test."""
    settings.SECOND_FACTOR = "required"
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def person(transactional_db: None) -> Person:
    """What follows from adding a factor happens when it is committed, so commits are real."""
    chief = records.user()
    chief.set_password(PASSWORD)
    chief.save()
    return Person(chief)
