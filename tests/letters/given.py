"""Letters and what they are made from, as the tests of the outbox need them."""

from datetime import UTC, date, datetime
from typing import Any

from reports.letters import transitions
from reports.models import Letter, LetterRecipient, LetterStage, LetterTemplate, LetterText
from states.models import State

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
