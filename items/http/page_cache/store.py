"""The store that processes share: pages, and whose turn it is to make one. If it fails, nobody notices."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b

from django.core.cache import caches

from items.http.breaker import Away
from items.http.page_cache.answer import Answer

logger = logging.getLogger(__name__)

PATIENCE = 5.0
"""Seconds to wait for an answer that somebody else is making, before making it oneself."""
SECONDS = 3600
"""How long a page is kept; its key is out of use long before."""


def _name(key: str) -> str:
    """A key that any backend takes."""
    return blake2b(key.encode("utf-8", "surrogateescape"), digest_size=20).hexdigest()


class Store:
    """Django's cache "pages", which may be files, Redis, or nothing."""

    def get(self, key: str) -> Answer | None:
        try:
            return caches["pages"].get(_name(key))
        except Exception as error:
            _note(error)
            return None

    def put(self, key: str, answer: Answer) -> None:
        try:
            caches["pages"].set(_name(key), answer, SECONDS)
        except Exception as error:
            _note(error)

    @contextmanager
    def turn(self, key: str) -> Iterator[bool]:
        """One process at a time for a key. Gives whether nobody else had the turn when it was asked for.

        Who had to wait finds in the store what the other has made, or nothing: then it may not be kept, and all who
        waited had better make it at once than one after the other.
        """
        lock, alone, held = None, True, False
        try:
            if hasattr(caches["pages"], "turn"):
                lock = caches["pages"].turn(_name(key), longest=PATIENCE)
                alone = held = lock.acquire(blocking=False)
                if not alone:
                    held = lock.acquire(blocking=True, blocking_timeout=PATIENCE)
        except Exception as error:
            _note(error)
        try:
            yield alone
        finally:
            if lock is not None and held:
                try:
                    lock.release()
                except Exception as error:
                    _note(error)


def _note(error: Exception) -> None:
    if not isinstance(error, Away):  # which was said when it began
        logger.warning("The shared page store does not serve.", exc_info=error)
