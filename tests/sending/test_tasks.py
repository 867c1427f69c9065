"""The jobs of the schedule: thin, recorded, and safe to run at any time."""

from datetime import date, timedelta

import pytest
import time_machine
from celery import current_app
from celery.schedules import crontab
from django.core import mail

from reports.letters.drafting import CannotDraft
from reports.letters.models import Alarm, JobRun, Letter, LetterSettings
from reports.tasks import draft_letters, send_letters, sweep_letters
from tests.letters import given as letters

from . import given
from .given import NOW, status_of

pytestmark = pytest.mark.django_db


def runs() -> list[tuple[str, bool | None, str]]:
    return [(run.job, run.succeeded, run.summary) for run in JobRun.objects.order_by("pk")]


def test_letters_are_drafted_daily_and_the_outbox_is_swept_every_few_minutes() -> None:
    schedule = {
        entry["task"]: entry["schedule"]
        for entry in current_app.conf.beat_schedule.values()
        if entry["task"].startswith("reports.")
    }

    assert schedule == {
        "reports.tasks.draft_letters": crontab(hour=5, minute=10),
        "reports.tasks.sweep_letters": crontab(minute="*/5"),
    }


@time_machine.travel(NOW, tick=False)
def test_the_task_of_sending_sends_what_it_is_told() -> None:
    given.switched_on()
    approved = [given.letter(state) for state in given.parties(3)]

    send_letters([approved[0].pk, approved[2].pk, 999])

    assert [status_of(letter) for letter in approved] == ["sent", "approved", "sent"]
    assert len(mail.outbox) == 2


@time_machine.travel(NOW, tick=False)
def test_a_sweep_is_recorded_and_drafts_what_the_schedule_missed() -> None:
    given.switched_on()

    sweep_letters()
    sweep_letters()

    assert runs() == [
        ("sweep", True, "to send 0, taken back 0, uncertain 0, cancelled 0"),
        ("draft", True, "drafted 0, of these approved 0, cancelled 0"),
        ("sweep", True, "to send 0, taken back 0, uncertain 0, cancelled 0"),
    ]


@time_machine.travel(NOW, tick=False)
def test_drafting_that_fails_is_recorded_told_and_tried_again_later() -> None:
    given.switched_on(reminders_from=date(2011, 1, 1))
    given.parties(1)
    letters.stage()

    with pytest.raises(CannotDraft, match="There is no letterhead in English") as caught:
        sweep_letters()
    sweep_letters()

    assert [(job, succeeded) for job, succeeded, _ in runs()] == [
        ("sweep", True),
        ("draft", False),
        ("sweep", True),
    ]
    assert Alarm.objects.get().subject == "A job has failed: Drafting of letters"
    assert str(caught.value) in Alarm.objects.get().text
    assert not Letter.objects.exists()


@time_machine.travel(NOW, tick=False)
def test_before_letters_are_switched_on_the_jobs_run_and_do_nothing() -> None:
    LetterSettings.objects.all().delete()

    draft_letters()

    assert runs() == [("draft", True, "not switched on, cancelled 0")]
    assert not Alarm.objects.exists()


@time_machine.travel(NOW + timedelta(hours=9), tick=False)
def test_a_letter_that_needs_a_decision_is_told_once() -> None:
    given.switched_on()
    (state,) = given.parties(1)
    letter = given.letter(state, now=NOW + timedelta(hours=9))
    JobRun.objects.create(job="draft", started_at=NOW, ended_at=NOW, succeeded=True)
    Letter.objects.filter(pk=letter.pk).update(
        status="sending",
        claim_token="00000000-0000-4000-8000-000000000000",
        lease_until=NOW,
        handover_started_at=NOW,
    )

    sweep_letters()
    sweep_letters()

    assert status_of(letter) == "uncertain"
    assert [sent.message()["Subject"] for sent in mail.outbox] == [
        "A letter needs a decision: CCM/1"
    ]
