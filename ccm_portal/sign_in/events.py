"""What is logged of sign-ins: that they happened or failed, by account number, never a password."""

import logging
from typing import Any

from allauth.account.signals import user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
)
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest

from .second_factor import ADDED

logger = logging.getLogger(__name__)


def listen() -> None:
    """Follow what django-allauth says of sign-ins and second factors."""
    user_logged_in.connect(note_sign_in)
    user_login_failed.connect(note_failure)
    authentication_failed.connect(note_wrong_code)
    authenticator_added.connect(note_added)
    authenticator_removed.connect(note_removed)


def note_sign_in(*, user: User, **kwargs: Any) -> None:
    logger.info("Account %d signed in.", user.pk)


def note_failure(**kwargs: Any) -> None:
    """What was typed is not logged: people type a password where the name belongs."""
    logger.warning("A sign-in failed: wrong name or password.")


def note_wrong_code(*, user: User, **kwargs: Any) -> None:
    logger.warning("A sign-in of account %d failed: wrong second factor.", user.pk)


def note_added(
    *, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    """A factor that was added was proved by it: the session need not ask for it again."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        request.session[ADDED] = authenticator.pk
    logger.info("Account %d added a second factor: %s.", user.pk, authenticator.type)


def note_removed(*, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    logger.warning("Account %d removed a second factor: %s.", user.pk, authenticator.type)
