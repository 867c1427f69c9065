"""Long work is done once, whole or not at all, and nothing that was asked for is forgotten."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from ccm_portal import jobs
from ccm_portal.jobs import Progress, Refused, Result
from ccm_portal.jobs.running import TASK, Work, failure, interruption
from ccm_portal.models import Job
from ccm_portal.models.job import work_storage
from states.models import Organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(db: None) -> Job:
    clerk = User.objects.create_user("clerk", is_staff=True)
    return jobs.ask(kind="test", title="Test", parameters={"n": 1}, by=clerk)


def keep(name: str) -> None:
    Organization.objects.create(code=name, name=name, kind=Organization.Kind.UN)


def do(job: Job, work: Work) -> Job:
    """Carry a job out and read what became of it."""
    jobs.carry_out(job_id=job.pk, works={"test": work})
    job.refresh_from_db()
    return job


def test_a_job_tells_what_came_of_it_and_keeps_its_file(job: Job) -> None:
    def work(job: Job, progress: Progress) -> Result:
        keep("made")
        return Result("All done.", "a\nb", b"content", "list.csv")

    done = do(job, work)

    assert (done.state, done.verdict, done.account) == (Job.State.DONE, "All done.", "a\nb")
    with work_storage().open(done.result) as file:
        assert (file.read(), done.result_name) == (b"content", "list.csv")
    assert Organization.objects.count() == 1


def refuse(job: Job, progress: Progress) -> Result:
    keep("refused")
    raise Refused("Row 3 is wrong.", "row 3 …")


def fail(job: Job, progress: Progress) -> Result:
    keep("failed")
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("work", "state", "verdict"),
    [
        (refuse, Job.State.REFUSED, lambda: "Row 3 is wrong."),
        (fail, Job.State.FAILED, failure),
    ],
    ids=["refused", "failed"],
)
def test_a_job_that_is_not_done_leaves_nothing(
    job: Job, work: Work, state: str, verdict: Callable[[], str]
) -> None:
    ended = do(job, work)

    assert (ended.state, ended.verdict) == (state, verdict())
    assert ended.finished_at is not None
    assert Organization.objects.count() == 0


def test_a_job_is_done_once(job: Job) -> None:
    done: list[int] = []

    def work(job: Job, progress: Progress) -> Result:
        done.append(1)
        return Result("Done.")

    do(job, work)
    do(job, work)

    assert done == [1]


def test_a_job_that_was_given_up_while_it_ran_keeps_nothing(job: Job) -> None:
    def work(running: Job, progress: Progress) -> Result:
        keep("late")
        Job.objects.filter(pk=running.pk).update(state=Job.State.FAILED, verdict="Given up.")
        return Result("Done.")

    do(job, work)

    assert Organization.objects.count() == 0
    assert job.state != Job.State.DONE


def test_progress_is_seen_while_a_job_runs(job: Job) -> None:
    seen: list[int] = []

    def work(job: Job, progress: Progress) -> Result:
        progress.say(250, 1000)
        step = jobs.progress_of(job.pk)
        assert step is not None
        seen.append(step.percent)
        return Result("Done.")

    do(job, work)

    assert seen == [25]


def messages(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
    sent: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(
        "celery.current_app.send_task", lambda name, args, **_options: sent.append((name, args))
    )
    return sent


def test_a_worker_is_told_when_the_request_is_committed(
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    sent = messages(monkeypatch)
    clerk = User.objects.create_user("clerk")

    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.ask(kind="test", title="Test", parameters={}, by=clerk)
        assert sent == []

    assert sent == [(TASK, [str(job.pk)])]


def test_a_message_that_was_lost_is_sent_again(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = messages(monkeypatch)

    jobs.sweep(now=job.asked_at + timedelta(seconds=119))
    assert sent == []
    jobs.sweep(now=job.asked_at + timedelta(seconds=121))
    assert sent == [(TASK, [str(job.pk)])]


@pytest.mark.parametrize(
    ("silent_for", "state"),
    [(timedelta(minutes=14), Job.State.RUNNING), (timedelta(minutes=16), Job.State.FAILED)],
)
def test_a_job_whose_worker_was_stopped_is_given_up(
    job: Job, silent_for: timedelta, state: str
) -> None:
    now = timezone.now()
    started = now - timedelta(hours=2)
    Job.objects.update(state=Job.State.RUNNING, started_at=started)
    with time_machine.travel(now - silent_for, tick=False):
        assert time.time() == (now - silent_for).timestamp()
        Progress(job.pk).say(5, 10)

    jobs.sweep(now=now)

    job.refresh_from_db()
    assert job.state == state
    assert job.verdict == ("" if state == Job.State.RUNNING else interruption())
