"""The command `remind`, and the ladder that comes with the portal."""

from datetime import UTC, datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from pytest_django import Settings

from reports.dataset.letters import dataset
from reports.letters.languages import LANGUAGES
from reports.models import Letter, LetterSettings, LetterStage, LetterText
from states.dataset import loading
from tests.letters import given
from tests.reports.given import TODAY

pytestmark = pytest.mark.django_db


def remind(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("remind", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_a_dry_run_says_what_would_be_drafted_and_writes_nothing() -> None:
    given.office()
    given.owing()

    lines = remind("--on", "2011-01-29", "--dry-run")

    assert lines == [
        "The ladder calls for 1 letter on 29 January 2011:",
        "Norway, initial report, due 28 January 2011: The day after the due date; "
        "goes out by itself.",
    ]
    assert Letter.objects.count() == 0


def test_a_dry_run_shows_the_ladder_also_before_reminders_are_switched_on() -> None:
    given.office(reminders_from=None)
    given.owing()

    lines = remind("--on", "2011-01-29", "--dry-run")

    assert lines[0] == "Reminders are not switched on for this day: nothing would be drafted."
    assert lines[2] == (
        "Norway, initial report, due 28 January 2011: The day after the due date; "
        "needs approval (reminders are not switched on)."
    )


def test_it_drafts_on_the_real_day_whatever_day_the_pages_show(settings: Settings) -> None:
    given.office()
    given.owing()
    settings.PORTAL_DATE = given.NOW.date()

    with time_machine.travel(datetime(2011, 1, 29, 6, tzinfo=UTC), tick=False):
        lines = remind()

    assert lines == ["1 drafted, 1 of them approved, 0 cancelled."]
    assert Letter.objects.get().dated_on.isoformat() == "2011-01-29"


def test_it_refuses_a_day_to_come_and_what_is_no_day() -> None:
    given.office()
    given.owing()

    with pytest.raises(CommandError, match="not written before their day"):
        remind("--on", "2199-01-01")
    with pytest.raises(CommandError, match="is not a date"):
        remind("--on", "yesterday")


def test_the_dataset_brings_a_ladder_in_every_language_and_switches_nothing_on() -> None:
    loading.load_all([dataset()], today=TODAY)

    assert list(LetterStage.objects.values_list("days", "repeat_every", "needs_approval")) == [
        (-60, None, False),
        (-14, None, False),
        (1, None, False),
        (30, None, False),
        (90, None, True),
        (180, 180, True),
    ]
    texts = LetterText.objects.values_list("template__code", "language")
    assert sorted(texts) == sorted(
        (template, language)
        for template in ("announcement", "first-reminder", "standing-reminder")
        for language in LANGUAGES
    )
    for text in LetterText.objects.all():
        text.full_clean()
        for name in ("form_of_address", "report", "due_date", "rule", "lateness", "guide_url"):
            assert f"{{{name}}}" in text.body, (text, name)
    assert LetterSettings.objects.count() == 0


def test_the_dataset_leaves_a_stage_alone_that_staff_changed() -> None:
    datasets = [dataset()]
    loading.load_all(datasets, today=TODAY)
    stage = LetterStage.objects.get(code="after-1")
    stage.days = 3
    stage.save()

    accounts = loading.load_all(datasets, today=TODAY)

    stage.refresh_from_db()
    assert stage.days == 3
    [account] = [item for item in accounts if item.filename == "letters/stages.csv"]
    assert list(account.lines()) == [
        "letters/stages.csv: 0 new, 0 changed, 5 the same, 1 left alone",
        "    left alone: after-1 (changed in the portal)",
    ]
