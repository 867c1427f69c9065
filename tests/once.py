"""What is made once in a run: by whichever worker needs it first, while the others wait for it."""

import fcntl
from collections.abc import Callable
from pathlib import Path


def once(place: Path, make: Callable[[Path], object]) -> Path:
    """A file or folder in a folder that all workers share; `make` is told where to put it.

    It appears whole or not at all: what a worker left half-made is made anew by the next one.
    """
    with place.with_name(f"{place.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            unfinished = place.with_name(f"{place.name}.unfinished")
            make(unfinished)
            unfinished.rename(place)
    return place
