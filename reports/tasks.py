"""Jobs about reports and letters. Each is a thin call; `ccm_portal.celery` says when it is due."""

import logging
from collections.abc import Sequence

from celery import shared_task
from django.utils import timezone

from reports.letters import daily
from reports.letters.models import JobRun
from reports.letters.sending import alarms, runs
from reports.letters.sending.handing_over import send
from reports.letters.sending.sweeping import batches, ready_letters, sweep
from reports.letters.sending.waking import wake_now

logger = logging.getLogger(__name__)


@shared_task
def draft_letters() -> None:
    """Do the day's work on letters, and have those sent that need no approval."""
    with runs.recorded(JobRun.Job.DRAFT) as report:
        now = timezone.now()
        done = daily.run(on=now.date(), now=now)
        wake_now(batches(ready_letters(now=now)))
        runs.forget_old(now=now)
        report.say(runs.summary_of_drafting(done))


@shared_task
def sweep_letters() -> None:
    """Find what a lost message or a lost worker left behind, and have it done."""
    with runs.recorded(JobRun.Job.SWEEP) as report:
        now = timezone.now()
        swept = sweep(now=now)
        alarms.raise_for_letters(swept.uncertain, now=now)
        wake_now(swept.batches)
        report.say(swept.summary)
    try:
        if runs.is_drafting_due(now=timezone.now()):
            # The schedule's own message was lost, or nobody was there at its hour.
            draft_letters()
    finally:
        alarms.watch(now=timezone.now())


@shared_task
def send_letters(letter_ids: Sequence[int]) -> None:
    """Send those of some letters that may go out now."""
    handed = send(letter_ids=letter_ids)
    logger.info("Letters %s: %s", list(letter_ids), handed)
    alarms.raise_for_letters((*handed.failed, *handed.uncertain), now=timezone.now())
    alarms.raise_if_paused(now=timezone.now())
    alarms.mail(now=timezone.now())
