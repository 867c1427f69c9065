"""How the portal uses django-allauth: accounts are made by staff, secrets are stored encrypted."""

import base64
import hashlib
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.encoding import force_bytes
from django.utils.translation import gettext as _

JUST_NOW = 300
"""Seconds after a sign-in during which the password is not asked for again."""


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts of the secretariat's staff."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves."""
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Who has just signed in changes a second factor without being asked once more."""
        request = self.request
        records = get_authentication_records(request, request.user)
        if records and time.time() - records[-1]["at"] < JUST_NOW:
            return False
        required: bool = super().is_reauthentication_required(app=app)
        return required


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors of staff. Their secrets are encrypted with a key made from SECRET_KEY.

    A stolen copy of the database alone can therefore not make codes. SECRET_KEY_FALLBACKS still
    open what was stored before SECRET_KEY changed.
    """

    def encrypt(self, text: str) -> str:
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _keys().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        """The name under which an authenticator app lists the account."""
        return _("CCM secretariat")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": _("CCM secretariat")}


def has_second_factor(user: AbstractBaseUser | Any) -> bool:
    """Whether somebody has an authenticator app or a passkey; recovery codes alone are none."""
    return bool(is_mfa_enabled(user, types=["totp", "webauthn"]))


def _keys() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str | bytes) -> bytes:
    digest = hashlib.sha256(b"second factor:" + force_bytes(secret)).digest()
    return base64.urlsafe_b64encode(digest)
