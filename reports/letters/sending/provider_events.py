"""What a mail provider tells of letters that came back, by django-anymail's signed webhooks.

EMAIL_WEBHOOK_PROVIDER names the provider, EMAIL_WEBHOOK_KEY the key with which it signs. Without
both, there is no such address.
"""

import logging
from typing import Any

from anymail.signals import EventType, RejectReason
from anymail.webhooks.mailersend import MailerSendTrackingWebhookView
from anymail.webhooks.mailgun import MailgunTrackingWebhookView
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from . import bounces

logger = logging.getLogger(__name__)

# Providers whose webhooks are signed, with the name under which anymail wants their key.
PROVIDERS: dict[str, tuple[Any, str]] = {
    "mailgun": (MailgunTrackingWebhookView, "webhook_signing_key"),
    "mailersend": (MailerSendTrackingWebhookView, "signing_secret"),
}
COME_BACK = {EventType.BOUNCED, EventType.REJECTED, EventType.FAILED}


@csrf_exempt
def mail_events(request: HttpRequest) -> HttpResponseBase:
    """The address that the provider calls. A wrong signature is answered with 400."""
    provider = PROVIDERS.get(settings.EMAIL_WEBHOOK_PROVIDER)
    if provider is None or not settings.EMAIL_WEBHOOK_KEY:
        raise Http404
    view, name_of_key = provider
    response: HttpResponseBase = view.as_view(**{name_of_key: settings.EMAIL_WEBHOOK_KEY})(request)
    return response


def on_event(sender: Any, event: Any, esp_name: str, **_arguments: Any) -> None:
    """Record that a letter came back; whatever else a provider tells of is passed over.

    Receives anymail's signal `tracking`, which is sent after the signature was checked.
    """
    if event.event_type not in COME_BACK or not event.recipient:
        return
    try:
        bounces.record(
            email=event.recipient,
            at=event.timestamp or timezone.now(),
            reason=event.mta_response or event.description or event.reject_reason or "",
            by=None,
            recipient=bounces.recipient_of(
                email=event.recipient, message_id=event.message_id or ""
            ),
            is_permanent=_is_permanent(event),
            provider_event=f"{esp_name}:{event.event_id or event.message_id or ''}",
        )
    except ValidationError as error:
        # Answering with an error would make the provider repeat it for days.
        logger.warning("%s told of a bounce that makes no sense: %s", esp_name, error)


def _is_permanent(event: Any) -> bool:
    """Whether the address, and not this one message or moment, is what is wrong."""
    told = event.esp_event if isinstance(event.esp_event, dict) else {}
    if str(told.get("type", "")).endswith("soft_bounced"):
        return False
    return bool(
        event.event_type != EventType.FAILED and event.reject_reason != RejectReason.TIMED_OUT
    )
