"""Django's Redis cache, for a Redis that may be slow or gone, with turns among all hosts.

Only imported where Redis is used: its driver is not among what every newsroom installs.
"""

from typing import Any

import redis
from django.core.cache.backends.redis import RedisCache as DjangoRedisCache
from django.core.cache.backends.redis import RedisCacheClient
from redis.backoff import NoBackoff
from redis.lock import Lock
from redis.retry import Retry

from items.http.breaker import Breaker

TIMEOUT = 0.5
"""Seconds to wait for Redis, to connect and to answer. The address may say otherwise: `?socket_timeout=2`."""
PAUSE = 5.0
"""Seconds for which a Redis that did not answer is not asked."""
POLL = 0.02
"""Seconds between two looks at a lock that somebody else has."""

_breakers: dict[str, Breaker] = {}  # one for the process; Django makes a cache for each thread


def breaker_of(server: str) -> Breaker:
    """The breaker of a server in this process."""
    failures = (redis.exceptions.ConnectionError, redis.exceptions.TimeoutError, OSError)
    return _breakers.setdefault(server, Breaker("Redis", failures=failures, pause=PAUSE))


class _Redis(redis.Redis):
    breaker: Breaker

    def execute_command(self, *args: Any, **options: Any) -> Any:
        with self.breaker.call():
            return super().execute_command(*args, **options)


class _Client(RedisCacheClient):
    def __init__(self, servers: list[str], **options: Any):
        patience = {"socket_timeout": TIMEOUT, "socket_connect_timeout": TIMEOUT, "retry": Retry(NoBackoff(), 0)}
        super().__init__(servers, **{**patience, **options})
        self._client = type("Redis", (_Redis,), {"breaker": breaker_of(servers[0])})


class RedisCache(DjangoRedisCache):
    """A cache that answers within a second or raises; after that it raises at once for a while."""

    _cache: _Client

    def __init__(self, server: str, params: dict[str, Any]):
        super().__init__(server, params)
        self._class = _Client

    def turn(self, key: str, *, longest: float) -> Lock:
        """The turn for a key: of a holder who died it ends after `longest` seconds."""
        client = self._cache.get_client(key, write=True)
        return client.lock(self.make_key(f"turn.{key}"), timeout=longest, sleep=POLL)
