"""Reporting over time: its last step is the register's own count, and it ends with the evidence."""

from datetime import date

import pytest
from django.test import Client

from ccm_portal.links import Links
from reports import rates
from reports.day import Day


def ends(as_of: str) -> tuple[int, int, int]:
    """What the chart ends with: due, in, open."""
    last = rates.build(Day.load(date.fromisoformat(as_of), Links()), ()).steps[-1]
    return last.due, last.certain, last.open


@pytest.mark.usefixtures("dataset")
@pytest.mark.parametrize(
    "as_of", ["2011-01-28", "2011-01-29", "2011-08-20", "2012-09-11", "2015-09-07", "2022-08-31"]
)
def test_the_chart_ends_with_the_numbers_of_the_figures(as_of: str) -> None:
    day = Day.load(date.fromisoformat(as_of), Links())
    received = day.figure("reports.initial.due & reports.initial.received")

    assert ends(as_of) == (
        day.figure("reports.initial.due").count,
        received.count,
        received.undetermined,
    )


@pytest.mark.usefixtures("dataset")
@pytest.mark.parametrize("as_of", ["2012-01-01", "2015-09-07", "2022-08-31"])
def test_a_step_of_the_past_is_what_the_page_of_that_day_says(as_of: str) -> None:
    steps = rates.build(Day.load(date.fromisoformat(as_of), Links()), ()).steps
    then = next(step for step in reversed(steps) if step.on <= date(2011, 8, 20))

    assert (then.due, then.certain, then.open) == ends("2011-08-20") == (39, 29, 1)


@pytest.mark.usefixtures("dataset")
def test_nothing_is_drawn_beyond_the_evidence(client: Client) -> None:
    shown = client.get("/reports/", {"as_of": "2026-01-01"}).context["rates"]

    assert (str(shown.ends_on), shown.is_cut) == ("2022-08-31", True)
    assert max(step.on for step in shown.steps) <= date(2022, 8, 31)
    assert shown.finding == (
        "By 31 August 2022, at least 90 per cent of the initial reports due were in."
    )


@pytest.mark.usefixtures("dataset")
def test_before_the_first_due_date_there_is_a_sentence_and_no_chart(client: Client) -> None:
    shown = client.get("/reports/", {"as_of": "2010-12-01"}).context["rates"]

    assert (shown.charts, shown.steps) == ((), ())
    assert shown.finding == "No initial report had fallen due by 1 December 2010."


@pytest.mark.usefixtures("dataset")
def test_the_file_has_the_steps(client: Client) -> None:
    answer = client.get("/reports/rates.csv", {"as_of": "2011-08-20"})
    lines = answer.content.decode().splitlines()

    assert (lines[0], lines[1]) == ("date,due,received,open", "2011-01-28,30,19,4")
    assert lines[-1].split(",")[1:] == ["39", "29", "1"]
