"""Asking for long work, doing it once, and finding what an accident left behind.

A job's work is one transaction, so that whatever interrupts it leaves nothing half done. A message
to the worker may be lost: `sweep`, which runs every few minutes, sends it again.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ccm_portal.file_store import FileStoreAway, stored
from ccm_portal.models import Job
from ccm_portal.models.job import work_storage

from . import messages
from .progress import Progress, progress_of

logger = logging.getLogger(__name__)

TASK = "ccm_portal.tasks.do_long_work"
LOST_AFTER = timedelta(minutes=2)
SILENT_AFTER = timedelta(minutes=15)


class Refused(Exception):
    """The work cannot be done; the message says why. `account` tells more, line by line."""

    def __init__(self, verdict: str, account: str = "") -> None:
        super().__init__(verdict)
        self.account = account


class Interrupted(Exception):
    """The job was given up while it ran: what it did must not stay."""


@dataclass(frozen=True)
class Result:
    """What came of a job: a sentence, an account in lines, and a file where it made one."""

    verdict: str
    account: str = ""
    file: bytes = b""
    filename: str = ""


Work = Callable[[Job, Progress], Result]


def ask(*, kind: str, title: str, parameters: Mapping[str, Any], by: AbstractBaseUser) -> Job:
    """Ask for long work. A worker takes it up once the present transaction is committed."""
    job = Job.objects.create(
        kind=kind,
        title=title[:200],
        parameters=dict(parameters),
        asked_by=by,  # type: ignore[misc]
        asked_at=timezone.now(),
    )
    transaction.on_commit(lambda: _wake(job.pk))
    return job


def carry_out(*, job_id: UUID, works: Mapping[str, Work]) -> None:
    """Do a job that waits, unless somebody else has taken it up. Never raises for what it finds."""
    now = timezone.now()
    waiting = Job.objects.filter(pk=job_id, state=Job.State.QUEUED)
    if not waiting.update(state=Job.State.RUNNING, started_at=now):
        logger.info("Job %s does not wait any more.", job_id)
        return
    job = Job.objects.select_related("asked_by").get(pk=job_id)
    try:
        with transaction.atomic():
            result = works[job.kind](job, Progress(job.pk))
            _finish(job, Job.State.DONE, result.verdict, result.account, result)
    except Refused as refusal:
        _finish(job, Job.State.REFUSED, str(refusal), refusal.account)
    except Interrupted:
        logger.warning("Job %s was given up while it ran.", job_id)
    except FileStoreAway:
        _finish(job, Job.State.FAILED, store_away())
    except Exception:
        logger.exception("Job %s failed.", job_id)
        _finish(job, Job.State.FAILED, failure())


def sweep(*, now: datetime) -> None:
    """Send again what no worker took up, and give up what has not said anything for long."""
    for job in Job.objects.filter(state=Job.State.QUEUED, asked_at__lt=now - LOST_AFTER):
        if not _wake(job.pk):
            break
    for job in Job.objects.filter(state=Job.State.RUNNING, started_at__lt=now - SILENT_AFTER):
        step = progress_of(job.pk)
        if step is None or step.at < (now - SILENT_AFTER).timestamp():
            Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(
                state=Job.State.FAILED, verdict=interruption(), finished_at=now
            )


def failure() -> str:
    """What is said of work that failed for a reason that only the log knows."""
    return _("Nothing was done: something went wrong that the log tells more about. Try again.")


def store_away() -> str:
    """What is said of work whose file could not be read or kept."""
    return _(
        "Nothing was done: the file store does not answer at the moment. Ask for it again in "
        "some minutes."
    )


def interruption() -> str:
    """What is said of work whose worker was stopped."""
    return _("Nothing was done: the work was interrupted. Ask for it again.")


def _wake(job_id: UUID) -> bool:
    return messages.send(TASK, [str(job_id)])


def _finish(
    job: Job, state: str, verdict: str, account: str = "", result: Result | None = None
) -> None:
    values: dict[str, Any] = {
        "state": state,
        "verdict": verdict,
        "account": account,
        "finished_at": timezone.now(),
    }
    if result is not None and result.file:
        name = stored(work_storage(), uuid4().hex, ContentFile(result.file))
        values |= {"result": name, "result_name": result.filename}
    # A job that the sweep gave up must not come back from the dead.
    if not Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(**values):
        raise Interrupted
