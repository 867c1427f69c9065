"""Jobs of the portal itself. Each is a thin call; `ccm_portal.celery` says when it is due."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def clear_expired_sessions() -> None:
    """Remove the sessions of people who did not sign out."""
    call_command("clearsessions")
