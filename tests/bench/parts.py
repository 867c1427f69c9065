"""The parts of the benchmark, each measured in a process and on a database of its own."""

import io
import os
import sys
import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .table import Row

PARTS = ("pages", "editions", "imports", "letters", "growth")


def measured(part: str, *, small: bool) -> list["Row"]:
    """Measure a part in this process, on a database of its own unless DATABASE_URL names one."""
    with tempfile.TemporaryDirectory(prefix="ccm-bench-") as folder:
        environment = _environment(folder)
        os.environ.update(environment)
        _prepare()
        return list(_rows(part, environment, folder, small=small))


def _environment(folder: str) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "ccm_portal.settings",
        "ENV_FILE": os.devnull,
        "SECRET_KEY": "a-key-of-the-benchmark-alone-that-protects-nothing-at-all",
        "ALLOWED_HOSTS": "127.0.0.1",
        "HTTPS": "off",
        "DEBUG": "off",
        "PAGE_CACHE": "on",
        "DATABASE_URL": os.environ.get("DATABASE_URL") or f"sqlite:///{folder}/bench.sqlite3",
        "MEDIA_ROOT": f"{folder}/media",
        "BROKER_DIR": f"{folder}/broker",
        "WORK_DIR": f"{folder}/work",
        "LOG_LEVEL": "WARNING",
    }


def _prepare() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    for command in ("migrate", "load_dataset", "collectstatic"):
        named = {"interactive": False, "verbosity": 0} if command != "load_dataset" else {}
        call_command(command, stdout=io.StringIO(), **named)


def _rows(part: str, environment: dict[str, str], folder: str, *, small: bool) -> Iterator["Row"]:
    import psutil

    from .table import Row

    if part == "pages":
        from . import pages
        from .server import served

        with served(environment) as (client, pid):
            before = _memory(psutil.Process(pid))
            yield from _told(pages.rows(client))
            after = _memory(psutil.Process(pid))
        yield Row(
            "memory", "web process, after against before", (after / before,), f"{after:.0f} MB"
        )
    elif part == "editions":
        from . import editions

        yield from _told(editions.rows(folder))
    elif part == "imports":
        from . import imports

        yield from _told(imports.rows(10_000 if small else 100_000))
    elif part == "letters":
        yield from _told(_letters(100 if small else 1000))
    elif part == "growth":
        from . import growth

        yield from _told(growth.rows(environment, largest=10 if small else 100))
    own = _memory(psutil.Process())
    yield Row("memory", f"the process that measured {part}, at its end", (1.0,), f"{own:.0f} MB")


def _letters(count: int) -> Iterator["Row"]:
    """Against a server that answers at once, and, a tenth as many, against one that is far away."""
    from . import letters
    from .table import Row

    workers = (1, 2)
    for group, number, answering, before in (
        ("letters, against a bare smtplib loop", count, 0.0, 0),
        ("letters, to a server that answers in 50 ms", count // 10, 0.05, count * len(workers)),
    ):
        for row in letters.rows(number, workers=workers, answering=answering, after=before):
            yield Row(
                group,
                row.name,
                (row.times_loop,),
                f"{row.per_second:.0f}/s, {1000 / row.per_second:.1f} ms a letter",
                None if row.times_loop == 1.0 else 1.3,
            )


def _told(rows: Iterator["Row"]) -> Iterator["Row"]:
    """Say on the error stream what was measured, since the table comes at the end."""
    for row in rows:
        print(f"  {row.group}: {row.what} {row.median:.2f} {row.detail}", file=sys.stderr)  # noqa: T201
        yield row


def _memory(process: object) -> float:
    """Megabytes that a process and its children hold for themselves."""
    every = [process, *process.children(recursive=True)]  # type: ignore[attr-defined]
    return float(sum(one.memory_full_info().uss for one in every)) / 2**20
