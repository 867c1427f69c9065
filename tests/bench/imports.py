"""A file of findings against inserting the same rows with nothing checked."""

import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice

from django.db import transaction

from actions.models import Finding, Indicator
from ccm_portal.spreadsheets import RESOURCES
from states.exchange import import_file
from states.exchange.workbook_size import MAX_ROWS
from states.models import Document, State

from .table import Row

AIM = 3.0

Pair = tuple[tuple[str, int], tuple[str, int], str]
"""A state and an indicator, each by its code and its key, and the place of a finding."""


def rows(count: int = 100_000) -> Iterator[Row]:
    """One row: the import as a multiple of a bare `bulk_create` of as many findings."""
    document = Document.objects.filter(is_public=True).first()
    assert document is not None
    states = list(State.objects.values_list("iso3", "pk"))
    indicators = list(Indicator.objects.values_list("code", "pk"))

    def pairs() -> Iterator[Pair]:
        for number in range(count):
            state = states[number % len(states)]
            yield state, indicators[number % len(indicators)], f"line {number}"

    def bare() -> None:
        with transaction.atomic():
            Finding.objects.bulk_create(
                (
                    Finding(
                        state_id=state[1],
                        indicator_id=indicator[1],
                        document=document,
                        reported_on=date(2020, 1, 1),
                        place=f"bare {place}",
                    )
                    for state, indicator, place in pairs()
                ),
                batch_size=5000,
            )
            # The import begins with the same table.
            transaction.set_rollback(True)

    files = ["\n".join(lines).encode() for lines in _split(pairs(), document.code)]

    def whole() -> None:
        for data in files:
            account = import_file(
                kind="findings", data=data, filename="bench.csv", resources=RESOURCES
            )
            assert not account.is_refused, list(account.lines())[:5]

    bare_seconds = processor_seconds(bare)
    taken = processor_seconds(whole)
    yield Row(
        "spreadsheets",
        f"import of {count:,} findings, against a bare bulk_create",
        (taken / bare_seconds,),
        f"{taken:.1f} s against {bare_seconds:.1f} s of processor time",
        AIM,
    )


def _split(pairs: Iterator[Pair], document: str) -> Iterator[list[str]]:
    """The lines of as many files as are needed: each holds so many rows and no more."""
    while some := list(islice(pairs, MAX_ROWS)):
        yield [
            "iso3,indicator,document,reported_on,place",
            *(
                f"{iso3},{code},{document},2020-01-01,{place}"
                for (iso3, _state), (code, _indicator), place in some
            ),
        ]


def processor_seconds(call: Callable[[], None]) -> float:
    """Seconds of this process alone: a busy machine lengthens them less than those of the clock."""
    began = time.process_time()
    call()
    return time.process_time() - began
