"""The Beirut edition: evaluated against the bare SQL that it needs, and written as documents."""

import io
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.editions.composing import compose
from actions.editions.source import Source
from actions.models import ProgressReport

from .table import Row, ratios

CODE = "beirut-2011"
ROUNDS = 7


def rows(folder: str) -> Iterator[Row]:
    """The evaluation as a multiple of its queries, each document as one of the evaluation."""
    report = ProgressReport.objects.get(code=CODE)

    def evaluate() -> None:
        compose(Source.of(report))

    evaluate()
    with CaptureQueriesContext(connection) as captured:
        evaluate()
    statements = [query["sql"] for query in captured.captured_queries]

    def query() -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                # Django's log shows values in place of parameters, on every database.
                cursor.execute(statement.replace("%", "%%"), [])
                cursor.fetchall()

    pairs = [(seconds(evaluate), seconds(query)) for _round in range(ROUNDS)]
    whole, bare = ([pair[0] for pair in pairs], [pair[1] for pair in pairs])
    yield Row(
        "the Beirut edition",
        "evaluated, against its bare SQL",
        ratios(whole, bare),
        f"{len(statements)} queries, {statistics.median(whole) * 1000:.0f} ms",
    )
    for form in ("html", "docx", "pdf", "json"):
        path = Path(folder) / f"edition.{form}"

        def write(form: str = form, path: Path = path) -> None:
            with redirect_stderr(io.StringIO()):
                call_command(
                    "progress_report", CODE, format=form, output=path, stdout=io.StringIO()
                )

        taken = [seconds(write) for _round in range(3)]
        yield Row(
            "the Beirut edition",
            f"written as {form}, against its evaluation",
            ratios(taken, whole[:3]),
            f"{statistics.median(taken):.2f} s",
        )


def seconds(run: Callable[[], object]) -> float:
    """How long something takes, in seconds."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start
