"""What public pages need again and again stays in the process for as long as the data are the same.

Only inside a public request that knows the version of the data (`ccm_portal.page_cache`) is
anything kept. The admin, commands, jobs and whatever writes load afresh each time. A key has the
version in it, which was read *before* the data: after a write nothing older is found. What is kept
is shared by the threads of a process, and must therefore never be changed.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import Generic, TypeVar

from .data_version import NOTHING_WRITTEN, DataVersion

ENTRIES = 32
"""How many values a process keeps: what every page needs in a few languages and a version more, and
some working editions, which go first when nobody asks for them."""

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
_version: ContextVar[str | None] = ContextVar("version_of_public_request", default=None)


class Recent(Generic[Key, Value]):
    """The values that were asked for last, at most `size` of them. Threads may share it."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """The value of a key, made if it is not there. Two threads may make it at once."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        with self._lock:
            value = self._values.setdefault(key, value)
            self._values.move_to_end(key)
            while len(self._values) > self._size:
                self._values.popitem(last=False)
        return value


Shelf = Recent[tuple[Hashable, ...], object]
"""Where kept values stand, each with its version: `ENTRIES` of them, or as many as a part wants."""

_shared: Shelf = Recent(ENTRIES)


@contextmanager
def during(version: DataVersion) -> Iterator[None]:
    """A public request whose data are of a version, or of a newer one."""
    # A database without a noted write has no name of its own that a key could be made of.
    token = _version.set(None if version == NOTHING_WRITTEN else version.key)
    try:
        yield
    finally:
        _version.reset(token)


def is_keeping() -> bool:
    """Whether something that is made now is kept: whether this is a public request."""
    return _version.get() is not None


def kept(name: str, *which: Hashable, make: Callable[[], Value], on: Shelf = _shared) -> Value:
    """What `make` gives, made once for each version of the data; anew outside public requests.

    `which` is all that the value depends on besides the data, such as the language. Values of which
    there are many, such as one for each state, stand on a shelf of their own.
    """
    version = _version.get()
    if version is None:
        return make()
    return on.get((version, name, *which), make)  # type: ignore[return-value]
