"""The history of accounts and roles: who gave whom which role, and when.

Django's own models are kept; only their histories live here. A password never enters a history.
"""

from typing import Any

from django.contrib.auth.models import Group, User
from simple_history import register
from simple_history.models import HistoricalRecords

NOT_A_CHANGE = {"last_login", "password"}
"""Fields that a sign-in writes: the day of it, and a password hashed anew by a better method."""


class AccountRecords(HistoricalRecords):  # type: ignore[misc]
    """The history of an account, without an entry for each time that somebody signs in."""

    def post_save(
        self, instance: User, created: bool, using: str | None = None, **kwargs: Any
    ) -> None:
        written = kwargs.get("update_fields")
        if written is not None and NOT_A_CHANGE.issuperset(written):
            return
        super().post_save(instance, created, using=using, **kwargs)


register(
    User,
    app=__package__,
    records_class=AccountRecords,
    excluded_fields=sorted(NOT_A_CHANGE),
    m2m_fields=[User._meta.get_field("groups"), User._meta.get_field("user_permissions")],
)
register(Group, app=__package__, m2m_fields=[Group._meta.get_field("permissions")])
