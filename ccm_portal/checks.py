"""Checks of the settings that Django's own `check` does not make."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


@register(Tags.security, deploy=True)
def portal_date_is_not_used_with_real_mail(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """An installation that writes to states must show the real date.

    PORTAL_DATE changes only what is displayed, never what is sent: a page that speaks of 2011
    beside letters that speak of today would mislead whoever approves them.
    """
    if settings.PORTAL_DATE is None or settings.EMAIL_BACKEND != SMTP_BACKEND:
        return []
    return [
        Error(
            f"PORTAL_DATE is {settings.PORTAL_DATE} while EMAIL_URL names a real mail server.",
            hint="Leave PORTAL_DATE out where mail is sent, or leave EMAIL_URL out to try a date.",
            id="ccm_portal.E001",
        )
    ]


@register(Tags.security, deploy=True)
def second_factor_is_required(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """An installation does not leave its data entry to passwords alone."""
    if settings.SECOND_FACTOR == "required":
        return []
    return [
        Error(
            "SECOND_FACTOR is optional: staff could sign in with a password alone.",
            hint="Leave SECOND_FACTOR out where others can reach the portal.",
            id="ccm_portal.E002",
        )
    ]
