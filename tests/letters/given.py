"""Letters and what they are made from, as the tests of the outbox need them."""

from datetime import UTC, date, datetime
from typing import Any

from reports.dataset.letters import DIRECTORY, FILES
from reports.exchange import RESOURCES
from reports.letters import daily, transitions
from reports.models import (
    Coverage,
    Letter,
    LetterRecipient,
    LetterSettings,
    LetterStage,
    LetterTemplate,
    LetterText,
)
from states.exchange import import_file
from states.models import Contact, State
from tests.admin import records

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
SHA = "ab" * 32


def stage(code: str = "after-1", days: int = 1, **values: Any) -> LetterStage:
    """A stage with a template in English."""
    template, made = LetterTemplate.objects.get_or_create(code="plain", name="Plain")
    if made:
        LetterText.objects.create(
            template=template, language="en", subject="{report}", body="{lateness}"
        )
    return LetterStage.objects.create(
        **{"code": code, "name": code, "days": days, "template": template} | values
    )


def letter(of: State, *, to: str = "mission@example.org", **values: Any) -> Letter:
    """A letter as drafting leaves it, with one recipient unless `to` is empty."""
    number = Letter.objects.count() + 1
    values = {
        "state": of,
        "kind": "annual",
        "period": 2024,
        "number": f"CCM/ISU/2026/{number}",
        "language": "en",
        "dated_on": NOW.date(),
        "due_on": date(2025, 4, 30),
        "days_late": 246,
        "sender": "Secretariat <isu@example.org>",
        "message_id": f"{number}@example.org",
        "subject": "Annual report for 2024",
        "text": "Please report.",
        "html": "<p>Please report.</p>",
        "pdf": b"%PDF-1.7",
        "sha256": SHA,
        "valid_until": date(2026, 1, 8),
        "needs_approval": True,
        "created_at": NOW,
        "attempt": number,
    } | values
    if "stage" not in values:
        values["stage"] = LetterStage.objects.first() or stage()
    made = Letter.objects.create(**values)
    transitions.drafted([made], by=None)
    if to:
        LetterRecipient.objects.create(letter=made, role="to", name="Permanent Mission", email=to)
    return made


def owing(iso3: str = "NOR", name: str = "Norway", **contact: Any) -> State:
    """A State Party whose initial report fell due on 28 January 2011, with a permanent mission."""
    made = records.party(iso3, name)
    mission(made, **contact)
    return made


def mission(of: State, **values: Any) -> Contact:
    """The permanent mission of a state."""
    default = {
        "kind": "permanent_mission",
        "name": f"Permanent Mission of {of.slug.title()}",
        "email": f"{of.iso3.lower()}@mission.example",
    }
    return Contact.objects.create(state=of, **(default | values))


def office(*, reminders_from: date | None = date(2011, 1, 1)) -> None:
    """A secretariat at work: the ladder, templates and letterheads of the dataset; entries of
    initial reports are kept up, and reminders are switched on.
    """
    for kind in ("letter-templates", "letter-texts", "letter-stages", "letterheads"):
        account = import_file(
            kind=kind,
            data=(DIRECTORY / FILES[kind]).read_bytes(),
            filename=FILES[kind],
            resources=RESOURCES,
        )
        assert not account.is_refused
    Coverage.objects.create(kind="initial", complete_through=NOW.date(), is_kept_up=True)
    LetterSettings.objects.create(
        pk=1,
        reminders_from=reminders_from,
        sender_name="CCM Secretariat",
        sender_email="isu@ccm.example",
        reply_to="reports@ccm.example",
    )


def at(day: date) -> datetime:
    """Noon of a day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def day_of_work(day: date) -> daily.DailyRun:
    """The daily run of a day."""
    return daily.run(on=day, now=at(day))
