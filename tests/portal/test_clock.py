"""What runs by the clock runs once a day, whatever the clock of the machine does."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from celery.schedules import crontab

from ccm_portal import as_of
from ccm_portal.celery import app

DAILY = {
    name: entry["schedule"]
    for name, entry in app.conf.beat_schedule.items()
    if isinstance(entry["schedule"].hour, set) and len(entry["schedule"].hour) == 1
}
STEP = timedelta(minutes=10)


def clock(first: datetime, last: datetime) -> Iterator[datetime]:
    moment = first
    while moment <= last:
        yield moment
        moment += STEP


def runs(schedule: crontab, moments: list[datetime]) -> list[datetime]:
    """When a scheduler that looks at the clock at these moments starts what the schedule names."""
    started, last = [], moments[0]
    for moment in moments:
        with time_machine.travel(moment, tick=False):
            if schedule.is_due(last).is_due:
                started.append(moment)
                last = moment
    return started


def test_there_is_daily_work() -> None:
    assert "draft the letters of the day" in DAILY


@pytest.mark.parametrize("name", sorted(DAILY))
@pytest.mark.parametrize(
    "around",
    [
        "2026-03-29",  # clocks go forward in Geneva
        "2026-10-25",  # and back
        "2026-03-08",  # forward in New York
        "2026-11-01",  # and back
        "2028-02-29",
        "2026-12-31",
    ],
)
def test_daily_work_starts_once_a_day_through_midnight_and_changes_of_the_hour(
    name: str, around: str
) -> None:
    first = datetime.fromisoformat(around).replace(tzinfo=UTC) - timedelta(days=1)

    started = runs(DAILY[name], list(clock(first, first + timedelta(days=3) - STEP)))

    assert [moment.date() - first.date() for moment in started] == [
        timedelta(days=day) for day in range(3)
    ]


@pytest.mark.parametrize("name", sorted(DAILY))
def test_a_clock_that_jumps_over_the_hour_of_daily_work_starts_it_once_afterwards(
    name: str,
) -> None:
    evening = datetime(2026, 6, 1, 22, tzinfo=UTC)
    jumped = datetime(2026, 6, 2, 9, tzinfo=UTC)
    moments = [
        *clock(evening, evening + timedelta(hours=1)),
        *clock(jumped, jumped + timedelta(hours=8)),
    ]

    assert runs(DAILY[name], moments) == [jumped]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-03-29T01:59:59+01:00", "2026-03-29"),
        ("2026-03-29T03:00:00+02:00", "2026-03-29"),
        ("2026-10-25T02:59:59+02:00", "2026-10-25"),
        ("2026-10-25T02:00:00+01:00", "2026-10-25"),
        ("2026-06-01T23:59:59+00:00", "2026-06-01"),
        ("2026-06-02T01:59:59+02:00", "2026-06-01"),
        ("2026-06-02T02:00:00+02:00", "2026-06-02"),
        ("2026-06-01T19:59:59-04:00", "2026-06-01"),
    ],
)
def test_a_day_is_one_of_coordinated_universal_time(moment: str, day: str) -> None:
    with time_machine.travel(datetime.fromisoformat(moment), tick=False):
        assert as_of.today() == date.fromisoformat(day)
