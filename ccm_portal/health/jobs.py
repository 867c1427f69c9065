"""When the jobs of the schedule last succeeded, and whether one is missing."""

from datetime import datetime

from reports.letters.sending.alarms import watch
from reports.letters.sending.runs import health


class JobMissed(Exception):
    """A job that should have run has not; the message names it, for the log alone."""


def jobs(now: datetime) -> None:
    """Every job ran when it should have. Raises `JobMissed`, and an alarm, where one did not.

    Whoever asks thereby sees to it that the secretariat is told: a schedule that stands still
    cannot say so itself.
    """
    missed = [job.job for job in watch(now=now) if job.is_missed]
    if missed:
        raise JobMissed(", ".join(missed))


def last_success(now: datetime) -> dict[str, str | None]:
    """When each job last succeeded, in UTC; None for one that never did."""
    return {
        job.job: job.last_success.isoformat(timespec="seconds") if job.last_success else None
        for job in health(now=now)
    }
