"""A file of findings against inserting the same rows with nothing checked."""

from collections.abc import Iterator
from datetime import date

from django.db import transaction

from actions.models import Finding, Indicator
from ccm_portal.spreadsheets import RESOURCES
from states.exchange import import_file
from states.models import Document, State

from .editions import seconds
from .table import Row

AIM = 3.0


def rows(count: int = 100_000) -> Iterator[Row]:
    """One row: the import as a multiple of a bare `bulk_create` of as many findings."""
    document = Document.objects.filter(is_public=True).first()
    assert document is not None
    states = list(State.objects.values_list("iso3", "pk"))
    indicators = list(Indicator.objects.values_list("code", "pk"))

    def pairs() -> Iterator[tuple[tuple[str, int], tuple[str, int], str]]:
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

    lines = ["iso3,indicator,document,reported_on,place"]
    lines += [f"{s[0]},{i[0]},{document.code},2020-01-01,{place}" for s, i, place in pairs()]
    data = "\n".join(lines).encode()

    def whole() -> None:
        account = import_file(kind="findings", data=data, filename="bench.csv", resources=RESOURCES)
        assert not account.is_refused, list(account.lines())[:5]

    bare_seconds = seconds(bare)
    taken = seconds(whole)
    yield Row(
        "spreadsheets",
        f"import of {count:,} findings, against a bare bulk_create",
        (taken / bare_seconds,),
        f"{taken:.0f} s against {bare_seconds:.1f} s",
        AIM,
    )
