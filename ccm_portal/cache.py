"""The cache of an installation: what Redis keeps, and nothing at all while Redis is away.

Whatever is kept there can be made again, so a page, a form or a count of attempts never fails
because the cache does. After a failure the cache is left alone for a while: otherwise each
request would wait for it anew.
"""

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 5.0
Answer = TypeVar("Answer")


class LenientRedisCache(RedisCache):
    """Django's Redis cache that answers like an empty one while Redis cannot be reached."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._away_until = 0.0

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._try(lambda: super(LenientRedisCache, self).get(key, default, version), default)

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        return self._try(lambda: super(LenientRedisCache, self).get_many(keys, version), {})

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return self._try(lambda: super(LenientRedisCache, self).has_key(key, version), False)

    def add(self, key: Any, value: Any, *arguments: Any, **named: Any) -> bool:
        parent = super().add
        return self._try(lambda: parent(key, value, *arguments, **named), True)

    def set(self, key: Any, value: Any, *arguments: Any, **named: Any) -> None:
        parent = super().set
        self._try(lambda: parent(key, value, *arguments, **named), None)

    def set_many(self, data: Any, *arguments: Any, **named: Any) -> list[Any]:
        parent = super().set_many
        return self._try(lambda: parent(data, *arguments, **named), list(data))

    def touch(self, key: Any, *arguments: Any, **named: Any) -> bool:
        parent = super().touch
        return self._try(lambda: parent(key, *arguments, **named), False)

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._try(lambda: super(LenientRedisCache, self).delete(key, version), False)

    def delete_many(self, keys: Any, version: int | None = None) -> None:
        self._try(lambda: super(LenientRedisCache, self).delete_many(keys, version), None)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        return self._try(lambda: super(LenientRedisCache, self).incr(key, delta, version), delta)

    def clear(self) -> None:
        self._try(lambda: super(LenientRedisCache, self).clear(), None)

    def _try(self, operation: Callable[[], Any], otherwise: Answer) -> Answer:
        if time.monotonic() < self._away_until:
            return otherwise
        try:
            return cast("Answer", operation())
        except RedisError as error:
            self._away_until = time.monotonic() + PAUSE_SECONDS
            logger.warning("The cache cannot be reached: %s", error)
            return otherwise
