"""The bundled dataset with its reports in the database, and a few reports to read."""

import html
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from reports.models import Coverage, TransparencyReport
from states.models import State

Kind = TransparencyReport.Kind


@pytest.fixture
def dataset(loaded_for_the_module: None, db: None) -> None:
    """A register of 197 states with the receipts of their initial reports."""


def report(
    state: State, kind: str, received: str | None, *, published: bool = False, **values: Any
) -> TransparencyReport:
    """A report received on a day (None: nobody knows whether it came)."""
    day = date.fromisoformat(received) if received else None
    return TransparencyReport.objects.create(
        state=state,
        kind=kind,
        received_not_before=day,
        received_not_after=day,
        published_at=datetime(2020, 1, 1, tzinfo=UTC) if published else None,
        **values,
    )


def vouch(kind: str, through: str) -> None:
    """Let the secretariat vouch for its entries of a kind through a day."""
    Coverage.objects.create(kind=kind, complete_through=date.fromisoformat(through))


def text(response: Any) -> str:
    return str(response.content.decode())


def words(response: Any, css_class: str) -> str:
    """The text of the first paragraph of a class."""
    found = re.search(rf'<p class="{css_class}">(.*?)</p>', text(response), re.DOTALL)
    assert found is not None
    return " ".join(html.unescape(strip_tags(found.group(1))).split())


def counts(response: Any, kind: str = "initial") -> dict[str, int]:
    row = next(row for row in response.context["counts"] if row.kind == kind)
    return {count.play: count.number.count for count in row.counts}


def counted(client: Client, url: str) -> int:
    """How many reports, or certain states, the page behind a number shows."""
    context = client.get(url).context
    if "members" in context:
        return sum(member.is_certain for member in context["members"])
    return len(context["rows"])
