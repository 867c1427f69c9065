"""The same pages with ten and with a hundred times the data."""

import itertools
import random
import statistics
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.utils import timezone

from actions.models import Finding, Indicator
from reports.models import TransparencyReport
from states.models import Document, State

from .pages import rate
from .server import Client, served
from .table import Row

ABOUT_ONE = {
    "one state": "/states/norway/",
    "one state, API": "/api/v1/states/NOR/",
    "reports of one state": "/api/v1/reports/?state=NOR",
}
ABOUT_ALL = {
    "overview": "/",
    "states": "/states/",
    "reports": "/reports/",
    "a theme": "/themes/stockpile-destruction/",
    "API: deadlines": "/api/v1/deadlines/",
    "API: figure": "/api/v1/figures/?expression=stockpile.declared%20%26%20parties",
}
SIZES = (1, 10, 100)
FINDINGS = 10_000
"""So many findings are one times the data; a hundred times are a million."""
YEARS = 60
SAMPLES = 12


def rows(environment: Mapping[str, str], *, largest: int = 100) -> Iterator[Row]:
    """A row a page: how much longer its first hit takes with the most data than with the least."""
    sizes = [size for size in SIZES if size <= largest]
    taken: dict[int, dict[str, float]] = {}
    have = 0
    for size in sizes:
        grow(size * FINDINGS - have, reports_of_years=YEARS * size // sizes[-1])
        have = size * FINDINGS
        with served(environment) as (client, _pid):
            taken[size] = _times(client)
    for pages, aim in ((ABOUT_ONE, 1.5), (ABOUT_ALL, 3.0)):
        for title in pages:
            yield Row(
                f"growth to {sizes[-1]} times the data, first hit against the same at 1x",
                title,
                (taken[sizes[-1]][title] / taken[1][title],),
                ", ".join(f"{size}x {taken[size][title] * 1000:.0f} ms" for size in sizes),
                aim,
            )


def _times(client: Client) -> dict[str, float]:
    """The median time of a first hit of each page, in seconds, each on a day of its own."""
    days = _recent_days()
    found = {}
    for title, path in (ABOUT_ONE | ABOUT_ALL).items():
        sign = "&" if "?" in path else "?"
        times = [
            1 / rate(client, lambda path=path, sign=sign: f"{path}{sign}as_of={next(days)}", 1)  # type: ignore[misc]
            for _sample in range(SAMPLES)
        ]
        found[title] = statistics.median(times)
    return found


def grow(findings: int, *, reports_of_years: int) -> None:
    """Add published findings of random states, and annual reports of all parties for years."""
    chance = random.Random(findings)
    document = Document.objects.filter(is_public=True).first()
    states = list(State.objects.values_list("pk", flat=True))
    indicators = list(Indicator.objects.values_list("pk", flat=True))
    now = timezone.now()
    first = Finding.objects.count()  # Numbers that no earlier finding has.
    made = (
        Finding(
            state_id=chance.choice(states),
            indicator_id=chance.choice(indicators),
            reported_on=date(2010, 1, 1) + timedelta(days=chance.randrange(5500)),
            document=document,
            place=f"paragraph {number}",
            label=f"case {number}",
            published_at=now,
        )
        for number in range(first, first + findings)
    )
    for batch in itertools.batched(made, 5000) if hasattr(itertools, "batched") else _batched(made):
        Finding.objects.bulk_create(batch)
    _add_reports(reports_of_years)


def _add_reports(years: int) -> None:
    known = set(
        TransparencyReport.objects.filter(kind=TransparencyReport.Kind.ANNUAL).values_list(
            "state_id", "year"
        )
    )
    parties = State.objects.filter(treaty_actions__kind="ratification").distinct()
    TransparencyReport.objects.bulk_create(
        [
            TransparencyReport(
                state=state,
                kind=TransparencyReport.Kind.ANNUAL,
                year=year,
                received_not_before=date(year + 1, 4, 1),
                received_not_after=date(year + 1, 4, 1),
            )
            for state in parties
            for year in range(2011, 2011 + years)
            if (state.pk, year) not in known
        ],
        batch_size=2000,
    )


def _batched(items: Iterator[Finding]) -> Iterator[list[Finding]]:
    while batch := list(itertools.islice(items, 5000)):
        yield batch


def _recent_days() -> Iterator[date]:
    day = date(2024, 1, 1)
    while True:
        day += timedelta(days=1)
        yield day
