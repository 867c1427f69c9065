"""Runs of the jobs that the schedule starts: what is written of each, and which one is missing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import NamedTuple

from django.utils import timezone

from reports.letters.daily import DailyRun
from reports.letters.models import JobRun, LetterSettings

Job = JobRun.Job

DRAFTED_FROM = time(5, 10)
"""When letters are drafted every day, in UTC."""
SWEPT_EVERY = timedelta(minutes=5)
TRIED_AGAIN_AFTER = timedelta(hours=1)
KEPT = timedelta(days=60)
"""How long the runs of jobs are kept."""


class Expected(NamedTuple):
    """How long after the last success a job is missing."""

    after: timedelta


EXPECTED: dict[str, Expected] = {
    # A day, and an hour for whatever keeps a worker busy.
    Job.DRAFT: Expected(after=timedelta(hours=25)),
    Job.SWEEP: Expected(after=timedelta(minutes=30)),
}


@dataclass(frozen=True)
class JobHealth:
    """How a job stands: when it last succeeded, and whether it should have run since.

    `is_expected` is False as long as letters are not switched on: nothing can be missed then.
    `quiet_since` is when it last succeeded, or else when letters were switched on.
    """

    job: str
    label: str
    last_success: datetime | None
    last_success_summary: str
    last_failure: datetime | None
    last_failure_summary: str
    is_expected: bool
    quiet_since: datetime | None
    is_missed: bool

    @property
    def has_failed(self) -> bool:
        """Whether the latest run that came to an end failed."""
        if self.last_failure is None:
            return False
        return self.last_success is None or self.last_failure > self.last_success


class Report:
    """What a run says of itself: `say` one line."""

    def __init__(self) -> None:
        self.summary = ""

    def say(self, summary: str) -> None:
        self.summary = summary


@contextmanager
def recorded(job: str, *, clock: Callable[[], datetime] = timezone.now) -> Iterator[Report]:
    """Write down that a job ran, whatever comes of it. An error is written and raised again."""
    run = JobRun.objects.create(job=job, started_at=clock())
    report = Report()
    try:
        yield report
    except Exception as error:
        _end(run, clock(), succeeded=False, summary=f"{type(error).__name__}: {error}")
        raise
    _end(run, clock(), succeeded=True, summary=report.summary)


def health(*, now: datetime) -> tuple[JobHealth, ...]:
    """How each job stands. Costs six queries, and writes nothing."""
    switched_on = _switched_on_at(now)
    return tuple(_of_job(job, switched_on, now) for job in Job)


def is_drafting_due(*, now: datetime) -> bool:
    """Whether today's letters should have been drafted by now and are not.

    After a failure an hour passes before the next try.
    """
    if now.time() < DRAFTED_FROM:
        return False
    runs = JobRun.objects.filter(job=Job.DRAFT)
    done = runs.filter(succeeded=True, started_at__date=now.date())
    failed = runs.filter(succeeded=False, started_at__gt=now - TRIED_AGAIN_AFTER)
    return not done.exists() and not failed.exists()


def summary_of_drafting(done: DailyRun) -> str:
    """What a run of drafting did, in a line for its record."""
    if not done.is_switched_on:
        return f"not switched on, cancelled {len(done.cancelled)}"
    return (
        f"drafted {len(done.drafted.letters)}, of these approved {len(done.drafted.approved)}, "
        f"cancelled {len(done.cancelled)}"
    )


def forget_old(*, now: datetime) -> int:
    """Remove the runs of long ago; how many they were."""
    return JobRun.objects.filter(started_at__lt=now - KEPT).delete()[0]


def _end(run: JobRun, now: datetime, *, succeeded: bool, summary: str) -> None:
    run.ended_at, run.succeeded = now, succeeded
    run.summary = " ".join(summary.split())[:500]
    run.save(update_fields=["ended_at", "succeeded", "summary"])


def _of_job(job: Job, switched_on: datetime | None, now: datetime) -> JobHealth:
    success, failure = _latest(job, succeeded=True), _latest(job, succeeded=False)
    last_success = success.started_at if success else None
    times = [moment for moment in (last_success, switched_on) if moment is not None]
    quiet_since = max(times) if switched_on and times else None
    return JobHealth(
        job=job.value,
        label=str(job.label),
        last_success=last_success,
        last_success_summary=success.summary if success else "",
        last_failure=failure.started_at if failure else None,
        last_failure_summary=failure.summary if failure else "",
        is_expected=switched_on is not None,
        quiet_since=quiet_since,
        is_missed=quiet_since is not None and now - quiet_since > EXPECTED[job].after,
    )


def _latest(job: Job, *, succeeded: bool) -> JobRun | None:
    return JobRun.objects.filter(job=job, succeeded=succeeded).order_by("-started_at").first()


def _switched_on_at(now: datetime) -> datetime | None:
    """When letters were last switched on, None if they are not."""
    settings = LetterSettings.current()
    if settings.reminders_from is None:
        return None
    changed = settings.history.order_by("history_date").last()
    first_day = datetime.combine(settings.reminders_from, time(), tzinfo=now.tzinfo)
    return max(first_day, changed.history_date) if changed else first_day
