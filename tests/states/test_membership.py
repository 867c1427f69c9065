"""Growth of membership agrees with the register on every day."""

from datetime import date

import pytest

from states.membership import membership
from states.models import TreatyAction
from states.register import History

from .histories import event, history

Kind = TreatyAction.Kind


@pytest.mark.parametrize(
    "day",
    ["2008-12-03", "2008-12-04", "2009-06-01", "2010-02-16", "2010-08-01", "2011-08-20",
     "2024-09-06", "2025-03-05", "2025-03-06", "2026-01-01"],
)  # fmt: skip
def test_the_steps_agree_with_the_register(dataset: History, day: str) -> None:
    steps = membership(dataset.on(date(2026, 6, 1)))
    register = dataset.on(date.fromisoformat(day))

    step = steps.at(register.on)

    assert (step.parties, step.signatories) == (len(register.parties), len(register.signatories))


def test_nothing_after_the_day_is_counted(dataset: History) -> None:
    steps = membership(dataset.on(date(2010, 11, 12))).steps

    assert steps[-1].parties == 46
    assert max(step.on for step in steps) <= date(2010, 11, 12)


def test_a_state_that_left_and_rejoined_counts_again() -> None:
    register = history(
        {
            "AAA": [
                event(Kind.ACCESSION, "2011-01-10"),
                event(Kind.WITHDRAWAL, "2012-01-10"),
                event(Kind.ACCESSION, "2015-01-10"),
            ]
        }
    ).on(date(2016, 1, 1))

    assert [(str(step.on), step.parties) for step in membership(register).steps] == [
        ("2011-01-10", 1),
        ("2012-07-10", 0),
        ("2015-01-10", 1),
    ]


def test_before_the_first_step_there_is_nobody() -> None:
    step = membership(history({}).on(date(2011, 1, 1))).at(date(2011, 1, 1))

    assert (step.parties, step.signatories) == (0, 0)
