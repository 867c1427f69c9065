"""Mail that came back: told by a provider that signs, or recorded by staff."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from reports.letters.models import Bounce, Letter, LetterEvent, LetterRecipient
from reports.letters.sending import bounces
from tests.admin import records

from . import given
from .given import NOW

pytestmark = pytest.mark.django_db

KEY = "key-of-the-provider"
MISSION = "permanent_mission@state-0.test"


@pytest.fixture
def letter() -> Letter:
    (state,) = given.parties(1)
    return given.letter(state)


@pytest.fixture
def mailgun(settings: Settings) -> None:
    settings.EMAIL_WEBHOOK_PROVIDER, settings.EMAIL_WEBHOOK_KEY = "mailgun", KEY


def tell(client: Client, *, key: str = KEY, token: str = "t1", **values: Any) -> Any:
    """Tell of a bounce as Mailgun does."""
    moment = "1772442000"
    signature = hmac.new(key.encode(), f"{moment}{token}".encode(), hashlib.sha256).hexdigest()
    event = {
        "event": "failed",
        "severity": "permanent",
        "reason": "bounce",
        "timestamp": 1772442000.0,
        "recipient": MISSION,
        "message": {"headers": {"message-id": "1@ccm.test"}},
        "delivery-status": {"message": "550 5.1.1 No such user", "code": 550},
    } | values
    told = {
        "signature": {"timestamp": moment, "token": token, "signature": signature},
        "event-data": event,
    }
    return client.post("/mail-events/", json.dumps(told), content_type="application/json")


@pytest.mark.usefixtures("mailgun")
def test_a_provider_tells_of_a_bounce_once(client: Client, letter: Letter) -> None:
    assert tell(client).status_code == 200
    assert tell(client).status_code == 200

    (bounce,) = Bounce.objects.standing()
    recipient = LetterRecipient.objects.get(letter=letter, email=MISSION)
    assert (bounce.email, bounce.recipient, bounce.recorded_by) == (MISSION, recipient, None)
    assert (bounce.reason, bounce.bounced_at) == (
        "550 5.1.1 No such user",
        datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
    )
    assert (recipient.outcome, recipient.answer) == ("bounced", "550 5.1.1 No such user")
    event = LetterEvent.objects.filter(letter=letter).last()
    assert event is not None
    assert event.reason == f"The mail came back: {MISSION}: 550 5.1.1 No such user"


@pytest.mark.usefixtures("mailgun", "letter")
@pytest.mark.parametrize(
    "wrong",
    [{"key": "another"}, {"key": ""}],
)
def test_what_is_not_signed_with_the_key_is_refused(client: Client, wrong: dict[str, Any]) -> None:
    assert tell(client, **wrong).status_code == 400
    assert client.post("/mail-events/", "{}", content_type="application/json").status_code == 400
    assert not Bounce.objects.exists()


@pytest.mark.usefixtures("letter")
def test_without_a_key_there_is_no_such_address(client: Client, settings: Settings) -> None:
    assert tell(client).status_code == 404
    settings.EMAIL_WEBHOOK_PROVIDER = "mailgun"
    assert tell(client).status_code == 404
    assert not Bounce.objects.exists()


@pytest.mark.usefixtures("mailgun", "letter")
@pytest.mark.parametrize(
    "values",
    [
        {"event": "delivered"},
        {"event": "opened"},
        {"severity": "temporary"},
        {"recipient": "no address"},
    ],
)
def test_what_is_no_bounce_is_passed_over(client: Client, values: dict[str, Any]) -> None:
    assert tell(client, **values).status_code == 200
    assert not Bounce.objects.exists()


@pytest.mark.usefixtures("mailgun")
def test_a_bounce_is_recorded_whatever_the_server_said(client: Client, letter: Letter) -> None:
    said: dict[str, Any] = {"delivery-status": {"message": "550 No\0such\nuser", "code": 550}}

    told = tell(client, **said)

    assert told.status_code == 200
    assert Bounce.objects.get().reason == "550 No such user"


@pytest.mark.usefixtures("mailgun")
def test_a_bounce_of_an_unknown_message_still_speaks_against_the_address(client: Client) -> None:
    assert tell(client, recipient="somebody@else.test").status_code == 200

    (bounce,) = Bounce.objects.standing()
    assert (bounce.email, bounce.recipient) == ("somebody@else.test", None)


def test_another_provider_signs_the_whole_message(
    client: Client, settings: Settings, letter: Letter
) -> None:
    settings.EMAIL_WEBHOOK_PROVIDER, settings.EMAIL_WEBHOOK_KEY = "mailersend", KEY
    told = {
        "type": "activity.soft_bounced",
        "data": {
            "id": "e1",
            "type": "soft_bounced",
            "created_at": "2026-03-02T09:00:00Z",
            "email": {"message": {"id": "x"}, "recipient": {"email": MISSION}},
            "morph": {"object": "recipient_bounce", "reason": "Mailbox full"},
        },
    }
    body = json.dumps(told)
    signature = hmac.new(KEY.encode(), body.encode(), hashlib.sha256).hexdigest()

    answer = client.post(
        "/mail-events/", body, content_type="application/json", headers={"Signature": signature}
    )

    assert answer.status_code == 200
    (bounce,) = Bounce.objects.all()
    assert (bounce.is_permanent, bounce.reason) == (False, "Mailbox full")
    assert LetterRecipient.objects.get(letter=letter, email=MISSION).outcome == "pending"


def test_staff_record_a_bounce_and_settle_it(letter: Letter) -> None:
    somebody = records.user()
    recipient = LetterRecipient.objects.get(letter=letter, email=MISSION)

    bounce = bounces.record(
        email=MISSION, at=NOW, reason="Came back by post", by=somebody, recipient=recipient
    )

    assert bounce is not None
    assert [item.recorded_by for item in Bounce.objects.standing()] == [somebody]
    assert bounces.settle(bounce=bounce, at=NOW, by=somebody)
    assert not bounces.settle(bounce=bounce, at=NOW, by=somebody)
    assert not Bounce.objects.standing().exists()


def test_what_is_no_address_is_refused(letter: Letter) -> None:
    with pytest.raises(ValidationError, match="“nobody” is not an e-mail address"):
        bounces.record(email="nobody", at=NOW, reason="", by=records.user())
