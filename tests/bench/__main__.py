"""`make bench`: one table, each row a ratio measured in this run.

Each part works on a database of its own, in a temporary folder, or all on the empty one that
DATABASE_URL names. `python -m tests.bench pages letters` measures some parts alone; `--small` a
tenth of the data.
"""

import argparse
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from .parts import PARTS, measured
from .table import show


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="default: all")
    parser.add_argument("--small", action="store_true", help="a tenth of the data")
    options = parser.parse_args()
    # What one part has written, another must not find: each has a process of its own.
    spawning = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawning, max_tasks_per_child=1) as pool:
        parts = [
            pool.submit(measured, part, small=options.small) for part in options.parts or PARTS
        ]
        print(show(row for part in parts for row in part.result()))  # noqa: T201


if __name__ == "__main__":
    main()
