"""Jobs leave a record of each run; one that is missing raises an alarm, once a day."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from pytest_django import Settings

from reports.letters.models import Alarm, JobRun, LetterSettings
from reports.letters.sending import alarms, runs
from reports.letters.sending.runs import JobHealth, health, is_drafting_due, recorded

from . import given
from .given import NOW

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def ran(job: str, at: datetime, *, summary: str = "") -> None:
    """A run that succeeded."""
    with recorded(job, clock=lambda: at) as report:
        report.say(summary)


def switched_on(at: datetime) -> None:
    """Letters are switched on at a moment, from an early day on."""
    settings = given.switched_on()
    settings.history.update(history_date=at)


def of(job: str, *, now: datetime) -> JobHealth:
    return next(item for item in health(now=now) if item.job == job)


def test_a_run_is_recorded_with_what_it_did() -> None:
    ran("draft", NOW, summary="drafted 3")

    run = JobRun.objects.get()
    assert (run.job, run.started_at, run.ended_at) == ("draft", NOW, NOW)
    assert (run.succeeded, run.summary) == (True, "drafted 3")
    stands = of("draft", now=NOW + DAY)
    assert (stands.last_success, stands.last_success_summary) == (NOW, "drafted 3")


def test_a_run_that_fails_is_recorded_and_fails() -> None:
    with pytest.raises(ZeroDivisionError), recorded("sweep", clock=lambda: NOW):
        1 / 0  # noqa: B018

    stands = of("sweep", now=NOW)
    assert (stands.last_success, stands.last_failure) == (None, NOW)
    assert stands.last_failure_summary == "ZeroDivisionError: division by zero"


@pytest.mark.parametrize(
    ("job", "after", "is_missed"),
    [
        ("draft", timedelta(hours=24, minutes=59), False),
        ("draft", timedelta(hours=25, minutes=1), True),
        ("sweep", timedelta(minutes=29), False),
        ("sweep", timedelta(minutes=31), True),
    ],
)
def test_a_job_is_missed_some_time_after_its_last_success(
    job: str, after: timedelta, is_missed: bool
) -> None:
    switched_on(NOW - 30 * DAY)
    ran(job, NOW)
    JobRun.objects.create(job=job, started_at=NOW + after)  # killed: it says nothing

    stands = of(job, now=NOW + after)

    assert (stands.is_expected, stands.is_missed) == (True, is_missed)


def test_nothing_is_missed_before_letters_are_switched_on() -> None:
    ran("draft", NOW - 30 * DAY)

    assert [(job.is_expected, job.is_missed) for job in health(now=NOW)] == [(False, False)] * 2


def test_whoever_switches_letters_on_has_a_day_before_drafting_is_missed() -> None:
    switched_on(NOW)

    assert not of("draft", now=NOW + timedelta(hours=24)).is_missed
    assert of("draft", now=NOW + timedelta(hours=26)).is_missed


@pytest.mark.parametrize(
    ("at", "is_due"),
    [("05:09", False), ("05:11", True), ("23:59", True)],
)
def test_drafting_is_due_once_a_day(at: str, is_due: bool) -> None:
    now = datetime.fromisoformat(f"2026-03-02T{at}:00+00:00")
    ran("draft", now - DAY)
    assert is_drafting_due(now=now) is is_due

    ran("draft", now)
    assert not is_drafting_due(now=now)


def test_a_missed_run_is_told_once_a_day_however_often_somebody_looks() -> None:
    switched_on(NOW - 30 * DAY)
    ran("draft", NOW)
    ran("sweep", NOW + 2 * DAY)

    for minutes in range(0, 60, 5):
        alarms.watch(now=NOW + 2 * DAY + timedelta(minutes=minutes % 30))

    (sent,) = mail.outbox
    assert (sent.to, sent.from_email) == (["secretariat@ccm.test"], "isu@ccm.test")
    message = sent.message()
    assert (message["Subject"], message["To"], message["From"]) == (
        "A job has not run: Drafting of letters",
        "secretariat@ccm.test",
        "isu@ccm.test",
    )
    assert message.get_content().splitlines()[0] == (
        "“Drafting of letters” last succeeded on 2026-03-02 09:00 (UTC)."
    )
    # The next day it is still missing, and that is told again.
    ran("sweep", NOW + 3 * DAY)
    alarms.watch(now=NOW + 3 * DAY)
    assert len(mail.outbox) == 2


def test_an_alarm_that_could_not_be_mailed_is_mailed_later(settings: Settings) -> None:
    switched_on(NOW - 30 * DAY)
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    alarms.watch(now=NOW)
    assert {alarm.mailed_at for alarm in Alarm.objects.all()} == {None}

    settings.EMAIL_BACKEND = backend
    later = NOW + timedelta(minutes=5)
    alarms.watch(now=later)

    assert {alarm.mailed_at for alarm in Alarm.objects.all()} == {later}
    assert len(mail.outbox) == 2


def test_without_an_address_alarms_stand_in_the_admin_alone() -> None:
    switched_on(NOW - 30 * DAY)
    LetterSettings.objects.update(warn_email="")

    alarms.watch(now=NOW)

    assert Alarm.objects.count() == 2
    assert mail.outbox == []


def test_old_runs_are_forgotten() -> None:
    ran("sweep", NOW - runs.KEPT - DAY)
    ran("sweep", NOW)

    assert runs.forget_old(now=NOW) == 1
    assert JobRun.objects.get().started_at == NOW
