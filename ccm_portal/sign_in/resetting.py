"""Helping somebody who has lost their second factor."""

import logging

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.db import transaction

logger = logging.getLogger(__name__)


@transaction.atomic
def reset_second_factor(*, user: User, by: User | None) -> int:
    """Remove every second factor of an account, its recovery codes too; how many there were.

    The next sign-in leads to the page on which a new one is added. `by` is None where an
    administrator of the machine does it by command.
    """
    removed, _ = Authenticator.objects.filter(user=user).delete()
    logger.warning(
        "The second factors of account %d were removed by %s.",
        user.pk,
        f"account {by.pk}" if by else "a command",
    )
    return int(removed)
