"""Personal data of contacts go when their time is over."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType

from states.models import Contact, State
from states.retention import Forgotten, forget_old_contacts
from tests.admin import records

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def contact(until: str | None, **values: Any) -> Contact:
    state = State.objects.first() or records.state()
    return Contact.objects.create(
        state=state,
        kind="focal_point",
        name="Somebody",
        serves_until=date.fromisoformat(until) if until else None,
        **values,
    )


def history() -> list[tuple[str, str]]:
    entries = Contact.history.order_by("history_id")
    return [(entry.history_type, entry.email) for entry in entries]


@pytest.mark.parametrize(
    ("until", "is_kept"),
    [("2024-03-01", False), ("2024-03-02", True), ("2026-03-01", True), (None, True)],
)
def test_contact_goes_two_years_after_its_service(until: str | None, is_kept: bool) -> None:
    contact(until)

    forgotten = forget_old_contacts(now=NOW)

    assert Contact.objects.exists() is is_kept
    assert Contact.history.exists() is is_kept
    assert forgotten == Forgotten(int(not is_kept), 0 if is_kept else 2, 0)


def test_old_addresses_of_who_still_serves_go_and_the_newest_entry_stays() -> None:
    with time_machine.travel(NOW - timedelta(days=1000), tick=False) as clock:
        serving = contact(None, email="first@example.org")
        serving.email = "second@example.org"
        serving.save()
        clock.shift(timedelta(days=800))
        untouched = serving.history.latest().pk
        serving.email = "third@example.org"
        serving.save()

    forget_old_contacts(now=NOW)
    forget_old_contacts(now=NOW)

    assert history() == [("~", "third@example.org")]
    assert not Contact.history.filter(pk=untouched).exists()


def test_history_of_a_deleted_contact_goes_when_the_deletion_is_old() -> None:
    with time_machine.travel(NOW - timedelta(days=800), tick=False):
        contact(None).delete()
    with time_machine.travel(NOW - timedelta(days=10), tick=False):
        contact(None, email="young@example.org").delete()

    forget_old_contacts(now=NOW)

    assert history() == [("+", "young@example.org"), ("-", "young@example.org")]


def test_the_log_of_the_admin_forgets_names_of_contacts_too() -> None:
    kept = contact(None)
    entry = LogEntry.objects.create(
        user=records.user(),
        content_type=ContentType.objects.get_for_model(Contact),
        object_id=str(kept.pk),
        object_repr="Somebody",
        action_flag=CHANGE,
    )
    LogEntry.objects.filter(pk=entry.pk).update(action_time=NOW - timedelta(days=800))

    assert forget_old_contacts(now=NOW).log == 1
    assert LogEntry.objects.count() == 0
