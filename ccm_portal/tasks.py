"""Jobs of the portal itself. Each is a thin call; `ccm_portal.celery` says when it is due."""

from uuid import UUID

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from ccm_portal import data_version, jobs
from ccm_portal.long_work import WORKS
from states import retention


@shared_task
def clear_expired_sessions() -> None:
    """Remove the sessions of people who did not sign out."""
    call_command("clearsessions")


@shared_task
def forget_old_data_changes() -> None:
    """Remove the notes of writes that are long done."""
    data_version.forget_old_changes(now=timezone.now())


@shared_task
def do_long_work(job_id: str) -> None:
    """Do a job that somebody asked for."""
    jobs.carry_out(job_id=UUID(job_id), works=WORKS)


@shared_task
def sweep_long_work() -> None:
    """Send lost jobs again, and give up those whose worker was stopped."""
    jobs.sweep(now=timezone.now())


@shared_task
def forget_old_contacts() -> None:
    """Remove personal data whose time is over."""
    retention.forget_old_contacts(now=timezone.now())
